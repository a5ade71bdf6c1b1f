import type { ReadAction } from '../aws/actions.ts';
import type { AnyControl } from './define-control.ts';

/** The IAM actions that judging these controls takes, by name: the base reads of their kinds and those of the facets they need. */
export function readsOf(controls: readonly Pick<AnyControl, 'resources' | 'needs'>[]): ReadAction[] {
  const actions = controls.flatMap(({ resources, needs }) =>
    resources.flatMap(({ actions: base, facets }) => [
      ...base,
      ...needs.flatMap((name) => (Object.hasOwn(facets, name) ? (facets[name]?.actions ?? []) : [])),
    ]),
  );
  return [...new Set(actions)].sort();
}
