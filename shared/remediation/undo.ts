import type { World } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { AnyStep } from '../controls/define-control.ts';
import { readState } from '../findings/state-table.ts';
import { whereOf } from '../findings/where-of.ts';
import { kindOf } from '../resources/kinds.ts';
import { keyOf } from '../resources/resource.ts';
import { carryOut, type Tried } from './carry-out.ts';
import { type Candidate, type Fix, fixSort, listed } from './fix.ts';
import { type FixSettings, killed } from './gate.ts';
import { record } from './record.ts';
import { FIX_DEADLINE, readFresh } from './runner.ts';

export interface UndoRequest {
  resource: Candidate['resource'];
  control: string;
  fixId: string;
  /** Who asks for it; never the actor whose change was fixed. */
  by: string;
  /** Other names of that person which AWS vouches for: the name of a session. */
  names?: readonly string[];
}

/** It may be readable to others: the remediator's own look decides. */
export const UNREAD = 'The resource cannot be read now, or an update of it is running.';

/** The fix that is to be undone, with what stands around it. */
interface Undoing {
  candidate: Candidate;
  fix: Fix;
  /** An undo of it that was begun before. */
  begun: Fix | undefined;
}

/**
 * Takes a fix back from its before-state. Refuses, with a reason, when the kill switch is off, the resource is another
 * one or has changed since, or whoever made the original change asks. The finding then opens again by an ordinary look
 * and is not fixed again.
 */
export async function undo(
  world: World,
  baseline: Baseline,
  settings: FixSettings,
  request: UndoRequest,
): Promise<Tried | { refused: string }> {
  const off = await killed(world, settings);
  if (off !== undefined) return { refused: off };
  const undoing = await find(world, baseline, request);
  if ('refused' in undoing) return undoing;
  const { candidate, fix, begun } = undoing;
  if (begun?.status === 'prepared' || begun?.status === 'called') return carryOut(world, settings, candidate, begun);
  const why = refusal(undoing, request);
  if (why !== undefined) return { refused: why };
  const prepared = await prepareUndo(world, baseline, undoing, request);
  if ('refused' in prepared) return prepared;

  const noted = candidate.finding.fix ?? { id: fix.id };
  await record(world, candidate, 'noted', { ...noted, status: 'undone', why: `Undone by ${request.by}.` });
  await world.table.put(prepared.back, { id: undefined });
  return carryOut(world, settings, candidate, prepared.back);
}

/** What an undo would call now, or why it would be refused; the kill switch apart. Writes nothing. */
export async function undoPlan(
  world: World,
  baseline: Baseline,
  request: UndoRequest,
): Promise<{ steps: readonly AnyStep[] } | { refused: string }> {
  const undoing = await find(world, baseline, request);
  if ('refused' in undoing) return undoing;
  const why = refusal(undoing, request);
  if (why !== undefined) return { refused: why };
  const prepared = await prepareUndo(world, baseline, undoing, request);
  return 'refused' in prepared ? prepared : { steps: prepared.back.steps };
}

async function find(
  world: World,
  baseline: Baseline,
  { resource, control, fixId }: UndoRequest,
): Promise<Undoing | { refused: string }> {
  const state = await readState(world.table, resource);
  const items = (await world.table.query(keyOf(resource), { prefix: `fix#${control}#` })) as Fix[];
  const fix = items.find(({ id }) => id === fixId);
  const finding = state?.findings[control];
  if (!state || !fix || !finding) return { refused: `There is no fix ${fixId} of ${control} on ${keyOf(resource)}.` };
  const rule = baseline.rules(resource.kind, whereOf(state)).find((each) => each.control.id === control);
  const candidate = { resource, control, state, finding, rule, waiver: undefined, fixId: `${fixId}-undo` };
  return { candidate, fix, begun: items.find(({ undoes }) => undoes === fixId) };
}

/** What is known to stand against it before anything is read. Pure. */
function refusal({ candidate, fix, begun }: Undoing, { by, names = [] }: UndoRequest): string | undefined {
  if (fix.status !== 'ended') return `The fix has not ended: it is ${fix.status}.`;
  if (begun) return 'The fix was undone before.';
  const { actor } = fix.cause ?? candidate.finding.cause ?? {};
  const own = [actor?.person, actor?.principal, actor?.principal.split('/').at(-1)];
  if ([by, ...names].some((name) => own.includes(name)))
    return 'Who made the change that was fixed cannot undo the fix.';
  const remediation = candidate.rule?.control.remediation;
  return remediation?.undo ? undefined : (remediation?.irreversible ?? 'The baseline no longer knows how to undo it.');
}

/** The steps back from what is there now, if that is still what the fix left. */
async function prepareUndo(
  world: World,
  baseline: Baseline,
  { candidate, fix }: Undoing,
  request: UndoRequest,
): Promise<{ back: Fix } | { refused: string }> {
  const { resource, control, finding, rule } = candidate;
  const fresh = await readFresh(world, baseline, candidate);
  if (fresh === 'again') return { refused: UNREAD };
  const { subject } = fresh;
  const generation = kindOf(resource.kind).generation?.(subject);
  if (generation !== fix.generation) return { refused: 'The resource was made anew since the fix.' };
  const shows = rule?.control.shows?.({ subject, params: rule.params });
  if (shows !== finding.shows || finding.state !== 'closed')
    return { refused: 'The resource has changed since the fix.' };

  const before = JSON.parse(fix.before) as never;
  const steps = rule?.control.remediation?.undo?.({ before, subject, params: rule.params }) ?? [];
  if (steps.length === 0) return { refused: 'There is nothing left to undo.' };
  const startedAt = world.now();
  const back: Fix = {
    ...fix,
    sk: fixSort(control, startedAt, candidate.fixId),
    ...listed(resource, startedAt, candidate.fixId),
    by: request.by,
    id: candidate.fixId,
    steps,
    accepted: 0,
    status: 'prepared',
    before: JSON.stringify(subject),
    startedAt,
    deadline: startedAt + FIX_DEADLINE,
    undoes: fix.id,
  };
  delete back.updateId;
  delete back.refusedUndo;
  return { back };
}
