import type { Table } from '../aws/world.ts';
import { MINUTE } from '../runtime/clock.ts';

/** EKS runs one update of a cluster at a time. A lease that was never given back ends by itself. */
const LEASE = 15 * MINUTE;

/** Takes or renews the lock for one fix; `busy` while another fix holds a lease that has not ended. */
export async function lock(table: Table, name: string, owner: string, now: number): Promise<'ours' | 'busy'> {
  const pk = `lock#${name}`;
  const held = await table.get(pk, 'lock');
  const until = Number(held?.until ?? 0);
  if (held && held.owner !== owner && until > now) return 'busy';
  const item = { pk, sk: 'lock', owner, until: now + LEASE, ttl: Math.ceil((now + 2 * LEASE) / 1000) };
  const expect = held ? { owner: String(held.owner), until } : { owner: undefined };
  return (await table.put(item, expect)) === 'written' ? 'ours' : 'busy';
}

export async function unlock(table: Table, name: string, owner: string): Promise<void> {
  await table.remove(`lock#${name}`, 'lock', { owner });
}

/** All of them or none: what was taken before one that is busy is given back. */
export async function lockAll(
  table: Table,
  names: readonly string[],
  owner: string,
  now: number,
): Promise<'ours' | 'busy'> {
  for (const [index, name] of names.entries()) {
    if ((await lock(table, name, owner, now)) === 'ours') continue;
    await unlockAll(table, names.slice(0, index), owner);
    return 'busy';
  }
  return 'ours';
}

export async function unlockAll(table: Table, names: readonly string[], owner: string): Promise<void> {
  await Promise.all(names.map((name) => unlock(table, name, owner)));
}
