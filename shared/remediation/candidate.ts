import { createHash } from 'node:crypto';
import type { World } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { AnyStep } from '../controls/define-control.ts';
import { readState } from '../findings/state-table.ts';
import { whereOf } from '../findings/where-of.ts';
import type { Resource } from '../resources/resource.ts';
import { type Candidate, fixIdOf } from './fix.ts';

/** Statuses after which a finding is told and never offered for a fix again by itself; what was held is, by a sweep. */
const ENDED: readonly string[] = ['failed', 'unverified'];

/** The open findings of a resource that might be fixed, and those whose fix has begun: a look may have closed one before its update was followed to the end. */
export async function candidatesOf(
  world: Pick<World, 'table' | 'now'>,
  baseline: Baseline,
  resource: Resource,
  heldToo = false,
): Promise<Candidate[]> {
  const state = await readState(world.table, resource);
  if (state === undefined || state.gone) return [];
  const where = whereOf(state);
  const rules = new Map(baseline.rules(resource.kind, where).map((rule) => [rule.control.id, rule]));
  return Object.entries(state.findings).flatMap(([control, finding]): Candidate[] => {
    const rule = rules.get(control);
    const asked = rule?.mode === 'approve' || rule?.mode === 'remediate';
    const { status = '' } = finding.fix ?? {};
    const offered = finding.state === 'open' && asked && !ENDED.includes(status) && (heldToo || status !== 'held');
    const begun = finding.state === 'fixing' || (finding.state === 'closed' && finding.fix?.status === 'verified');
    if (!offered && !begun) return [];
    const fixId = begun && finding.fix ? finding.fix.id : fixIdOf(resource, control, finding.since);
    const waiver = baseline.waiver(control, where, world.now());
    return [{ resource, control, state, finding, rule, waiver, fixId }];
  });
}

/** What an approval is given for: these very steps. */
export function planHash(steps: readonly AnyStep[]): string {
  return createHash('sha256').update(JSON.stringify(steps)).digest('hex').slice(0, 32);
}
