import type { World } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import { type IgnoredReason, type Located, REFUSED_REASONS, type Recheck, type Touch } from '../changes/change.ts';
import { locate } from '../changes/locate.ts';
import { KINDS, kindOf } from '../resources/kinds.ts';
import { GLOBAL, type KindName, keyOf, type Resource } from '../resources/resource.ts';
import { type Interest, interestOf } from './interest.ts';
import { knownOf } from './known.ts';
import { sendAt } from './later.ts';
import { usesOf } from './links.ts';
import { unknownScopes } from './unknown-scopes.ts';

/**
 * Event → rechecks: what changed, and which resources of ours it concerns. Reads the links, never AWS. A hub that only
 * watches others still gets the events of its own account: those are no stranger's.
 */
export function locator(world: World, baseline: Baseline, ownAccount: string) {
  const interest = interestOf(baseline);
  const begin = unknownScopes(world);
  const registered = new Set(baseline.accounts.length > 0 ? baseline.accounts : [ownAccount]);

  return async (envelope: unknown, receivedAt: number): Promise<'rechecked' | IgnoredReason> => {
    const located = locate(envelope, { kinds: KINDS, watched: interest.events, receivedAt });
    if ('ignored' in located) return ignore(world, located.ignored);
    if (!registered.has(located.account)) {
      return ignore(world, located.account === ownAccount ? 'not watched' : 'account mismatch');
    }
    const [rechecks] = await Promise.all([rechecksOf(world, interest, located, receivedAt), begin(located)]);
    if (rechecks.length === 0) return ignore(world, 'touches nothing of ours');
    await Promise.all(rechecks.map((recheck) => sendAt(world, recheck, receivedAt)));
    world.metrics.count('located');
    return 'rechecked';
  };
}

function ignore(world: World, reason: IgnoredReason): IgnoredReason {
  if (REFUSED_REASONS.has(reason)) world.metrics.count('refusedOrigin');
  world.metrics.count('ignored', 1, { reason });
  return reason;
}

/** What a located event asks to be read again, with the links that the table knows now. */
export async function rechecksOf(
  world: Pick<World, 'table'>,
  interest: Interest,
  { event, cause, touches, sightings }: Exclude<Located, { ignored: IgnoredReason }>,
  seenAt: number,
): Promise<Recheck[]> {
  const found = await Promise.all(touches.map((touch) => concerned(world, interest, event, touch)));
  const rechecks = found.flat().map(({ resource, touch, far }): Recheck => {
    return { resource, seenAt, life: far ? 'changed' : touch.life, why: far ? 'link' : 'event', cause };
  });
  const seen = sightings
    .filter(() => interest.controls('principal', event).length > 0)
    .map(
      (sighting): Recheck => ({ resource: sighting.resource, seenAt, life: 'changed', why: 'event', cause, sighting }),
    );
  const once = new Map(rechecks.map((recheck) => [keyOf(recheck.resource), recheck] as const).reverse());
  return [...[...once.values()].reverse(), ...seen];
}

interface Concerned {
  resource: Resource;
  touch: Touch;
  /** Reached by a link, not touched itself. */
  far: boolean;
}

/** What one touch concerns: the resource itself where it is judged, and those that use it where their controls ask for this event. */
async function concerned(
  world: Pick<World, 'table'>,
  interest: Interest,
  event: string,
  touch: Touch,
): Promise<Concerned[]> {
  const near = interest.near.get(event);
  const kind = kindOf(touch.kind);
  const judged = interest.wants(touch.kind, event);
  if (touch.id === undefined) return unnamed(world, judged, near ?? new Set(), touch);
  const targets = [{ kind: touch.kind, id: touch.id, account: touch.account, region: touch.region }];
  const all = await Promise.all(
    targets.map(async (resource): Promise<Concerned[]> => {
      if (kind.judged === 'every' && near === undefined) return judged ? [{ resource, touch, far: false }] : [];
      const uses = await usesOf(world.table, resource);
      const itself = judged && (kind.judged === 'every' || uses.length > 0);
      return [
        ...(itself ? [{ resource, touch, far: false }] : []),
        ...uses.filter(({ by }) => near?.has(by.kind)).map(({ by }) => ({ resource: by, touch, far: true })),
      ];
    }),
  );
  return all.flat();
}

/** An event that does not say which resource it touched concerns every one that we know of, and all that might use it. */
async function unnamed(
  { table }: Pick<World, 'table'>,
  judged: boolean,
  near: ReadonlySet<KindName>,
  touch: Touch,
): Promise<Concerned[]> {
  const kinds = [...(judged ? [touch.kind] : []), ...[...near].filter((kind) => kind !== touch.kind)];
  const all = await Promise.all(
    kinds.map(async (kind) => {
      const region = kindOf(kind).global ? GLOBAL : touch.region;
      const known = await knownOf(table, touch.account, region, kind);
      return known.map((resource) => ({ resource, touch, far: kind !== touch.kind }));
    }),
  );
  return all.flat();
}
