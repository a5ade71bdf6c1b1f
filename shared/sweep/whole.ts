import type { World } from '../aws/world.ts';
import { DAY, SECOND } from '../runtime/clock.ts';
import { WHOLE_LEASE } from './bounds.ts';
import { sweepsKey } from './rows.ts';

/** A sweep of everything runs once at a time: a schedule may fire twice, and a person may start one besides. */
export async function takeWhole(world: World, ownAccount: string, run: string): Promise<'ours' | 'another runs'> {
  const { table, now } = world;
  const stored = await table.get(sweepsKey(ownAccount), 'lease');
  if (stored && stored.run !== run && Number(stored.until) > now()) return 'another runs';
  const expect = stored ? { run: String(stored.run), until: Number(stored.until) } : { run: undefined };
  return (await table.put(leaseOf(world, ownAccount, run), expect)) === 'written' ? 'ours' : 'another runs';
}

/** A sign of life from one of its scopes. Does nothing for a sweep of one scope, or one that was taken over. */
export async function renewWhole(world: World, ownAccount: string, run: string): Promise<void> {
  await world.table.put(leaseOf(world, ownAccount, run), { run });
}

export async function endWhole({ table }: World, ownAccount: string, run: string): Promise<void> {
  await table.remove(sweepsKey(ownAccount), 'lease', { run });
}

function leaseOf({ now }: World, ownAccount: string, run: string) {
  const until = now() + WHOLE_LEASE;
  return { pk: sweepsKey(ownAccount), sk: 'lease', run, until, ttl: Math.floor((until + DAY) / SECOND) };
}
