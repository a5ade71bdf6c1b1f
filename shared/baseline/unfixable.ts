import type { AnyControl } from '../controls/define-control.ts';
import type { Mode } from './baseline.ts';

const DESTRUCTIVE = /:(?:Batch)?(?:Delete|Detach|Deregister|Disassociate|Remove|Revoke|Terminate)/;

/** Why a control cannot be in this mode: fixes that destroy, or that only a person may make, are never run by us. */
export function unfixable(control: AnyControl, mode: Mode): string | undefined {
  if (mode !== 'approve' && mode !== 'remediate') return undefined;
  const { fix, id, remediation } = control;
  if (fix === 'manual' || fix === 'none') {
    return `${mode} is not possible: the fix of ${id} is of class ${fix}. Write notify.`;
  }
  if (remediation === undefined) return `${mode} is not possible: ${id} has no plan that we could run. Write notify.`;
  const destroying = (remediation.uses as readonly string[]).filter((action) => DESTRUCTIVE.test(action));
  if (destroying.length > 0) {
    return `${mode} is not possible: the fix of ${id} may call ${destroying.join(', ')}, which destroys. Write notify.`;
  }
  return mode === 'remediate' && fix === 'approve'
    ? `remediate is not possible: the fix of ${id} needs a person's approval. Write approve.`
    : undefined;
}
