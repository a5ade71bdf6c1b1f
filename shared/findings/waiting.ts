import type { Recheck } from '../changes/change.ts';
import { HOUR, MINUTE, SECOND } from '../runtime/clock.ts';
import type { PendingLook, ResourceState } from './finding.ts';

/** A look counts as after a change only from here on: reads lag writes, and the clocks of queue and function differ. */
const SETTLE = 2 * SECOND;
/** At most one look at a resource in this time. */
export const PACE = 10 * SECOND;
/** After a change, one more look: the condition on the table prevents going back, this makes it converge. */
export const SECOND_LOOK = 60 * SECOND;
/** How long we wait for a resource to settle, or for AWS to answer. */
export const MOST_WAITING = 2 * HOUR;
/** A later look that is this much overdue is not coming any more. */
const OVERDUE = 5 * MINUTE;
/** SQS delays at most this long; a longer wait makes several hops. */
export const MOST_DELAY = 900 * SECOND;
const BACKOFF = [15, 30, 60, 120, 240, 480, 900].map((seconds) => seconds * SECOND);

/** What to do with a recheck before anything is read. */
export type Turn = { turn: 'look' } | { turn: 'done' } | { turn: 'wait'; until: number };

/** Decides from the stored item alone, so that most repeats cost one table read. Pure. */
export function turnOf(recheck: Recheck, stored: ResourceState | undefined, now: number): Turn {
  const pending = alive(stored?.look, now);
  const observedAt = stored?.observedAt ?? Number.NEGATIVE_INFINITY;
  if (recheck.due !== undefined) {
    if (pending && pending.chain !== recheck.chain) return { turn: 'done' };
    const due = pending?.due ?? recheck.due;
    if (observedAt >= due) return { turn: 'done' };
    return now < due ? { turn: 'wait', until: due } : { turn: 'look' };
  }
  if (observedAt >= recheck.seenAt + SETTLE) return { turn: 'done' };
  if (pending?.why === 'pace' && pending.due >= recheck.seenAt + SETTLE) return { turn: 'done' };
  return now < observedAt + PACE ? { turn: 'wait', until: observedAt + PACE } : { turn: 'look' };
}

/** How long to wait before the next try, by how often it was tried (ms). */
export function backoff(hops: number): number {
  return BACKOFF[Math.min(hops, BACKOFF.length - 1)] ?? MOST_DELAY;
}

/** A pending look that is still to come; one long overdue counts as none. */
export function alive(look: PendingLook | undefined, now: number): PendingLook | undefined {
  return look && look.due > now - OVERDUE ? look : undefined;
}
