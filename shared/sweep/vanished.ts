import type { Files, Table } from '../aws/world.ts';
import type { Finding } from '../findings/finding.ts';
import { readState } from '../findings/state-table.ts';
import { readReport } from '../reports/formats/read-report.ts';
import type { Reported } from '../reports/report.ts';
import { type Gathered, type Listed, NONE } from './gather.ts';
import { worstOf } from './named.ts';
import type { SweepRow } from './rows.ts';

/** Items that are read together. */
const AT_ONCE = 25;
const LONGEST = 300;

/**
 * What the last sweep of everything told of and an event has closed since by a deletion: its resource is known no more,
 * so no look of this sweep came across it. What a look of this sweep found gone is among what it resolved.
 */
export async function vanishedSince(
  table: Table,
  files: Files,
  before: Pick<SweepRow, 'json'>,
  { started }: Pick<SweepRow, 'started'>,
  { verdicts }: Pick<Gathered, 'verdicts'>,
): Promise<Listed> {
  const still = new Set(verdicts.map(({ id }) => id));
  const missing = (await toldBefore(files, before.json)).filter(({ id }) => !still.has(id));
  let all: Listed = NONE;
  for (let next = 0; next < missing.length; next += AT_ONCE) {
    const some = missing.slice(next, next + AT_ONCE);
    const states = await Promise.all(some.map(({ resource }) => readState(table, resource)));
    const gone = some.filter(({ control }, at) => {
      const state = states[at];
      return state === undefined || (state.gone !== undefined && !isSeenBySweep(state.findings[control], started));
    });
    all = { count: all.count + gone.length, worst: worstOf([...all.worst, ...gone.map(nameOf)]) };
  }
  return all;
}

/** Where its file has expired, or cannot be used, nothing is told of it. */
async function toldBefore(files: Files, key: string | undefined): Promise<readonly Reported[]> {
  if (key === undefined) return [];
  try {
    return readReport(await files.read(key), key).verdicts;
  } catch {
    return [];
  }
}

/** Closed by a look and not by an event, since this sweep began. */
function isSeenBySweep(finding: Finding | undefined, started: number): boolean {
  return (
    finding !== undefined && finding.since >= started && (finding.cause === undefined || finding.cause.late === true)
  );
}

function nameOf({ resource, clusters, control, severity, said }: Reported) {
  const text = ['Gone with its resource.', said[0]?.text ?? ''].join(' ').trim().slice(0, LONGEST);
  return { resource, clusters: clusters.slice(0, 3), control, severity, text };
}
