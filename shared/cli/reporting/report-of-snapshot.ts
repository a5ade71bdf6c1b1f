import { readSnapshot } from '../../aws/snapshot/file.ts';
import { replaying } from '../../aws/snapshot/replaying.ts';
import type { Snapshot } from '../../aws/snapshot/snapshot.ts';
import type { Baseline } from '../../baseline/baseline.ts';
import type { Scope } from '../../findings/swept.ts';
import type { Report } from '../../reports/report.ts';
import { GLOBAL } from '../../resources/resource.ts';
import { UserMistake } from '../../runtime/errors.ts';
import { judgeScopes } from './judge-scopes.ts';
import { narrowed, type Selection } from './selection.ts';
import { toReport } from './to-report.ts';

/** Judges what a snapshot shows, as of then: the same file and baseline give the same report, byte by byte. Asks AWS nothing. */
export async function reportOfSnapshot(file: string, baseline: Baseline, selection: Selection = {}): Promise<Report> {
  return reportOf(await readSnapshot(file), baseline, selection, file);
}

/** The same of a snapshot that is at hand. */
export async function reportOf(
  snapshot: Snapshot,
  whole: Baseline,
  selection: Selection = {},
  file = 'The snapshot',
): Promise<Report> {
  const scopes = scopesIn(snapshot);
  if (scopes.length === 0) throw new UserMistake(`${file} holds no reads: take the snapshot again.`);
  const at = Date.parse(snapshot.takenAt);
  const baseline = narrowed(whole, selection);
  const { states, scopes: judged } = await judgeScopes({
    ...{ aws: replaying(snapshot), baseline, scopes, at },
    ...(selection.clusters && { clusters: selection.clusters }),
  });
  return toReport(states, baseline, selection, { at, source: 'snapshot', scopes: judged });
}

/** Every account in every region that was read; IAM, which one region answers for, is in `global`. */
export function scopesIn({ reads }: Snapshot): Scope[] {
  const scopes = reads.map(({ account, region, action }) => ({
    account,
    region: action.startsWith('iam:') ? GLOBAL : region,
  }));
  const each = new Map(scopes.map((scope) => [`${scope.account} ${scope.region}`, scope]));
  return [...each].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, scope]) => scope);
}
