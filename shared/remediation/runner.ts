import type { World } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { AnyStep } from '../controls/define-control.ts';
import { judge } from '../evaluation/judge.ts';
import { type Found, readSubject } from '../evaluation/read-subject.ts';
import { sendAt } from '../findings/later.ts';
import { usesOf } from '../findings/links.ts';
import { readState } from '../findings/state-table.ts';
import { kindOf } from '../resources/kinds.ts';
import { keyOf } from '../resources/resource.ts';
import { HOUR, MINUTE, SECOND } from '../runtime/clock.ts';
import { candidatesOf, planHash } from './candidate.ts';
import { carryOut, recheck, type Tried } from './carry-out.ts';
import { type Candidate, type Fix, fixSort, listed, locksOf } from './fix.ts';
import { type FixSettings, held, killed } from './gate.ts';
import { isUndone } from './guards.ts';
import { lockAll, unlockAll } from './lock.ts';
import { record } from './record.ts';

/** A message on the fixes queue: try what may be fixed on this resource; `since` is when the trying began (ms). */
export interface FixMessage {
  resource: Candidate['resource'];
  since?: number;
  /** Also what a guard held before: a sweep offers it again, and whatever held it may be over. */
  held?: boolean;
}

/** A fix that finds another update running, or AWS unwell, is tried again this often and this long. */
const TRY_AGAIN = 30 * SECOND;
const MOST_TRYING = HOUR + 10 * MINUTE;
/** From its start a fix has this long to be seen passing. */
export const FIX_DEADLINE = 2 * HOUR;

export function remediator(world: World, baseline: Baseline, settings: FixSettings) {
  return async ({ resource, since = world.now(), held = false }: FixMessage): Promise<Tried> => {
    let again = false;
    for (const candidate of await candidatesOf(world, baseline, resource, held)) {
      if ((await attempt(world, baseline, settings, candidate, since)) === 'again') again = true;
    }
    if (!again) return 'over';
    if (world.now() - since > MOST_TRYING) throw new Error(`${keyOf(resource)} could not be fixed within an hour.`);
    await world.fixes.send({ resource, since, ...(held ? { held } : {}) }, { delay: TRY_AGAIN / 1000 });
    return 'again';
  };
}

/** One try at one finding. A fix that was prepared before is taken up where it stopped. */
async function attempt(
  world: World,
  baseline: Baseline,
  settings: FixSettings,
  candidate: Candidate,
  since: number,
): Promise<Tried> {
  const begun = await findFix(world, candidate);
  if (begun?.status === 'called') return carryOut(world, settings, candidate, begun);
  if (begun && begun.status !== 'prepared') return 'over';
  if (candidate.finding.state === 'closed') return letGo(world, candidate);
  const late = world.now() - since > MOST_TRYING;
  const again = (why: string) => (late ? giveUp(world, candidate, why) : 'again');

  const off = await killed(world, settings);
  if (off !== undefined) return hold(world, candidate, off);
  const seen = await readFresh(world, baseline, candidate);
  if (seen === 'again') return again('The resource could not be read.');
  const steps = begun?.steps ?? planOf(candidate, seen);
  const why = await held(world, baseline, settings, candidate, steps);
  if (why !== undefined) return hold(world, candidate, why);

  const claimed = await claim(world, baseline, candidate, steps, begun);
  if (claimed === 'over') return 'over';
  return 'again' in claimed ? again(claimed.again) : carryOut(world, settings, candidate, claimed.fix);
}

/** Takes the cluster's lock, reads once more, stores what was before and says that the fix has started: then it may call. */
async function claim(
  world: World,
  baseline: Baseline,
  candidate: Candidate,
  steps: readonly AnyStep[],
  begun: Fix | undefined,
): Promise<{ fix: Fix } | 'over' | { again: string }> {
  const names = locksOf(candidate);
  const locked = await lockAll(world.table, names, candidate.fixId, world.now());
  if (locked === 'busy') return { again: 'Another fix of the cluster runs.' };
  const fresh = await readFresh(world, baseline, candidate);
  if (fresh === 'again') return { again: 'The resource could not be read.' };
  if (!stillFails(candidate, fresh, world.now())) {
    await unlockAll(world.table, names, candidate.fixId);
    await recheck(world, candidate);
    return 'over';
  }
  if (begun === undefined && planHash(planOf(candidate, fresh)) !== planHash(steps)) {
    await unlockAll(world.table, names, candidate.fixId);
    return { again: 'The resource keeps changing.' };
  }
  const fix = begun ?? (await prepare(world, candidate, fresh, steps));
  if (fix.status !== 'prepared') return 'over';
  const { id, startedAt, deadline } = fix;
  const action = fix.steps.map((step) => step.action).join(', ');
  await record(world, candidate, 'fix-started', { id, status: 'started', startedAt, deadline, action });
  if (await isClaimed(world, candidate)) {
    const due = deadline + SECOND;
    if (begun === undefined)
      await sendAt(world, { resource: candidate.resource, seenAt: due, life: 'changed', why: 'second-look', due }, due);
    return { fix };
  }
  await unlockAll(world.table, names, candidate.fixId);
  return 'over';
}

