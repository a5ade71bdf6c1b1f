import type { Table } from '../aws/world.ts';

/** Removes what a look up to `observedAt` has written; what a newer one wrote meanwhile stays. Resolves to whether it was there. */
export async function removeOlder(table: Table, pk: string, sk: string, observedAt: number): Promise<boolean> {
  const item = await table.get(pk, sk);
  const written = item?.observedAt;
  if (item === undefined || (typeof written === 'number' && written > observedAt)) return false;
  const expect = { observedAt: typeof written === 'number' ? written : undefined };
  return (await table.remove(pk, sk, expect)) === 'removed';
}
