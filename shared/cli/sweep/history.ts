import { callerOf } from '../../aws/operator/callers.ts';
import { itemsOf } from '../../aws/operator/findings-index.ts';
import { TABLE_GONE } from '../../aws/operator/own-table.ts';
import { needed } from '../../aws/operator/session.ts';
import { totalsOf } from '../../sweep/posture.ts';
import { type SweepRow, sweepsKey } from '../../sweep/rows.ts';
import { hubOf, ownId } from '../hub.ts';
import { type Column, tableText, widthsFor } from '../table.ts';
import type { HistoryOptions } from './command.ts';
import { utc } from './start.ts';

/** Rows of single scopes stand among those of everything: so many times as many are read. */
const AMONG = 3;

const COLUMNS: readonly Column[] = [
  { title: 'ended', least: 20, fixed: true },
  { title: 'fail', least: 12 },
  { title: 'unknown', least: 7 },
  { title: 'waived', least: 6 },
  { title: 'pass', least: 6 },
  { title: 'opened', least: 6 },
  { title: 'missed', least: 6 },
  { title: 'resources', least: 9 },
  { title: 'complete', least: 8 },
];

/** One sweep of everything, as machines get it. */
export interface Past {
  run: string;
  started: string;
  ended: string;
  complete: boolean;
  scopes: number;
  resources: number;
  pass: number;
  fail: number;
  unknown: number;
  waived: number;
  /** What its looks opened without an event, and how much of it an event should have told. */
  opened: number;
  missed: number;
  /** Against the sweep before it; absent in the oldest that was read. */
  failChange?: number;
}

/** How everything stood after each sweep of everything, the newest first. */
export async function sweepHistory(options: HistoryOptions, width: number | undefined): Promise<string> {
  const hub = await hubOf(options);
  const { account } = needed(await callerOf(hub.session), '');
  const most = (options.last + 1) * AMONG;
  const asked = { prefix: 'sweep#', newestFirst: true, most };
  const read = await itemsOf(hub.session, ownId(hub, 'FindingsTable'), sweepsKey(account), asked);
  const rows = needed(read, TABLE_GONE) as readonly SweepRow[];
  const past = pastOf(rows).slice(0, options.last);
  if (options.format === 'json') return JSON.stringify(past, undefined, 2);
  if (past.length === 0) return 'No sweep of everything has come to its end yet: npx eks-warden sweep status';
  return historyTable(past, width);
}

/** Sweeps of single scopes say nothing of how everything stands. Pure. */
export function pastOf(rows: readonly SweepRow[]): Past[] {
  const full = rows.filter((row) => row.full);
  return full.map((row, at) => {
    const before = full[at + 1];
    const { run, started, ended, complete, scopes, tally } = row;
    const totals = totalsOf(tally.controls ?? {});
    const change = before && { failChange: totals.fail - totalsOf(before.tally.controls ?? {}).fail };
    return {
      ...{ run, started: new Date(started).toISOString(), ended: new Date(ended).toISOString(), complete, scopes },
      ...{ resources: tally.resources, ...totals, opened: tally.opened ?? 0, missed: tally.missed },
      ...change,
    };
  });
}

/** Pure. */
export function historyTable(past: readonly Past[], width: number | undefined): string {
  const rows = past.map((one) => [
    utc(Date.parse(one.ended)),
    `${one.fail}${signed(one.failChange)}`,
    ...[one.unknown, one.waived, one.pass, one.opened, one.missed, one.resources].map(String),
    one.complete ? 'yes' : 'no',
  ]);
  const all = [COLUMNS.map(({ title }) => title), ...rows];
  return tableText(all, widthsFor(COLUMNS, rows, width), { width });
}

function signed(change: number | undefined): string {
  if (change === undefined || change === 0) return '';
  return ` (${change > 0 ? '+' : ''}${change})`;
}
