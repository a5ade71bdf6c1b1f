import type { Item, Table, World } from '../aws/world.ts';
import { keyOf, type Resource } from '../resources/resource.ts';
import type { ResourceState } from './finding.ts';

/** The stored item of a resource, read strongly consistent; undefined where it was never looked at. */
export async function readState(table: Table, resource: Resource): Promise<ResourceState | undefined> {
  const item = await table.get(keyOf(resource), 'state');
  return item as ResourceState | undefined;
}

/** Writes on the condition that nobody else wrote since `stored` was read: then `conflict`, and one decides again. */
export function writeState(
  table: Table,
  stored: ResourceState | undefined,
  state: ResourceState,
): Promise<'written' | 'conflict'> {
  return table.put(state as unknown as Item, { version: stored?.version });
}

/** How often a conflict is met with reading again and deciding again. */
const MOST_CONFLICTS = 5;
/** The longest pause after the first conflict (ms); it doubles with each. In all at most a third of a second. */
const FIRST_PAUSE = 10;

/** Others wrote an item so often that we gave way: the message is left for later, and nothing of it was stored. */
export class Crowded extends Error {
  override name = 'Crowded';
}

/**
 * Reads, decides and writes until nobody came between. `decide` returns undefined where there is nothing to write; it
 * may be called several times. Resolves to what stands afterwards: the item written, or undefined for nothing written.
 * Those who meet on one item wait each for a moment of its own, so that they do not meet again.
 */
export async function update(
  world: Pick<World, 'table' | 'random' | 'pause'>,
  resource: Resource,
  decide: (stored: ResourceState | undefined) => Promise<ResourceState | undefined>,
  stored?: { state: ResourceState | undefined },
): Promise<{ before: ResourceState | undefined; after: ResourceState } | undefined> {
  const { table } = world;
  let before = stored ? stored.state : await readState(table, resource);
  for (let conflicts = 0; conflicts <= MOST_CONFLICTS; conflicts += 1) {
    const after = await decide(before);
    if (after === undefined) return undefined;
    if ((await writeState(table, before, after)) === 'written') return { before, after };
    if (conflicts === MOST_CONFLICTS) break;
    await world.pause(world.random() * FIRST_PAUSE * 2 ** conflicts);
    before = await readState(table, resource);
  }
  throw new Crowded(`${keyOf(resource)} was written by others ${MOST_CONFLICTS + 1} times in a row.`);
}
