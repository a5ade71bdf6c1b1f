import type { Where } from '../baseline/baseline.ts';
import type { ResourceState } from './finding.ts';

/** What of a resource the scopes and waivers of a baseline select by. */
export function whereOf(state: ResourceState): Where {
  const { kind, id, account, region } = state;
  return { resource: { kind, id, account, region }, clusters: state.clusters, tags: state.tags ?? {} };
}
