import type { Table } from '../aws/world.ts';
import type { Scope } from '../findings/swept.ts';
import type { ReportedScope } from '../reports/report.ts';
import { kindOf } from '../resources/kinds.ts';
import { inParts } from '../runtime/in-parts.ts';
import { readDone, type ScopeDone } from './rows.ts';
import { NOTHING, type Tally, together } from './tally.ts';

/** What the scopes of one run came to. */
export interface AddedUp {
  tally: Tally;
  /** Scopes that this run swept for the first time, and what they hold. */
  first: { scopes: readonly Scope[]; tally: Tally };
  /** Scopes that were read completely. */
  whole: number;
  /** What was not, in words. */
  incomplete: readonly string[];
  notEnabled: readonly string[];
  scopes: readonly ReportedScope[];
}

/** Rows that are read together. One may have 30 kB, and there are thousands. */
const AT_ONCE = 50;

/** Reads the row of each scope and keeps only sums of them. */
export async function addedUp(table: Table, run: string, scopes: readonly Scope[]): Promise<AddedUp> {
  let sum: AddedUp = { tally: NOTHING, first: { scopes: [], tally: NOTHING }, whole: 0, ...NAMES };
  for (const some of inParts(scopes, AT_ONCE)) {
    const rows = await Promise.all(some.map(async (scope) => ({ scope, done: await readDone(table, scope) })));
    for (const { scope, done } of rows) sum = with1(sum, scope, done?.run === run ? done : undefined);
  }
  return sum;
}

const NAMES = { incomplete: [], notEnabled: [], scopes: [] } as const;

function with1(sum: AddedUp, scope: Scope, done: ScopeDone | undefined): AddedUp {
  const { account, region } = scope;
  const isFirst = done?.first === true;
  const first = isFirst
    ? { scopes: [...sum.first.scopes, scope], tally: together([sum.first.tally, done.tally]) }
    : sum.first;
  return {
    tally: done === undefined ? sum.tally : together([sum.tally, done.tally]),
    first,
    whole: sum.whole + (done?.complete ? 1 : 0),
    incomplete: [...sum.incomplete, ...unreadOf(scope, done)],
    notEnabled: done?.notEnabled ? [...sum.notEnabled, `${account} ${region}`] : sum.notEnabled,
    scopes: [...sum.scopes, { ...scope, complete: done?.complete === true, unread: reasonsOf(done) }],
  };
}

function unreadOf({ account, region }: Scope, done: ScopeDone | undefined): string[] {
  if (done === undefined) return [`${account} ${region}: not swept to its end.`];
  return done.kinds
    .filter(({ complete }) => !complete)
    .map(({ kind, unread: [unread], failed }) => {
      const missing = unread?.missing === undefined ? '' : ` The permission ${unread.missing} is missing.`;
      return `${account} ${region}: ${kindOf(kind).called}: ${unread?.why ?? `${failed} could not be looked at.`}${missing}`;
    });
}

function reasonsOf(done: ScopeDone | undefined): ReportedScope['unread'] {
  if (done === undefined) return [{ kind: 'all', why: 'The sweep did not come to the end of it.' }];
  return done.kinds.flatMap(({ kind, unread }) => unread.map((each) => ({ kind, ...each })));
}
