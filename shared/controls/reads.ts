import type { ReadAction } from '../aws/actions.ts';
import type { AnyKind } from '../resources/kind.ts';
import type { AnyControl } from './define-control.ts';
import { lookedAt } from './looked-at.ts';

type Asking = Pick<AnyControl, 'resources' | 'needs'>;

/** What AWS asks of the caller besides: ECR hands on Inspector's findings only to those who may list them there. */
const BESIDES: Readonly<Partial<Record<ReadAction, readonly ReadAction[]>>> = {
  'ecr:DescribeImageScanFindings': ['inspector2:ListFindings'],
};

/** The IAM actions that judging these controls takes, by name: the base reads of their kinds and those of the facets they need. */
export function readsOf(controls: readonly Asking[]): ReadAction[] {
  return named(controls.flatMap(({ resources, needs }) => resources.flatMap((kind) => actionsOf(kind, needs))));
}

/** Those that all looks take: of the kinds that are read for their links alone, too. */
export function looksOf(controls: readonly Asking[]): ReadAction[] {
  return named([...lookedAt(controls).values()].flatMap(({ kind, facets }) => actionsOf(kind, [...facets])));
}

/** Those that naming all resources takes, for the sweep: of every kind that is looked at and that anything lists. */
export function listsOf(controls: readonly Asking[]): ReadAction[] {
  return named([...lookedAt(controls).values()].flatMap(({ kind }) => kind.listing?.actions ?? []));
}

function actionsOf({ actions, facets }: AnyKind, wanted: readonly string[]): readonly ReadAction[] {
  const read = wanted.flatMap((name) => (Object.hasOwn(facets, name) ? (facets[name]?.actions ?? []) : []));
  return [...actions, ...read];
}

function named(actions: readonly ReadAction[]): ReadAction[] {
  return [...new Set(actions.flatMap((action) => [action, ...(BESIDES[action] ?? [])]))].sort();
}
