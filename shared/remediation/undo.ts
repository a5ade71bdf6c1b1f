import type { World } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import { readState } from '../findings/state-table.ts';
import { kindOf } from '../resources/kinds.ts';
import { keyOf } from '../resources/resource.ts';
import { whereOf } from './candidate.ts';
import { carryOut, type Tried } from './carry-out.ts';
import { type Candidate, type Fix, fixSort } from './fix.ts';
import { type FixSettings, killed } from './gate.ts';
import { record } from './record.ts';
import { FIX_DEADLINE, readFresh } from './runner.ts';

export interface UndoRequest {
  resource: Candidate['resource'];
  control: string;
  fixId: string;
  /** Who asks for it; never the actor whose change was fixed. */
  by: string;
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
  const { resource, control, fixId, by } = request;
  const off = await killed(world, settings);
  if (off !== undefined) return { refused: off };
  const state = await readState(world.table, resource);
  const items = (await world.table.query(keyOf(resource), { prefix: `fix#${control}#` })) as Fix[];
  const fix = items.find(({ id }) => id === fixId);
  const finding = state?.findings[control];
  if (!state || !fix || !finding) return { refused: `There is no fix ${fixId} of ${control} on ${keyOf(resource)}.` };

  const undoing = items.find(({ undoes }) => undoes === fixId);
  const rule = baseline.rules(resource.kind, whereOf(state)).find((each) => each.control.id === control);
  const candidate: Candidate = { resource, control, state, finding, rule, waiver: undefined, fixId: `${fixId}-undo` };
  if (undoing?.status === 'prepared' || undoing?.status === 'called')
    return carryOut(world, settings, candidate, undoing);
  if (fix.status !== 'ended') return { refused: `The fix has not ended: it is ${fix.status}.` };
  if (undoing) return { refused: 'The fix was undone before.' };
  const actor = finding.cause?.actor;
  if (by === actor?.person || by === actor?.principal)
    return { refused: 'Who made the change that was fixed cannot undo the fix.' };

  const remediation = rule?.control.remediation;
  if (!rule || !remediation?.undo)
    return { refused: remediation?.irreversible ?? 'The baseline no longer knows how to undo it.' };
  const fresh = await readFresh(world, baseline, candidate);
  if (fresh === 'again') return { refused: 'The resource cannot be read now, or an update of it is running.' };
  const generation = kindOf(resource.kind).generation?.(fresh.subject);
  if (generation !== fix.generation) return { refused: 'The resource was made anew since the fix.' };
  if (
    rule.control.shows?.({ subject: fresh.subject, params: rule.params }) !== finding.shows ||
    finding.state !== 'closed'
  ) {
    return { refused: 'The resource has changed since the fix.' };
  }

  const before = JSON.parse(fix.before) as never;
  const steps = remediation.undo({ before, subject: fresh.subject, params: rule.params });
  if (steps.length === 0) return { refused: 'There is nothing left to undo.' };
  const startedAt = world.now();
  const undoFix: Fix = {
    ...fix,
    sk: fixSort(control, startedAt, candidate.fixId),
    id: candidate.fixId,
    steps,
    accepted: 0,
    status: 'prepared',
    before: JSON.stringify(fresh.subject),
    startedAt,
    deadline: startedAt + FIX_DEADLINE,
    undoes: fixId,
  };
  delete undoFix.updateId;
  await record(world, candidate, 'noted', {
    ...(finding.fix ?? { id: fixId }),
    status: 'undone',
    why: `Undone by ${by}.`,
  });
  await world.table.put(undoFix, { id: undefined });
  return carryOut(world, settings, candidate, undoFix);
}
