import type { Reader } from '../aws/reader.ts';
import type { AwsBatch, World } from '../aws/world.ts';
import type { LookedAt } from '../controls/looked-at.ts';
import { knownOf } from '../findings/known.ts';
import { readState } from '../findings/state-table.ts';
import type { Scope } from '../findings/swept.ts';
import type { AnyKind, Listed, Seed } from '../resources/kind.ts';
import { KINDS } from '../resources/kinds.ts';

/** What a sweep of one kind goes through, in the order of their ids. */
export interface ToLookAt {
  ids: readonly string[];
  /** Those that were looked at before. */
  known: ReadonlySet<string>;
  unread: Listed['unread'];
  /** By the id of what they are read for. */
  seeds: ReadonlyMap<string, readonly Seed[]>;
}

/**
 * Everything that is listed, everything that we know of, and of a kind that counts by its users alone what those link
 * to. A known one that no listing has is looked at like the others: its own read says whether it is gone.
 */
export async function toLookAt(
  world: World,
  batch: AwsBatch,
  scope: Scope,
  kind: AnyKind,
  wanted: LookedAt | undefined,
): Promise<ToLookAt> {
  const { account, region } = scope;
  const known = (await knownOf(world.table, account, region, kind.kind)).map(({ id }) => id);
  const reader = batch.reader(account, region);
  const listed: Listed = (wanted ? await kind.listing?.list(reader) : undefined) ?? { ids: [], unread: [] };
  const linked = wanted && kind.judged === 'linked' ? await linkedIn(world, scope, kind) : [];
  const ids = [...new Set([...listed.ids, ...known, ...linked])].sort();
  const seeds = [...(listed.seeds ?? []), ...(wanted ? await togetherOf(reader, kind, wanted, ids) : [])];
  return {
    ids,
    known: new Set(known),
    unread: listed.unread,
    seeds: Map.groupBy(seeds, ({ id }) => id),
  };
}

/** Tells a batch what listings have answered already. */
export function sow(batch: AwsBatch, { account, region }: Scope, seeds: Iterable<Seed>): void {
  for (const { action, input, value, began } of seeds) batch.seed?.(account, region, action, input, value, began);
}

async function togetherOf(
  reader: Reader,
  kind: AnyKind,
  { facets }: LookedAt,
  ids: readonly string[],
): Promise<Seed[]> {
  const wanted = Object.entries(kind.facets).filter(([name]) => facets.has(name));
  const asked = [kind, ...wanted.map(([, facet]) => facet)].map(({ together }) => together?.(reader, ids) ?? []);
  return (await Promise.all(asked)).flat();
}

/** By what the looks of this very sweep left: their messages to the far ends may still be on their way. */
async function linkedIn({ table }: World, { account, region }: Scope, { kind }: AnyKind): Promise<string[]> {
  const users = KINDS.filter(({ linksTo, global }) => linksTo?.includes(kind) && !global);
  const all = await Promise.all(users.map((user) => knownOf(table, account, region, user.kind)));
  const ids: string[] = [];
  for (const by of all.flat()) {
    const links = (await readState(table, by))?.links ?? [];
    ids.push(
      ...links.flatMap(({ to }) => (to.kind === kind && to.account === account && to.region === region ? [to.id] : [])),
    );
  }
  return ids;
}
