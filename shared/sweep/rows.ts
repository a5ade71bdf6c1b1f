import type { Item, Table } from '../aws/world.ts';
import { type Scope, sweepKey } from '../findings/swept.ts';
import type { KindName } from '../resources/resource.ts';
import { DAY } from '../runtime/clock.ts';
import type { Tally } from './tally.ts';

/** One kind in one scope. `complete`: everything was listed and looked at. */
export interface KindSwept {
  kind: KindName;
  complete: boolean;
  looked: number;
  /** To be looked at later: still changing, or AWS did not answer. */
  later: number;
  failed: number;
  /** Why it was not listed completely: at most five reasons. */
  unread: readonly { why: string; missing?: string }[];
}

/** The item of a sweep that is under way: who holds the scope until when, and how far it came. */
export interface Progress extends Item {
  sk: 'run';
  version: number;
  run: string;
  /** Absent between two invocations of one run. */
  owner?: string;
  until: number;
  started: number;
  kinds: readonly KindSwept[];
  tally: Tally;
  /** The kind that is under way. */
  at?: At;
  ttl: number;
}

/** How far a kind is: everything up to `after` is done, and of what is listed by parents everything within those up to `past`. */
export interface At {
  kind: KindName;
  after?: string;
  past?: string;
  unread?: KindSwept['unread'];
  looked: number;
  later: number;
  failed: number;
}

/** The item of a scope's last sweep that came to its end. */
export interface ScopeDone extends Item {
  sk: 'done';
  run: string;
  started: number;
  ended: number;
  /** The scope, or some kind of it, was listed for the first time. */
  first: boolean;
  complete: boolean;
  kinds: readonly KindSwept[];
  tally: Tally;
  /** When each kind was last listed completely (ms). */
  listed: Readonly<Partial<Record<KindName, number>>>;
  /** The controls that it judged by; absent in rows of an older version. */
  judged?: readonly string[];
  /** The account has not enabled this region: nothing was asked of it. */
  notEnabled?: true;
}

/** The row of a whole sweep. */
export interface SweepRow extends Item {
  run: string;
  /** Of everything that is watched, not of one scope. */
  full: boolean;
  started: number;
  ended: number;
  scopes: number;
  complete: boolean;
  /** What was not read completely, in words; at most fifty. */
  incomplete: readonly string[];
  tally: Tally;
  /** Regions that are watched and not enabled in their account; at most fifty. */
  notEnabled?: readonly string[];
  /** Keys in the bucket of the sweep: the page of what is not in order, the same as JSON, and how each cluster stands. */
  report?: string;
  json?: string;
  posture?: string;
  ttl: number;
}

export const ROW_LIFE = 400 * DAY;

/** The partition of the rows of whole sweeps, by the account that eks-warden is installed in. */
export function sweepsKey(ownAccount: string): string {
  return `sweeps#${ownAccount}`;
}

export async function readDone(table: Table, scope: Scope): Promise<ScopeDone | undefined> {
  return (await table.get(sweepKey(scope), 'done')) as ScopeDone | undefined;
}

/** The newest whole sweeps, the last one first; those of single scopes are among them. */
export async function lastSweeps(table: Table, ownAccount: string, most = 1): Promise<SweepRow[]> {
  return (await table.query(sweepsKey(ownAccount), { prefix: 'sweep#', newestFirst: true, most })) as SweepRow[];
}
