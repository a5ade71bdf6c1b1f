import type { World } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { Recheck } from '../changes/change.ts';
import { lookedAt } from '../controls/looked-at.ts';
import { keyOf, type Resource } from '../resources/resource.ts';
import type { Look } from './decide.ts';
import type { ResourceState } from './finding.ts';
import { sendAt } from './later.ts';
import { type Linked, linkChanges, removeLinks, standing } from './links.ts';
import { isSwept } from './swept.ts';

/** All links that a look saw, those included that its item has no room for. */
export function linkedBy(seen: Look, { clusters }: ResourceState): Linked {
  return { links: seen.outcome === 'judged' ? seen.links : [], clusters };
}

/** Far ends that a look let go of, and those that the write before it did: that one may have died too early. */
export function freed(before: ResourceState | undefined, after: ResourceState, seen: Look): Resource[] {
  if (before === undefined) return [];
  const now = linkedBy(seen, after);
  const linked = new Set(now.links.map(({ to }) => keyOf(to)));
  const { removed } = linkChanges(after, before, now);
  return [...removed, ...(before.leaving ?? []).filter((to) => !linked.has(keyOf(to)))];
}

/** Far ends that a look which came too late may have linked, and that the newer one does not know. */
export function outdated(by: Resource, stored: ResourceState | undefined, seen: Look): readonly Resource[] {
  if (seen.outcome !== 'judged' || stored?.surplus) return [];
  return linkChanges(by, seen, stored).removed;
}

/** Asks first, so that dying in between leaves a link that the next look still finds. */
export async function letGo(
  world: World,
  baseline: Baseline,
  recheck: Recheck,
  ends: readonly Resource[],
  observedAt: number,
): Promise<void> {
  const left = await standing(world.table, recheck.resource, ends);
  await recheckFarEnds(world, baseline, recheck, left);
  await removeLinks(world.table, recheck.resource, left, observedAt);
}

/** A far end elsewhere belongs to this summary too while its own scope was never swept. */
async function isInventoried({ table }: World, from: Resource, to: Resource): Promise<boolean> {
  return (from.account === to.account && from.region === to.region) || !(await isSwept(table, to));
}

export async function recheckFarEnds(
  world: World,
  baseline: Baseline,
  { resource: from, cause, inventory }: Recheck,
  ends: readonly Resource[],
): Promise<void> {
  const read = lookedAt(baseline.controls);
  const seenAt = world.now();
  const ours = ends.filter(({ kind }) => read.has(kind));
  await Promise.all(
    ours.map(async (resource) => {
      const first = inventory === true && (await isInventoried(world, from, resource));
      const recheck: Recheck = {
        ...{ resource, seenAt, life: 'changed', why: 'link' },
        ...(cause ? { cause } : {}),
        ...(first ? { inventory: true } : {}),
      };
      await sendAt(world, recheck, seenAt);
    }),
  );
}