/** A look may have closed the finding, or a waiver covered it, since it was offered: then the claim was not taken. */
async function isClaimed(world: World, { resource, control, fixId }: Candidate): Promise<boolean> {
  const finding = (await readState(world.table, resource))?.findings[control];
  return finding?.state === 'fixing' && finding.fix?.id === fixId;
}

/** A call that was made and never recorded may have closed the finding already. */
async function letGo(world: World, candidate: Candidate): Promise<'over'> {
  await unlockAll(world.table, locksOf(candidate), candidate.fixId);
  return 'over';
}

function planOf({ rule }: Candidate, { subject }: Found): readonly AnyStep[] {
  return rule?.control.remediation?.plan({ subject, params: rule.params }) ?? [];
}

function stillFails({ rule }: Candidate, { subject }: Found, now: number): boolean {
  return rule !== undefined && judge(rule, subject, new Date(now)).verdict === 'fail';
}

async function findFix(world: World, { resource, control, fixId }: Candidate): Promise<Fix | undefined> {
  const items = await world.table.query(keyOf(resource), { prefix: `fix#${control}#`, newestFirst: true, most: 20 });
  return (items as Fix[]).find(({ id }) => id === fixId);
}

/** A read of its own, past everything remembered: what is fixed is what is there now. */
export async function readFresh(
  world: World,
  { controls }: Baseline,
  { resource, control }: Candidate,
): Promise<Found | 'again'> {
  const kind = kindOf(resource.kind);
  const needs = controls.find(({ id }) => id === control)?.needs ?? [];
  const usedBy = kind.judged === 'linked' || kind.asksWhoUses ? await usesOf(world.table, resource) : [];
  const reader = world.aws.batch().reader(resource.account, resource.region);
  const read = await readSubject(kind, resource, reader, new Set(needs), usedBy);
  return read.outcome === 'found' && read.unread.size === 0 ? read : 'again';
}

/** Stores the state before and the plan; the first call comes only after this is written. Another delivery of the message may have done so. */
async function prepare(
  world: World,
  candidate: Candidate,
  { subject }: Found,
  steps: readonly AnyStep[],
): Promise<Fix> {
  const { resource, control, fixId, state, finding } = candidate;
  const startedAt = world.now();
  const fix: Fix = {
    pk: keyOf(resource),
    sk: fixSort(control, finding.since, fixId),
    ...listed(resource, startedAt, fixId),
    id: fixId,
    control,
    resource,
    clusters: state.clusters,
    steps,
    accepted: 0,
    status: 'prepared',
    before: JSON.stringify(subject),
    startedAt,
    deadline: startedAt + FIX_DEADLINE,
    ...(state.generation === undefined ? {} : { generation: state.generation }),
    ...(finding.cause === undefined ? {} : { cause: finding.cause }),
  };
  if ((await world.table.put(fix, { id: undefined })) === 'written') return fix;
  return (await world.table.get(fix.pk, fix.sk)) as Fix;
}

/** Kept on the finding and told; nothing was called. */
async function hold(world: World, candidate: Candidate, why: string): Promise<'over'> {
  if (candidate.finding.state === 'fixing') return giveUp(world, candidate, why);
  const undone = isUndone(candidate.finding.fix) ? { undone: true as const } : {};
  await record(world, candidate, 'noted', { id: candidate.fixId, status: 'held', why, ...undone });
  world.metrics.count('held');
  return 'over';
}

async function giveUp(world: World, candidate: Candidate, why: string): Promise<'over'> {
  const status = candidate.finding.state === 'fixing' ? 'failed' : 'held';
  await record(world, candidate, status === 'failed' ? 'fix-failed' : 'noted', { id: candidate.fixId, status, why });
  world.metrics.count(status === 'failed' ? 'unfixed' : 'held');
  return 'over';
}
