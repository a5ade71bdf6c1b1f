import type { Files, Table } from '../aws/world.ts';
import type { Finding } from '../findings/finding.ts';
import { readState } from '../findings/state-table.ts';
import { readReport } from '../reports/formats/read-report.ts';
import type { Reported } from '../reports/report.ts';
import { inParts } from '../runtime/in-parts.ts';
import { type Gathered, type Listed, NONE } from './gather.ts';
import { leftAt } from './left-file.ts';
import { isByLook } from './missed.ts';
import { type Named, named, worstOf } from './named.ts';
import type { SweepRow } from './rows.ts';

/** Items that are read together. */
const AT_ONCE = 25;

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
  const told = (await leftAt(files, before.json, readReport))?.verdicts ?? [];
  const missing = told.filter(({ id }) => !still.has(id));
  let all: Listed = NONE;
  for (const some of inParts(missing, AT_ONCE)) {
    const states = await Promise.all(some.map(({ resource }) => readState(table, resource)));
    const gone = some.filter(({ control }, at) => {
      const state = states[at];
      return state === undefined || (state.gone !== undefined && !isSeenBySweep(state.findings[control], started));
    });
    all = { count: all.count + gone.length, worst: worstOf([...all.worst, ...gone.map(nameOf)]) };
  }
  return all;
}

/** Closed by a look and not by an event, since this sweep began. */
function isSeenBySweep(finding: Finding | undefined, started: number): boolean {
  return finding !== undefined && finding.since >= started && isByLook(finding);
}

function nameOf({ resource, clusters, control, said, severity }: Reported): Named {
  const text = ['Gone with its resource.', said[0]?.text ?? ''].join(' ').trim();
  return named({ ...resource, clusters }, control, { said, severity }, text);
}
