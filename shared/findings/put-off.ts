import type { World } from '../aws/world.ts';
import type { Recheck } from '../changes/change.ts';
import type { ResourceState } from './finding.ts';
import { arrange, sendAt, unseen, type Waiting } from './later.ts';
import type { Looked } from './look.ts';
import type { Later } from './see.ts';
import { update } from './state-table.ts';
import { backoff, MOST_LOOKING, MOST_WAITING, type Turn, waitingSince } from './waiting.ts';

/** A delayed recheck that is early goes on waiting in the same chain; one that came too soon after a look joins or starts one. */
export async function wait(
  world: World,
  recheck: Recheck,
  stored: ResourceState | undefined,
  turn: Extract<Turn, { turn: 'wait' }>,
): Promise<Looked> {
  if (recheck.due === undefined) {
    const waited = { waitingSince: waitingSince(recheck, stored, world.now()), triedAt: stored?.look?.triedAt };
    return later(world, recheck, stored, { why: turn.why ?? 'pace', due: turn.until, ...waited });
  }
  await sendAt(world, recheck, turn.until);
  return 'later';
}

/** Moves nothing but the pending look: what was observed, and when, stays as it was. */
export async function later(
  world: World,
  recheck: Recheck,
  stored: ResourceState | undefined,
  waiting: Waiting,
): Promise<Looked> {
  await update(
    world,
    recheck.resource,
    async (current) => {
      const { news: _, ...state } = current ?? unseen(recheck);
      return { ...state, version: state.version + 1, look: await arrange(world, recheck, current, waiting) };
    },
    { state: stored },
  );
  world.metrics.count('later', 1, { why: waiting.why });
  return 'later';
}

/** Those of a sweep take their time, and no message waits behind them. What is always slow is stored in the end. */
export function isTooLate(recheck: Recheck, stored: ResourceState | undefined, began: number, now: number): boolean {
  if (now - began <= MOST_LOOKING || recheck.why === 'sweep' || recheck.why === 'scan') return false;
  return now - (waitingSince(recheck, stored, now) ?? now) < MOST_WAITING;
}

/** To be looked at again, later each time. */
export function putOff(
  world: World,
  recheck: Recheck,
  stored: ResourceState | undefined,
  why: Later['later'],
): Promise<Looked> {
  const hops = recheck.why === why ? (recheck.hops ?? 0) + 1 : 0;
  const now = world.now();
  const waited = { waitingSince: waitingSince(recheck, stored, now) ?? now, triedAt: now };
  // The summary of a first sweep will not have it: it is told by itself then.
  const { inventory: _, ...told } = recheck;
  return later(world, told, stored, { why, due: now + backoff(hops), hops, ...waited });
}
