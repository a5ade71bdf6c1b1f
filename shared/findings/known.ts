import type { Table } from '../aws/world.ts';
import type { KindName, Resource } from '../resources/resource.ts';
import { removeOlder } from './remove-older.ts';

/** The partition that names every resource of a kind in a scope that was ever looked at and is not known to be gone. */
export function knownKey({ account, region, kind }: Omit<Resource, 'id'>): string {
  return `known#${account}#${region}#${kind}`;
}

export async function remember(table: Table, resource: Resource, observedAt: number): Promise<void> {
  await table.put({ pk: knownKey(resource), sk: resource.id, observedAt });
}

/** A look that found it gone forgets it, unless a newer one has found it again. */
export async function forget(table: Table, resource: Resource, observedAt: number): Promise<void> {
  await removeOlder(table, knownKey(resource), resource.id, observedAt);
}

/** For an event that does not say which resource it touched: all that we know of. */
export async function knownOf(table: Table, account: string, region: string, kind: KindName): Promise<Resource[]> {
  const items = await table.query(knownKey({ account, region, kind }));
  return items.map(({ sk }) => ({ account, region, kind, id: sk }));
}
