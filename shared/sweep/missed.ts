import type { Table } from '../aws/world.ts';
import { isAnotherGeneration } from '../findings/decide.ts';
import type { Finding, ResourceState } from '../findings/finding.ts';

/** What was stored of a resource before a look, and of its scope at the last sweep. */
export interface Before {
  state: ResourceState | undefined;
  /** The controls that the last sweep of the scope judged by; undefined where no one knows. */
  judged: readonly string[] | undefined;
}

/** The first answers to reads of a resource's state: what a look began from, without a read of its own. */
export interface Remembering {
  table: Table;
  before(pk: string): ResourceState | undefined;
}

export function remembering(table: Table): Remembering {
  const first = new Map<string, ResourceState | undefined>();
  return {
    table: {
      get: async (pk, sk) => {
        const item = await table.get(pk, sk);
        if (sk === 'state' && !first.has(pk)) first.set(pk, item as ResourceState | undefined);
        return item;
      },
      put: (item, expect) => table.put(item, expect),
      remove: (pk, sk, expect) => table.remove(pk, sk, expect),
      query: (pk, options) => table.query(pk, options),
      add: (...counter) => table.add(...counter),
    },
    before: (pk) => first.get(pk),
  };
}

/**
 * Whether an event should have told of a finding that a look of the sweep opened. Not where the control judges the
 * resource for the first time, where its waiver ended, where it could not be read before, or where it shows what it
 * showed before: then time passed, or the baseline was changed, and nobody changed the resource. Pure.
 */
export function isMissed(
  control: string,
  finding: Finding,
  after: Pick<ResourceState, 'generation'>,
  { state, judged }: Before,
): boolean {
  const isNew =
    state?.observedAt === undefined || state.gone !== undefined || isAnotherGeneration(state, after.generation);
  if (isNew) return judged?.includes(control) ?? true;
  const was = state.findings[control];
  if (was === undefined || was.state !== 'closed' || was.closedBecause === 'retired') return false;
  return was.shows === undefined || was.shows !== finding.shows;
}

/** No event told of it, though CloudTrail's history may have named somebody since. */
export function isByLook({ cause }: Pick<Finding, 'cause'>): boolean {
  return cause === undefined || cause.late === true;
}
