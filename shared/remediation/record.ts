import type { World } from '../aws/world.ts';
import { indexed } from '../findings/decide.ts';
import type { Finding, FixSummary, Input, ResourceState } from '../findings/finding.ts';
import { next } from '../findings/machine.ts';
import { update } from '../findings/state-table.ts';
import type { Candidate } from './fix.ts';

/**
 * Moves a finding by what a fix says (`fix-started`, `fix-failed`), or writes only the summary (`noted`). Goes by the
 * version alone and leaves `observedAt`: only looks observe. Undefined where the machine drops the input.
 */
export function record(
  world: World,
  { resource, control, fixId }: Pick<Candidate, 'resource' | 'control' | 'fixId'>,
  input: Extract<Input, 'fix-started' | 'fix-failed'> | 'noted',
  fix: FixSummary,
): Promise<unknown> {
  return update(world, resource, async (stored) => {
    const finding = stored?.findings[control];
    if (stored === undefined || finding === undefined) return undefined;
    if (same(finding.fix, fix)) return undefined;
    if (input === 'fix-failed' && finding.fix?.id !== fixId) return undefined;
    const to = input === 'noted' ? finding.state : next(finding.state, input);
    if (to === null) return undefined;
    return indexed(written(stored, control, { ...finding, ...moved(finding, to, world.now()), fix }));
  });
}

function moved(finding: Finding, to: Finding['state'], now: number): Partial<Finding> {
  return to === finding.state ? {} : { state: to, since: now };
}

function written(stored: ResourceState, control: string, finding: Finding): ResourceState {
  return { ...stored, version: stored.version + 1, findings: { ...stored.findings, [control]: finding }, news: 1 };
}

function same(a: FixSummary | undefined, b: FixSummary): boolean {
  return a?.id === b.id && a.status === b.status && a.why === b.why;
}
