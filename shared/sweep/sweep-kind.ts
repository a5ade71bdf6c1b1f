import type { AwsBatch, World } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { Recheck } from '../changes/change.ts';
import { lookedAt } from '../controls/looked-at.ts';
import { type Looked, looker } from '../findings/look.ts';
import { remind } from '../findings/remind.ts';
import { readState } from '../findings/state-table.ts';
import type { Scope } from '../findings/swept.ts';
import { whereOf } from '../findings/where-of.ts';
import { offerAgain } from '../remediation/offer-again.ts';
import type { AnyKind } from '../resources/kind.ts';
import { keyOf, type Resource } from '../resources/resource.ts';
import { inParts } from '../runtime/in-parts.ts';
import type { TimeFor } from '../runtime/time-for.ts';
import { attributed } from './attributed.ts';
import { AT_ONCE } from './bounds.ts';
import { advance } from './hold.ts';
import { remembering } from './missed.ts';
import type { At, KindSwept, Progress, ScopeDone } from './rows.ts';
import { type SharedReads, sharing } from './shared-reads.ts';
import { counted, type Tally } from './tally.ts';
import { partsToLookAt, sow, type ToLookAt } from './to-look-at.ts';

/** One invocation's sweep of a scope. */
export interface Sweeping {
  world: World;
  baseline: Baseline;
  scope: Scope;
  /** The last sweep of the scope that came to its end. */
  before: ScopeDone | undefined;
  /** Listings are shared: node groups are listed by the same clusters. */
  batch: AwsBatch;
  /** What its looks have read that others are judged by too. */
  shared: SharedReads;
  enough: TimeFor;
}

const MOST_REASONS = 5;

/** Looks at everything of one kind, a few at a time, and records after each few how far it came. */
export async function sweepKind(
  sweeping: Sweeping,
  kind: AnyKind,
  progress: Progress,
): Promise<{ progress: Progress; ended: boolean }> {
  const { world, baseline, scope, batch, enough } = sweeping;
  const wanted = lookedAt(baseline.controls).get(kind.kind);
  const stopped: At | undefined = progress.at?.kind === kind.kind ? progress.at : undefined;
  let at: At = stopped ?? { kind: kind.kind, looked: 0, later: 0, failed: 0 };
  let current = progress;
  for await (const part of partsToLookAt(world, batch, scope, kind, wanted, { after: at.after, past: at.past })) {
    // What this list lacks another invocation may find, and hold for done: it stays incomplete.
    at = { ...at, unread: reasons([...(at.unread ?? []), ...part.unread.map(reasonOf)]) };
    for (const some of inParts(part.ids, AT_ONCE)) {
      if (!enough()) return { progress: current, ended: false };
      const { outcomes, tally } = await lookAtSome(sweeping, kind, some, part, progress.started, current.tally);
      at = {
        ...at,
        after: some.at(-1) ?? '',
        looked: at.looked + some.length,
        later: at.later + outcomes.filter((outcome) => outcome === 'later').length,
        failed: at.failed + outcomes.filter((outcome) => outcome === 'failed').length,
      };
      current = await advance(world, current, { at, tally });
    }
    if (part.past === undefined) continue;
    at = { ...at, past: part.past };
    current = await advance(world, current, { at });
    if (!enough()) return { progress: current, ended: false };
  }
  // Of a kind that no control asks about nothing is kept, nor of how far another one is.
  if (!wanted && at.looked === 0) return { progress: current, ended: true };
  const { at: _, ...over } = current;
  const kinds = [...current.kinds, sweptOf(at)];
  return { progress: await advance(world, over as Progress, { kinds }), ended: true };
}

function sweptOf({ kind, looked, later, failed, unread = [] }: At): KindSwept {
  return { kind, complete: unread.length === 0 && failed === 0, looked, later, failed, unread };
}

type Reason = KindSwept['unread'][number];

function reasonOf(read: ToLookAt['unread'][number]): Reason {
  return read.outcome === 'refused' ? { why: read.why, missing: read.action } : { why: read.why };
}

/** Each once, and the first few: a list that fails is asked for again by each invocation. */
function reasons(all: readonly Reason[]): Reason[] {
  const each = new Map(all.map((reason) => [JSON.stringify(reason), reason]));
  return [...each.values()].slice(0, MOST_REASONS);
}

async function lookAtSome(
  sweeping: Sweeping,
  kind: AnyKind,
  ids: readonly string[],
  all: ToLookAt,
  began: number,
  tally: Tally,
): Promise<{ outcomes: (Looked | 'failed')[]; tally: Tally }> {
  const { world, baseline, scope } = sweeping;
  const batch = sharing(world.aws.batch(), sweeping.shared);
  const resources = ids.map((id): Resource => ({ kind: kind.kind, id, ...scope }));
  sow(
    batch,
    scope,
    ids.flatMap((id) => all.seeds.get(id) ?? []),
  );
  const remembered = remembering(world.table);
  const looking = { ...world, table: remembered.table };
  const isInventory = (id: string) => isFirst(sweeping, kind) && !(sweeping.before && all.known.has(id));
  const outcomes = await Promise.all(
    resources.map((resource) =>
      lookAt({ ...sweeping, world: looking }, resource, began, isInventory(resource.id), batch),
    ),
  );
  let sum = tally;
  for (const resource of resources) {
    const inventory = isInventory(resource.id);
    const state = await readState(world.table, resource);
    if (state === undefined) continue;
    if (!inventory) await offerAgain(world, baseline, resource);
    if (!inventory) await remind(world, baseline, state);
    const before = { state: remembered.before(state.pk), judged: sweeping.before?.judged };
    const counting = { rules: baseline.rules(kind.kind, whereOf(state)), began, inventory, before };
    const last = sweeping.before && { last: sweeping.before };
    sum = await attributed(sweeping, counted(sum, state, { ...counting, ...last }), state, counting);
  }
  return { outcomes, tally: sum };
}

/** Whether the kind was never listed completely here. Those that nothing lists come with the scope. */
export function isFirst(
  { before }: Pick<Sweeping, 'before'>,
  { kind, listing }: Pick<AnyKind, 'kind' | 'listing'>,
): boolean {
  return listing === undefined ? before === undefined : before?.listed[kind] === undefined;
}

/** What goes wrong with one resource is named, and keeps no other from being looked at. */
async function lookAt(
  { world, baseline }: Sweeping,
  resource: Resource,
  began: number,
  inventory: boolean,
  batch: AwsBatch,
): Promise<Looked | 'failed'> {
  const recheck: Recheck = {
    resource,
    seenAt: began,
    life: 'changed',
    why: 'sweep',
    ...(inventory ? { inventory } : {}),
  };
  try {
    return await looker(world, baseline)(recheck, batch);
  } catch (error) {
    world.metrics.count('failed');
    world.log.error('A resource could not be looked at by the sweep.', {
      resource: keyOf(resource),
      problem: error instanceof Error ? error.name : 'unknown',
      why: error instanceof Error ? error.message : 'an exception that is no error',
    });
    return 'failed';
  }
}
