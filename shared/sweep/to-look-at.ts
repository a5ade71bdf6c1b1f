import { MOST_IDS } from '../aws/merged-reads.ts';
import type { Reader } from '../aws/reader.ts';
import type { AwsBatch, World } from '../aws/world.ts';
import type { LookedAt } from '../controls/looked-at.ts';
import { knownOf } from '../findings/known.ts';
import { readState } from '../findings/state-table.ts';
import type { Scope } from '../findings/swept.ts';
import type { AnyKind, Listed, Seed, Within } from '../resources/kind.ts';
import { KINDS } from '../resources/kinds.ts';
import { allListed } from '../resources/listed.ts';
import { inParts } from '../runtime/in-parts.ts';

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
  const reader = batch.reader(scope.account, scope.region);
  const { ids, known, listed } = await allOf(world, reader, scope, kind, wanted);
  return { ...(await withSeeds(reader, kind, wanted, ids, listed)), known };
}

async function allOf(world: World, reader: Reader, scope: Scope, kind: AnyKind, wanted: LookedAt | undefined) {
  const known = await knownIn(world, scope, kind);
  const listed: Listed = (wanted ? await kind.listing?.list(reader) : undefined) ?? { ids: [], unread: [] };
  const linked = wanted && kind.judged === 'linked' ? await linkedIn(world, scope, kind) : [];
  return { ids: [...new Set([...listed.ids, ...known, ...linked])].sort(), known: new Set(known), listed };
}

/** A part of what there is to look at; `past`: all within the parents up to this one are in it, or were in those before. */
export interface PartToLookAt extends ToLookAt {
  past?: string;
}

/** Where a sweep goes on: behind these. */
export interface Behind {
  after: string | undefined;
  past: string | undefined;
}

/**
 * The same in parts, without what is done already, so that no more is asked and held than is looked at soon. Where listing
 * takes a call for each of something else, those of a few are listed at a time, in the order of the parents: an account
 * that takes longer to list than an invocation has is swept all the same.
 */
export async function* partsToLookAt(
  world: World,
  batch: AwsBatch,
  scope: Scope,
  kind: AnyKind,
  wanted: LookedAt | undefined,
  behind: Behind,
): AsyncGenerator<PartToLookAt> {
  const within = wanted && kind.listing?.within;
  if (within) yield* partsWithin(world, batch, scope, { kind, wanted, within, behind });
  else yield* partsOfAll(world, batch, scope, { kind, wanted, behind });
}

async function* partsOfAll(
  world: World,
  batch: AwsBatch,
  scope: Scope,
  { kind, wanted, behind }: { kind: AnyKind; wanted: LookedAt | undefined; behind: Behind },
): AsyncGenerator<PartToLookAt> {
  const reader = batch.reader(scope.account, scope.region);
  const { ids, known, listed } = await allOf(world, reader, scope, kind, wanted);
  const left = ids.filter((id) => behind.after === undefined || id > behind.after);
  const seeds = Map.groupBy(listed.seeds ?? [], ({ id }) => id);
  if (listed.unread.length > 0) yield { ids: [], known, unread: listed.unread, seeds: new Map() };
  // What one call may ask for, in parts of even size: a small rest would not be worth asking for together.
  const size = Math.ceil(left.length / Math.ceil(left.length / MOST_IDS));
  for (const some of inParts(left, size)) {
    const part = { ids: some, unread: [], seeds: some.flatMap((id) => seeds.get(id) ?? []) };
    yield { ...(await withSeeds(reader, kind, wanted, some, part)), known };
  }
}

async function* partsWithin(
  world: World,
  batch: AwsBatch,
  scope: Scope,
  { kind, wanted, within, behind }: { kind: AnyKind; wanted: LookedAt; within: Within; behind: Behind },
): AsyncGenerator<PartToLookAt> {
  const { past, after } = behind;
  const parents = await within.parents(batch.reader(scope.account, scope.region));
  const known = Map.groupBy(await knownIn(world, scope, kind), within.parentOf);
  const all = [...new Set([...parents.ids, ...known.keys()])].filter((parent) => past === undefined || parent > past);
  const { unread } = parents;
  if (unread.length > 0) yield { ids: [], known: new Set(), unread, seeds: new Map() };
  for (const some of inParts(all.sort(), PARENTS_AT_ONCE)) {
    // Of a batch of their own: their lists are let go of with this part.
    const reader = world.aws.batch().reader(scope.account, scope.region);
    const lists = await Promise.all(some.map((parent) => within.of(reader, parent)));
    const ours = some.map((parent) => known.get(parent) ?? []);
    const ids = lists
      .flatMap((list, at) => [...new Set([...list.ids, ...(ours[at] ?? [])])].sort())
      .filter((id) => after === undefined || isBehind(within, id, after));
    const part = await withSeeds(reader, kind, wanted, ids, allListed(lists));
    yield { ...part, known: new Set(ours.flat()), past: some.at(-1) ?? '' };
  }
}

/** By its parent first, for `a-b/x` stands before `a/x` and `a` before `a-b`. */
function isBehind({ parentOf }: Within, id: string, after: string): boolean {
  const [one, other] = [parentOf(id), parentOf(after)];
  return one === other ? id > after : one > other;
}

/** Lists that are asked for together: few, since what they tell of each is held until it was looked at. */
const PARENTS_AT_ONCE = 10;

async function withSeeds(
  reader: Reader,
  kind: AnyKind,
  wanted: LookedAt | undefined,
  ids: readonly string[],
  listed: Listed,
): Promise<Omit<ToLookAt, 'known'>> {
  const seeds = [...(listed.seeds ?? []), ...(wanted ? await togetherOf(reader, kind, wanted, ids) : [])];
  return { ids, unread: listed.unread, seeds: Map.groupBy(seeds, ({ id }) => id) };
}

async function knownIn({ table }: World, { account, region }: Scope, { kind }: AnyKind): Promise<string[]> {
  return (await knownOf(table, account, region, kind)).map(({ id }) => id);
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
