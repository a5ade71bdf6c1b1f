import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCommand } from '../support/run-command.ts';
import { aSample, SAMPLE_NAMES } from '../support/samples.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Samples that no control waits for: what a key may do is looked at with the cluster that it encrypts. */
const NOT_WATCHED = ['kms-CancelKeyDeletion', 'kms-DisableKey', 'kms-EnableKey', 'kms-ScheduleKeyDeletion'];

interface Replayed {
  events: number;
  ignored: Readonly<Record<string, number>>;
  rechecks: readonly { eventId: string; controls: readonly string[] }[];
  sightings: readonly { eventId: string }[];
  errors: readonly unknown[];
}

/** What the command makes of all samples at once, as a person would ask it. */
async function replayed(): Promise<Replayed> {
  const args = ['replay', join('events', 'samples'), '--format', 'json', '--baseline', 'baseline.yml'];
  const { code, out, err } = await runCommand(args, { cwd: ROOT });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Replayed;
}

it('P-02: every sample of the repository is replayed: looked at for some control, or ignored with its reason', async () => {
  const { events, ignored, rechecks, sightings, errors } = await replayed();
  const acted = new Set([...rechecks, ...sightings].map(({ eventId }) => eventId));
  const left = SAMPLE_NAMES.filter((name) => {
    const { id, detail } = aSample(name);
    return !acted.has(typeof detail.eventID === 'string' ? detail.eventID : id);
  });
  expect(left).toEqual(NOT_WATCHED);
  expect({ events, ignored, errors }).toEqual({
    events: SAMPLE_NAMES.length,
    ignored: { 'not watched': NOT_WATCHED.length },
    errors: [],
  });
  expect(rechecks.filter(({ controls }) => controls.length === 0)).toEqual([]);
});
