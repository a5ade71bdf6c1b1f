import type { Recheck } from '../changes/change.ts';
import { HOUR, MINUTE, SECOND } from '../runtime/clock.ts';
import type { PendingLook, ResourceState } from './finding.ts';

/** A look counts as after a change only from here on: reads lag writes, and the clocks of queue and function differ. */
const SETTLE = 2 * SECOND;
/** At most one look at a resource in this time. */
export const PACE = 10 * SECOND;
/** After a change, one more look: the condition on the table prevents going back, this makes it converge. */
export const SECOND_LOOK = 60 * SECOND;
/** A look that took longer is not stored: the message of the next one may have come meanwhile, and have read what is newer. */
export const MOST_LOOKING = 45 * SECOND;
/** How long we wait for a resource to settle, or for AWS to answer. */
export const MOST_WAITING = 2 * HOUR;
/** A later look that is this much overdue is not coming any more. */
const OVERDUE = 5 * MINUTE;
/** SQS delays at most this long; a longer wait makes several hops. */
export const MOST_DELAY = 900 * SECOND;
const BACKOFF = [15, 30, 60, 120, 240, 480, 900].map((seconds) => seconds * SECOND);

/** What to do with a recheck before anything is read. */
export type Turn = { turn: 'look' } | { turn: 'done' } | { turn: 'wait'; until: number; why?: 'second-look' };

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
  if (recheck.why === 'sweep' || recheck.why === 'scan' || recheck.why === 'retired')
    return { turn: observedAt >= recheck.seenAt ? 'done' : 'look' };
  const second = recheck.seenAt + SECOND_LOOK;
  if (observedAt >= recheck.seenAt + SETTLE) {
    if (observedAt >= second || follows(pending, second, now)) return { turn: 'done' };
    if (now < second) return { turn: 'wait', until: second, why: 'second-look' };
  }
  if (pending?.why === 'pace' && !(pending.inventory && recheck.cause) && pending.due >= recheck.seenAt + SETTLE)
    return { turn: 'done' };
  const next = Math.max(observedAt, stored?.look?.triedAt ?? Number.NEGATIVE_INFINITY) + PACE;
  return now < next ? { turn: 'wait', until: next } : { turn: 'look' };
}

/** Whether the second look after a change is on its way: the look that covered the change may itself have been the second one of an older change. */
function follows(pending: PendingLook | undefined, second: number, now: number): boolean {
  if (pending === undefined || pending.why !== 'second-look') return pending !== undefined;
  return pending.due >= second && pending.due <= now + SECOND_LOOK;
}

/** Since when a recheck has waited for AWS (ms); a chain that is lost leaves nothing behind. */
export function waitingSince(recheck: Recheck, stored: ResourceState | undefined, now: number): number | undefined {
  const look = stored?.look;
  return look?.chain === recheck.chain ? look?.waitingSince : alive(look, now)?.waitingSince;
}

/** How long to wait before the next try, by how often it was tried (ms). */
export function backoff(hops: number): number {
  return BACKOFF[Math.min(hops, BACKOFF.length - 1)] ?? MOST_DELAY;
}

/** A pending look that is still to come; one long overdue counts as none. */
export function alive(look: PendingLook | undefined, now: number): PendingLook | undefined {
  return look && look.due > now - OVERDUE ? look : undefined;
}

/** Whether a recheck is for something that changed; the others go by the clock, or by what we do ourselves. */
export function isOfChange({ why }: Recheck): boolean {
  return why !== 'second-look' && why !== 'sweep' && why !== 'scan' && why !== 'retired';
}
