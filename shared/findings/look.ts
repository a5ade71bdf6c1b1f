import type { AwsBatch, World } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { Recheck } from '../changes/change.ts';
import { SECOND } from '../runtime/clock.ts';
import { decide, type Look } from './decide.ts';
import type { PendingLook, ResourceState } from './finding.ts';
import { forget, remember } from './known.ts';
import { arrange, sendAt } from './later.ts';
import { linkChanges, writeLinks } from './links.ts';
import { isTooLate, later, putOff, wait } from './put-off.ts';
import { see } from './see.ts';
import { freed, letGo, linkedBy, outdated, recheckFarEnds } from './settle-links.ts';
import { quieten, sight } from './sightings.ts';
import { Crowded, readState, update } from './state-table.ts';
import { tally } from './tally.ts';
import { alive, isOfChange, PACE, SECOND_LOOK, turnOf } from './waiting.ts';

/** What came of a recheck. `done`: another look had already covered it. */
export type Looked = 'judged' | 'gone' | 'stale' | 'done' | 'later' | 'sighted';

/** Reads, judges and stores: the one path of the event, the sweep, the command and the check after a fix. */
export function looker(world: World, baseline: Baseline) {
  return async (received: Recheck, batch?: AwsBatch): Promise<Looked> => {
    const looked = await inTurn(world, received, () => lookOnce(world, baseline)(received, batch));
    world.metrics.count('looked', 1, { outcome: looked });
    return looked;
  };
}

/** Where too many write one item at once, this recheck comes again a little later: that is no failure. */
async function inTurn(world: World, received: Recheck, look: () => Promise<Looked>): Promise<Looked> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof Crowded)) throw error;
    await sendAt(world, received, world.now() + world.random() * PACE);
    world.metrics.count('later', 1, { why: 'crowded' });
    return 'later';
  }
}

function lookOnce(world: World, baseline: Baseline) {
  return async (received: Recheck, batch: AwsBatch = world.aws.batch()): Promise<Looked> => {
    let recheck = received;
    if (recheck.sighting) return sight(world, baseline, recheck, recheck.sighting);
    if (recheck.resource.kind === 'principal') return quieten(world, baseline, recheck);
    const stored = await readState(world.table, recheck.resource);
    if (recheck.chain !== undefined && stored?.look?.chain === recheck.chain) {
      const { why, cause, inventory } = stored.look;
      const { inventory: _, ...asked } = recheck;
      recheck = { ...asked, why, ...(cause ? { cause } : {}), ...(inventory ? { inventory } : {}) };
    }
    const turn = turnOf(recheck, stored, world.now());
    if (turn.turn === 'done') return 'done';
    if (turn.turn === 'wait') return wait(world, recheck, stored, turn);

    let second: Promise<PendingLook> | undefined;
    const settled = () => {
      second = secondLook(world, recheck, stored);
    };
    const began = world.now();
    const seen = await see(world, baseline, batch, recheck, stored, isOfChange(recheck) ? settled : undefined);
    if ('later' in seen) return putOff(world, recheck, stored, seen.later);
    if (isTooLate(recheck, stored, began, world.now())) return putOff(world, recheck, stored, 'unavailable');
    return settle(world, baseline, recheck, { stored, seen, second });
  };
}

/**
 * Its message goes out while AWS is read, so that nobody waits for it. Where a facet cannot be read after all, it finds
 * another chain in its place.
 */
function secondLook(world: World, recheck: Recheck, stored: ResourceState | undefined): Promise<PendingLook> {
  const due = world.now() + SECOND_LOOK;
  const arranged = arrange(world, recheck, stored, { why: 'second-look', due });
  // Whoever awaits it is told; a read that fails first must not leave this failure without anybody.
  arranged.catch(() => undefined);
  return arranged;
}

/** Goes by the message that is on its way, but for one that may have come while this look still read: who met it took it for another's. */
async function pendingLook(
  world: World,
  recheck: Recheck,
  stored: ResourceState | undefined,
  { due, sent }: { due: number; sent: PendingLook | undefined },
): Promise<PendingLook> {
  if (sent && sent.due > world.now() + SECOND_LOOK / 2) return sent;
  return arrange(world, recheck, stored, { why: 'second-look', due });
}

