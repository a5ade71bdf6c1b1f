import type { Read } from '../../aws/read.ts';
import type { Recheck } from '../../changes/change.ts';
import { lookedAt } from '../../controls/looked-at.ts';
import { usesOf } from '../../findings/links.ts';
import { looker } from '../../findings/look.ts';
import type { AnyKind } from '../../resources/kind.ts';
import { GLOBAL, type Resource } from '../../resources/resource.ts';
import { SettingError, UserMistake } from '../../runtime/errors.ts';
import { kindsIn } from '../../sweep/order.ts';
import { sow, toLookAt } from '../../sweep/to-look-at.ts';
import { eachAtOnce } from './at-once.ts';
import { forgetting } from './forgetting.ts';
import type { Run, ScopeRun } from './judge-scopes.ts';

/** Resources of one kind in one scope that are looked at beside each other. */
const AT_ONCE = 25;

/**
 * Judges everything in one account and region: first what counts by itself, all kinds beside each other, then kind
 * after kind what counts by its users.
 */
export async function judgeScope(run: Run, scope: ScopeRun): Promise<void> {
  const wanted = lookedAt(run.baseline.controls);
  const kinds = kindsIn(scope.region).filter((kind) => wanted.has(kind.kind) && isOfClusters(run, kind));
  const [after, first] = [kinds.filter(asksWhoUses), kinds.filter((kind) => !asksWhoUses(kind))];
  const lists = await forgetting(run.batch, (batch) =>
    Promise.all(first.map((kind) => listed({ ...run, batch }, scope, kind))),
  );
  // Each kind with its own: while one service makes its kinds wait for their turn, the others are asked.
  await Promise.all(lists.map((list) => judgeAll(run, scope, list)));
  await forgetting(run.batch, async (batch) => {
    for (const kind of after) await judgeAll(run, scope, await listed({ ...run, batch }, scope, kind));
  });
  if (run.goesOn()) scope.ended = true;
}

function asksWhoUses({ judged, asksWhoUses: asks }: AnyKind): boolean {
  return judged === 'linked' || asks === true;
}

/** Where only some clusters are wanted, what belongs to none is not read at all. */
function isOfClusters({ clusters }: Run, kind: AnyKind): boolean {
  return clusters === undefined || kind.clusters !== undefined || asksWhoUses(kind);
}

/** All of a kind, and what its listing tells of each. */
async function listed(run: Run, scope: ScopeRun, kind: AnyKind): Promise<Resource[]> {
  const { world, baseline, batch, counted, give } = run;
  const { account, region } = scope;
  const wanted = lookedAt(baseline.controls).get(kind.kind);
  try {
    const { ids, unread, seeds } = await toLookAt(world, batch, { account, region }, kind, wanted);
    scope.unread.push(...unread.map((read) => ({ kind: kind.kind, ...whyOf(read) })));
    sow(batch, { account, region }, [...seeds.values()].flat());
    const all = await inClusters(
      run,
      kind,
      ids.map((id): Resource => ({ kind: kind.kind, id, account, region })),
    );
    counted.total += all.length;
    tell(run, kind, region);
    return all;
  } catch (error) {
    if (!isOfPerson(error)) throw error;
    give(error.message);
    return [];
  }
}

async function inClusters({ clusters, world }: Run, kind: AnyKind, all: readonly Resource[]): Promise<Resource[]> {
  if (clusters === undefined) return [...all];
  const isOurs = (names: readonly string[]) => names.some((name) => clusters.includes(name));
  if (kind.clusters) return all.filter((resource) => isOurs(kind.clusters?.(resource) ?? []));
  const uses = await Promise.all(all.map((resource) => usesOf(world.table, resource)));
  return all.filter((_, index) => isOurs((uses[index] ?? []).flatMap((use) => use.clusters)));
}

function judgeAll(run: Run, scope: ScopeRun, all: readonly Resource[]): Promise<void> {
  const kinds = new Map(kindsIn(scope.region).map((kind) => [kind.kind, kind]));
  return eachAtOnce(
    all,
    AT_ONCE,
    async (resource) => {
      await lookAt(run, scope, resource);
      run.counted.done++;
      const kind = kinds.get(resource.kind);
      if (kind) tell(run, kind, scope.region);
    },
    run.goesOn,
  );
}

/** What goes wrong with one resource is named, and keeps no other from being judged. */
async function lookAt({ world, baseline, batch, at, give }: Run, scope: ScopeRun, resource: Resource): Promise<void> {
  const recheck: Recheck = { resource, seenAt: at, life: 'changed', why: 'scan' };
  try {
    await forgetting(batch, (own) => looker(world, baseline)(recheck, own));
  } catch (error) {
    if (isOfPerson(error)) return give(error.message);
    const why = error instanceof Error ? error.message : 'an exception that is no error';
    scope.unread.push({ kind: resource.kind, why: `${resource.id} could not be judged: ${why}` });
  }
}

/** The credentials are gone, or can no longer be used: no other call will do better. */
function isOfPerson(error: unknown): error is Error {
  return error instanceof SettingError || error instanceof UserMistake;
}

function whyOf(read: Exclude<Read<unknown>, { outcome: 'found' | 'gone' }>): { why: string; missing?: string } {
  return read.outcome === 'refused' ? { why: read.why, missing: read.action } : { why: read.why };
}

function tell({ tell: told, counted, batch }: Run, { kind }: AnyKind, region: string): void {
  if (told === undefined) return;
  const calls = [...batch.calls().values()].reduce((sum, each) => sum + each, 0);
  told({ kind, region: region === GLOBAL ? 'IAM' : region, ...counted, calls });
}
