import { awsSession } from '../../aws/session.ts';
import { recording } from '../../aws/snapshot/recording.ts';
import type { Snapshot } from '../../aws/snapshot/snapshot.ts';
import type { Report } from '../../reports/report.ts';
import { GLOBAL } from '../../resources/resource.ts';
import { SWEEP_CALLS } from '../../sweep/bounds.ts';
import { baselineFor } from '../baseline-file.ts';
import { type Access, enterAccount } from './account-access.ts';
import { judgeScopes, type Step } from './judge-scopes.ts';
import { narrowed, type Selection } from './selection.ts';
import { toReport } from './to-report.ts';

export interface ScanOptions extends Access, Selection {
  /** A file of a person's own; else as every command finds it. */
  baseline?: string | undefined;
  /** False: as fast as AWS answers. */
  pace?: boolean;
}

/** How a person follows a scan, and ends it. */
export interface Following {
  stop?: AbortSignal;
  tell?: (step: Step) => void;
  /** What a person should know besides. */
  note?: (text: string) => void;
}

export interface Scanned {
  report: Report;
  /** All that was read. */
  snapshot: Snapshot;
}

/** Judges an account now, with nothing deployed. It reads and never writes. */
export async function reportOfScan(options: ScanOptions, following: Following = {}): Promise<Report> {
  return (await scanned(options, following, false)).report;
}

/** The same with all that was read, for a snapshot of it. */
export async function recordedScan(options: ScanOptions, following: Following = {}): Promise<Scanned> {
  const { report, snapshot } = await scanned(options, following, true);
  return { report, snapshot: snapshot() };
}

async function scanned(
  options: ScanOptions,
  { stop, tell, note }: Following,
  keeps: boolean,
): Promise<{ report: Report; snapshot(): Snapshot }> {
  const at = Date.now();
  const baseline = narrowed(baselineFor(options.baseline, at), options);
  const { session, account, regions, notes } = await enterAccount(options);
  for (const each of notes) note?.(each);
  const { client = {} } = session.calling();
  const live = awsSession({
    home: { account, region: session.region },
    client: { retryMode: 'adaptive', requestTimeout: 15_000, sdk: client },
    ...(options.pace === false || SWEEP_CALLS.pace === undefined ? {} : { pace: SWEEP_CALLS.pace }),
  });
  const recorded = recording(live, () => at);
  const scopes = [...regions, GLOBAL].map((region) => ({ account, region }));
  const judged = await judgeScopes({
    ...{ aws: keeps ? recorded : live, baseline, scopes, at },
    ...(options.clusters && { clusters: options.clusters }),
    ...(stop && { stop }),
    ...(tell && { tell }),
  });
  const { states, calls, stopped } = judged;
  const source = { at, source: 'scan', scopes: judged.scopes, calls } as const;
  const report = toReport(states, baseline, options, { ...source, ...(stopped ? { partial: stopped } : {}) });
  return { report, snapshot: recorded.snapshot };
}