/** What a look went by, what it saw, and the message that it sent meanwhile. */
interface Sight {
  stored: ResourceState | undefined;
  seen: Look;
  second: Promise<PendingLook> | undefined;
}

/** Links and the name before the state, the state on the condition of its version, then what may be lost without harm. */
async function settle(
  world: World,
  baseline: Baseline,
  recheck: Recheck,
  { stored: first, seen, second }: Sight,
): Promise<Looked> {
  const { resource } = recheck;
  const written = await update(
    world,
    resource,
    async (stored) => {
      const draft = decide(stored, resource, seen, recheck.cause, undefined);
      if (draft === undefined) return undefined;
      const links = linkChanges(resource, stored, linkedBy(seen, draft));
      await writeLinks(world.table, links, seen.observedAt);
      if (isNew(stored, draft)) await remember(world.table, resource, seen.observedAt);
      await recheckFarEnds(world, baseline, recheck, links.changed);
      const due = nextLook(recheck, draft, links.changed.length > 0, world.now());
      const sent = stored === first ? await second : undefined;
      const look = due === undefined ? undefined : await pendingLook(world, recheck, stored, { due, sent });
      const quiet = isQuiet(recheck, stored, draft) ? { quiet: draft.version } : {};
      return {
        ...draft,
        ...quiet,
        ...(look ? { look } : {}),
        ...(links.removed.length > 0 ? { leaving: links.removed } : {}),
      };
    },
    { state: first },
  );
  if (written === undefined) {
    world.metrics.count('stale');
    return stale(world, baseline, recheck, seen);
  }
  const { before, after } = written;
  await letGo(world, baseline, recheck, freed(before, after, seen), seen.observedAt);
  if (after.gone) await forget(world.table, resource, seen.observedAt);
  tally(world, recheck, before, after);
  return after.gone ? 'gone' : 'judged';
}

/**
 * What a first sweep finds is told by its summary. A second look belongs to it only where more is known of who uses the
 * resource: any other difference is a change that happened meanwhile.
 */
function isQuiet({ inventory, cause, why }: Recheck, stored: ResourceState | undefined, draft: ResourceState): boolean {
  if (!inventory || cause !== undefined) return false;
  return why !== 'second-look' || stored?.observedAt === undefined || `${stored.clusters}` !== `${draft.clusters}`;
}

/** Seen for the first time, or again after it was gone. */
function isNew(stored: ResourceState | undefined, draft: ResourceState): boolean {
  return !draft.gone && (stored?.observedAt === undefined || stored.gone !== undefined);
}

/** A newer look stands, and knows the links. If it was made for something else, this change still gets its second look. */
async function stale(world: World, baseline: Baseline, recheck: Recheck, seen: Look): Promise<Looked> {
  const stored = await readState(world.table, recheck.resource);
  await letGo(world, baseline, recheck, outdated(recheck.resource, stored, seen), seen.observedAt);
  const due = recheck.seenAt + SECOND_LOOK;
  const covered = (alive(stored?.look, world.now())?.due ?? 0) >= due;
  if (!covered && isOfChange(recheck))
    await later(world, recheck, stored, { why: 'second-look', due: world.now() + SECOND_LOOK });
  return 'stale';
}

/** After a change, one more look; while a fix is awaited, one past its deadline. Not found gets a second look too: it may only be late. */
function nextLook(recheck: Recheck, draft: ResourceState, linked: boolean, now: number): number | undefined {
  if (linked || isOfChange(recheck)) return now + SECOND_LOOK;
  const deadlines = Object.values(draft.findings).flatMap(({ state, fix }) =>
    state === 'fixing' && fix?.deadline !== undefined ? [fix.deadline + SECOND] : [],
  );
  return deadlines.length > 0 ? Math.max(Math.min(...deadlines), now + SECOND) : undefined;
}
