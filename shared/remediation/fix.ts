import { createHash } from 'node:crypto';
import type { Item } from '../aws/world.ts';
import type { Rule, Waiver } from '../baseline/baseline.ts';
import type { Cause } from '../changes/change.ts';
import type { AnyStep } from '../controls/define-control.ts';
import type { Finding, ResourceState } from '../findings/finding.ts';
import { keyOf, type Resource } from '../resources/resource.ts';

/** A finding that may be fixed, with all that is known before anything is read again. */
export interface Candidate {
  resource: Resource;
  control: string;
  state: ResourceState;
  finding: Finding;
  /** Undefined: the baseline no longer has it on. */
  rule: Rule | undefined;
  waiver: Waiver | undefined;
  fixId: string;
}

/** One execution of a plan: the item `fix#…` beside the resource's state. It is written before the first call. */
export interface Fix extends Item {
  id: string;
  control: string;
  resource: Resource;
  clusters: readonly string[];
  steps: readonly AnyStep[];
  /** How many steps AWS has accepted. */
  accepted: number;
  /** `prepared`: nothing may have been called yet, or a call was not recorded. `called`: every step was accepted. */
  status: 'prepared' | 'called' | 'ended' | 'failed';
  /** The resource as it was before, as JSON: what an undo starts from. */
  before: string;
  /** What the control showed once the update had ended; an undo refuses when it shows something else. */
  after?: string;
  generation?: string;
  /** The change that was fixed: its actor may not have the fix undone. The finding's own cause is another's once it has closed. */
  cause?: Cause;
  startedAt: number;
  deadline: number;
  /** The last update EKS gave us to follow. */
  updateId?: string;
  why?: string;
  undoes?: string;
  /** Of an undo: who asked for it. */
  by?: string;
  /** Why the last undo that was asked for was not begun. */
  refusedUndo?: { by: string; at: number; why: string };
  /** Keys of the index in which the fixes of an account are listed by their start. */
  scope?: string;
  rank?: string;
}

/** The partition of the index that lists the fixes of an account. */
export function fixesOf(account: string): string {
  return `fixes#${account}`;
}

/** Where a fix stands in the index: written with the fix itself, so that listing needs no scan and no second write. */
export function listed({ account }: Resource, startedAt: number, id: string): Required<Pick<Fix, 'scope' | 'rank'>> {
  return { scope: fixesOf(account), rank: `${String(startedAt).padStart(15, '0')}#${id}` };
}

/** The same opening of the same finding always gets the same id: a repeated message resumes the fix, it does not start another. */
export function fixIdOf(resource: Resource, control: string, since: number): string {
  return createHash('sha256')
    .update(`${keyOf(resource)}|${control}|${since}`)
    .digest('hex')
    .slice(0, 32);
}

/** Sorted by control and the time of the opening (of an undo: its start), so that the newest fixes of one control are one short query, and one opening has one fix. */
export function fixSort(control: string, time: number, id: string): string {
  return `fix#${control}#${String(time).padStart(15, '0')}#${id}`;
}

/** One fix at a time per cluster, in an order that all keep to; a resource of no cluster is its own. */
export function locksOf({ resource, state }: Pick<Candidate, 'resource' | 'state'>): readonly string[] {
  const { account, region } = resource;
  const clusters = [...new Set(state.clusters)].sort();
  return clusters.length === 0 ? [keyOf(resource)] : clusters.map((cluster) => `${account}#${region}#${cluster}`);
}
