import type { World } from '../aws/world.ts';
import type { Cause, Recheck } from '../changes/change.ts';
import { keyOf } from '../resources/resource.ts';
import type { PendingLook, ResourceState } from './finding.ts';
import { alive, MOST_DELAY } from './waiting.ts';

export type Waiting = Pick<Recheck, 'why'> & { due: number; hops?: number } & Waited;

/** What a chain keeps of the looks that had to wait; undefined where none had to. */
export interface Waited {
  waitingSince?: number | undefined;
  triedAt?: number | undefined;
}

/**
 * Makes sure that a look comes at `due`, and returns what the item must say of it. A live chain that comes no later
 * is only told to wait longer, or left alone where a second look follows it anyway; otherwise a message with a chain of
 * its own is sent first and recorded afterwards.
 */
export async function arrange(
  world: World,
  recheck: Recheck,
  stored: ResourceState | undefined,
  { why, due, hops = 0, waitingSince, triedAt }: Waiting,
): Promise<PendingLook> {
  const now = world.now();
  const pending = alive(stored?.look, now);
  const waited = {
    ...(waitingSince === undefined ? {} : { waitingSince }),
    ...(triedAt === undefined ? {} : { triedAt }),
  };
  if (pending && pending.chain !== recheck.chain && pending.due > now && pending.due <= due) {
    const followed = pending.why !== 'second-look' && why === 'second-look';
    const cause = newer(pending.cause, recheck.cause);
    const joined = followed ? { due: pending.due, why: pending.why } : { due, why };
    const inventory = pending.inventory && recheck.inventory;
    return {
      ...joined,
      chain: pending.chain,
      ...waited,
      ...(cause ? { cause } : {}),
      ...(inventory ? { inventory } : {}),
    };
  }
  const chain = `${Math.floor(world.random() * 2 ** 48).toString(36)}${now.toString(36)}`;
  await sendAt(world, { ...recheck, why, due, chain, hops }, due);
  return { due, chain, why, ...waited, ...(recheck.inventory ? { inventory: true } : {}) };
}

function newer(one: Cause | undefined, other: Cause | undefined): Cause | undefined {
  return one && other && one.time > other.time ? one : (other ?? one);
}

/** Sends a recheck so that it arrives at `due`, or as late as SQS can delay; it then sends itself again for the rest. */
export async function sendAt(world: World, recheck: Recheck, due: number): Promise<void> {
  const delay = Math.ceil(Math.min(Math.max(due - world.now(), 0), MOST_DELAY) / 1000);
  await world.rechecks.send(recheck, { delay, group: `${recheck.resource.account}#${recheck.resource.region}` });
}

/** An item of a resource that was never looked at: it only carries that a look is pending. */
export function unseen({ resource }: Recheck): ResourceState {
  return {
    ...resource,
    pk: keyOf(resource),
    sk: 'state',
    schema: 1,
    version: 0,
    clusters: [],
    links: [],
    findings: {},
  };
}
