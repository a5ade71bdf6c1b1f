import type { Item, Table } from '../aws/world.ts';
import { keyOf, type Link, type Resource, resourceOf, type Use } from '../resources/resource.ts';
import { removeOlder } from './remove-older.ts';

/** The partition of all who use a resource. */
export function linkKey(to: Resource): string {
  return `link#${keyOf(to)}`;
}

/** Who uses a resource, as the looks at its users left it. */
export async function usesOf(table: Table, resource: Resource): Promise<Use[]> {
  const items = await table.query(linkKey(resource));
  return items.flatMap((item) => {
    const by = resourceOf(item.sk);
    return by ? [{ by, as: texts(item.as), clusters: texts(item.clusters) }] : [];
  });
}

/** What one look knows of the links of its resource. */
export interface Linked {
  links: readonly Link[];
  clusters: readonly string[];
  /** How many links the item had no room for: they stand as link items only. */
  surplus?: number;
}

/** The difference that a look makes to the links of one resource: items to write, and far ends to let go of. */
export interface LinkChanges {
  put: readonly Item[];
  removed: readonly Resource[];
  /** Far ends that were not linked before, or are now used otherwise or for other clusters. */
  changed: readonly Resource[];
}

export function linkChanges(
  by: Resource,
  before: Linked = { links: [], clusters: [] },
  after: Linked = { links: [], clusters: [] },
): LinkChanges {
  const was = itemsOf(by, before.links, before.clusters);
  const is = itemsOf(by, after.links, after.clusters);
  const put = [...is].filter(([pk, item]) => JSON.stringify(was.get(pk)) !== JSON.stringify(item));
  return {
    put: put.map(([, item]) => item),
    changed: put.flatMap(([pk]) => (before.surplus && !was.has(pk) ? [] : farEnd(pk))),
    removed: [...was.keys()].filter((pk) => !is.has(pk)).flatMap(farEnd),
  };
}

/** Before the state is written: a link that stands too long is harmless, one that is missing loses events. */
export async function writeLinks(table: Table, { put }: LinkChanges, observedAt: number): Promise<void> {
  await Promise.all(put.map((item) => table.put({ ...item, observedAt })));
}

/** Those of the far ends whose link is still there. */
export async function standing(table: Table, by: Resource, ends: readonly Resource[]): Promise<Resource[]> {
  const all = await Promise.all(ends.map((to) => table.get(linkKey(to), keyOf(by))));
  return ends.filter((_, index) => all[index] !== undefined);
}

/** After the state is written. A newer look may have written one of them again. */
export async function removeLinks(
  table: Table,
  by: Resource,
  ends: readonly Resource[],
  observedAt: number,
): Promise<void> {
  await Promise.all(ends.map((to) => removeOlder(table, linkKey(to), keyOf(by), observedAt)));
}

/** One item for a far end, however many ways it is used in. */
function itemsOf(by: Resource, links: readonly Link[], clusters: readonly string[]): Map<string, Item> {
  const ways = new Map<string, Set<string>>();
  for (const { to, as } of links) {
    const pk = linkKey(to);
    ways.set(pk, (ways.get(pk) ?? new Set()).add(as));
  }
  const sorted = [...ways].map(([pk, as]): [string, Item] => [
    pk,
    { pk, sk: keyOf(by), as: [...as].sort(), clusters: [...clusters].sort() },
  ]);
  return new Map(sorted);
}

function farEnd(pk: string): Resource[] {
  const resource = resourceOf(pk.slice('link#'.length));
  return resource ? [resource] : [];
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
