import { callerOf } from '../../aws/operator/callers.ts';
import { objectText } from '../../aws/operator/objects.ts';
import { operatorTable } from '../../aws/operator/own-table.ts';
import { needed } from '../../aws/operator/session.ts';
import type { Cause } from '../../changes/change.ts';
import { readReport } from '../../reports/formats/read-report.ts';
import type { Report } from '../../reports/report.ts';
import { UserMistake } from '../../runtime/errors.ts';
import { lastSweeps, type SweepRow } from '../../sweep/rows.ts';
import { type Hub, hubOf, ownId } from '../hub.ts';
import type { Which } from '../hub-options.ts';
import { utc } from '../sweep/start.ts';
import { knownThen } from './known-then.ts';

const SWEEP = 'sweep:';
/** Rows that are looked through: those of single scopes stand among them. */
const MOST_ROWS = 400;
const MOST_OFFERED = 3;

/** Two reports, and who took away what only the first one has. */
export interface Compared {
  one: Report;
  other: Report;
  ended?: ReadonlyMap<string, Cause>;
}

export function isSweep(word: string): boolean {
  return word.startsWith(SWEEP);
}

/** What two sweeps of everything left, each with what the table's history knows of what it did not list. */
export async function reportsOfSweeps(before: string, after: string, which: Which): Promise<Compared> {
  const hub = await hubOf(which);
  const table = operatorTable(hub.session, ownId(hub, 'FindingsTable'));
  const { account } = needed(await callerOf(hub.session), '');
  const rows = (await lastSweeps(table, account, MOST_ROWS)).filter(({ full }) => full);
  const [one, other] = [sweepNamed(before, rows), sweepNamed(after, rows)];
  const [was, is] = await Promise.all([reportOf(hub, one), reportOf(hub, other)]);
  const [earlier, later] = await Promise.all([knownThen(table, was, is), knownThen(table, is, was)]);
  return { one: earlier.report, other: later.report, ended: later.ended };
}

/** By `last`, `last~2` (two before it), the day on which it ended, or its run. Pure. */
export function sweepNamed(word: string, rows: readonly SweepRow[]): SweepRow {
  const name = word.slice(SWEEP.length);
  const [, back] = /^last(?:~(\d{1,3}))?$/.exec(name) ?? [];
  const isLast = name.startsWith('last');
  const row = isLast ? rows[Number(back ?? 0)] : rows.find((each) => isNamed(each, name));
  if (row !== undefined && (!isLast || name === 'last' || back !== undefined)) return row;
  const offered = rows.slice(0, MOST_OFFERED).map(({ ended }) => `${SWEEP}${dayOf(ended)}`);
  const there = rows.length === 0 ? 'None has ended yet' : `The newest are ${[...new Set(offered)].join(', ')}`;
  throw new UserMistake(
    `There is no sweep of everything named ${JSON.stringify(word)}. ${there}; ${SWEEP}last and ${SWEEP}last~1 name them too.`,
  );
}

function isNamed({ run, ended }: SweepRow, name: string): boolean {
  return run === name || dayOf(ended) === name;
}

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

async function reportOf(hub: Hub, { json, ended }: SweepRow): Promise<Report> {
  const none = `The sweep that ended ${utc(ended)} has no report to compare any more: they are kept for 30 days, and since this version.`;
  if (json === undefined) throw new UserMistake(none);
  return readReport(needed(await objectText(hub.session, ownId(hub, 'SweepBucket'), json), none), json);
}
