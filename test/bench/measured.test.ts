import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadBaseline } from '../../shared/baseline/load.ts';
import committed from '../../shared/reports/measured.json' with { type: 'json' };
import type { Measured } from '../../shared/reports/month.ts';
import { measure } from './measured.ts';

const FILE = join(import.meta.dirname, '..', '..', 'baseline.yml');
const { baseline } = loadBaseline(readFileSync(FILE, 'utf8'), FILE, Date.now());

/** A fifth of a line's bytes may be digits that differ. */
const LOGS = 0.2;
const withoutLogs = ({ functions, ...rest }: Measured) => ({
  ...rest,
  gigabytes: Object.fromEntries(Object.entries(functions).map(([name, { gigabytes }]) => [name, gigabytes])),
});

it('C-01: an event and a look of the sweep take no more than is committed, counted again', async () => {
  const now = await measure(baseline);
  const more = (['event', 'sweep'] as const).flatMap((of) =>
    Object.entries(now[of]).flatMap(([what, count]) => {
      const most = committed[of][what as keyof typeof now.event];
      return count > most + 1e-9 ? [`${of} ${what}: ${count}, committed ${most}`] : [];
    }),
  );
  const hint = 'npm run bench -- --only cost --measured writes what holds now; say in the commit why it grew';
  expect({ more, now: withoutLogs(now), hint }).toEqual({ more: [], now: withoutLogs(committed), hint });
  for (const [name, { logBytes }] of Object.entries(now.functions)) {
    const was = committed.functions[name as keyof typeof committed.functions].logBytes;
    expect([name, Math.abs(logBytes - was) <= LOGS * was]).toEqual([name, true]);
  }
}, 60_000);
