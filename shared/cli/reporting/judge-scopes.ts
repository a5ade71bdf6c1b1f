import type { Aws, AwsBatch, World } from '../../aws/world.ts';
import type { Baseline } from '../../baseline/baseline.ts';
import { lookedAt } from '../../controls/looked-at.ts';
import type { ResourceState } from '../../findings/finding.ts';
import type { Scope } from '../../findings/swept.ts';
import type { ReportedScope } from '../../reports/report.ts';
import { GLOBAL, type KindName } from '../../resources/resource.ts';
import { kindsIn } from '../../sweep/order.ts';
import { stillWorld } from '../still-world.ts';
import { eachAtOnce } from './at-once.ts';
import { judgeScope } from './judge-scope.ts';
import { plainTable } from './plain-table.ts';

/** How far it is: of all that was listed so far. */
export interface Step {
  kind: KindName;
  region: string;
  done: number;
  total: number;
  /** Made so far, retries not counted. */
  calls: number;
}

/** What is to be judged, and who is told how it goes on. */
export interface Judging {
  aws: Aws;
  baseline: Baseline;
  scopes: readonly Scope[];
  /** The moment that is judged (ms): the clock stands still meanwhile. */
  at: number;
  /** Only these, and what belongs to them. */
  clusters?: readonly string[];
  /** Ends it with what is known by then. */
  stop?: AbortSignal;
  tell?: (step: Step) => void;
}

export interface JudgedScopes {
  states: readonly ResourceState[];
  scopes: readonly ReportedScope[];
  calls: Readonly<Record<string, number>>;
  /** Why it did not come to its end. */
  stopped?: string;
}

/** One scope while it is judged. */
export interface ScopeRun extends Scope {
  unread: { kind: string; why: string; missing?: string }[];
  ended: boolean;
}

/** What the scopes share. One batch for all of them: no read is made twice. */
export interface Run extends Judging {
  world: World;
  batch: AwsBatch;
  goesOn(): boolean;
  /** Ends everything, with what is known by then. */
  give(why: string): void;
  counted: { done: number; total: number };
}

/** Regions that are judged beside each other. */
const REGIONS_AT_ONCE = 4;
const STOPPED = 'It was stopped before its end.';

/**
 * Judges whole scopes by the sweep's listings and looks, over a table in memory that nobody keeps: IAM after the
 * regions, as it is known by then what of it is ours. It cannot write: its world has no queue, no topic and no writer.
 */
export async function judgeScopes(judging: Judging): Promise<JudgedScopes> {
  const table = plainTable();
  const stopping = new AbortController();
  let stopped: string | undefined;
  const give = (why: string) => {
    stopped ??= why;
    stopping.abort();
  };
  if (judging.stop?.aborted) give(STOPPED);
  judging.stop?.addEventListener('abort', () => give(STOPPED), { once: true });
  const batch = judging.aws.batch();
  const world = stillWorld({ ...judging, table });
  const goesOn = () => stopped === undefined;
  const run: Run = { ...judging, world, batch, goesOn, give, counted: { done: 0, total: 0 } };
  const wanted = lookedAt(judging.baseline.controls);
  const runs = judging.scopes
    .filter(({ region }) => kindsIn(region).some(({ kind }) => wanted.has(kind)))
    .map((scope): ScopeRun => ({ ...scope, unread: [], ended: false }));
  const all = async () => {
    const [globals, regions] = [runs.filter(isGlobal), runs.filter((each) => !isGlobal(each))];
    await eachAtOnce(regions, REGIONS_AT_ONCE, (scope) => judgeScope(run, scope), goesOn);
    await eachAtOnce(globals, REGIONS_AT_ONCE, (scope) => judgeScope(run, scope), goesOn);
  };
  await Promise.race([all(), abortOf(stopping.signal)]);
  return {
    states: table.all().filter(({ sk }) => sk === 'state') as unknown as ResourceState[],
    scopes: runs.map((each) => reportedScope(each, stopped)),
    calls: Object.fromEntries([...batch.calls()].sort(([a], [b]) => (a < b ? -1 : 1))),
    ...(stopped === undefined ? {} : { stopped }),
  };
}

const isGlobal = ({ region }: Scope) => region === GLOBAL;

function abortOf(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

function reportedScope({ account, region, unread, ended }: ScopeRun, stopped: string | undefined): ReportedScope {
  const rest = ended ? [] : [{ kind: 'all', why: stopped ?? STOPPED }];
  const all = [...unread, ...rest];
  return { account, region, complete: all.length === 0, unread: all };
}
