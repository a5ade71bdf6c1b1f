// Derived from the files beside it by `npm run derive`; do not edit.
import eksControlPlaneLogging from './cluster/eks-control-plane-logging.ts';
import type { AnyControl } from './define-control.ts';

/** Every control there is, in id order. */
export const CATALOGUE: readonly AnyControl[] = [eksControlPlaneLogging];

const GROUPS: Readonly<Record<string, string>> = {
  'eks-control-plane-logging': 'cluster',
};

/** The group of a control: the folder that its file stands in. */
export function groupOf({ id }: Pick<AnyControl, 'id'>): string {
  return GROUPS[id] ?? 'none';
}
