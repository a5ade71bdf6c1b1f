import { CATALOGUE } from '../../controls/catalogue.ts';
import type { AnyControl, References } from '../../controls/define-control.ts';
import { CIS_EKS } from './cis-eks.ts';
import type { Requirement } from './requirement.ts';
import { SECURITY_HUB } from './security-hub.ts';

export const FRAMEWORK_NAMES = ['cis', 'security-hub', 'nist', 'pci'] as const;
export type FrameworkName = (typeof FRAMEWORK_NAMES)[number];

/** An id of a framework, and whether a control answers to it. */
export interface Answered {
  id: string;
  /** Undefined for frameworks of which only those ids are listed that controls refer to. */
  about?: string;
  status: 'automated' | 'manual' | 'not yet';
  controls: readonly string[];
  why?: string;
}

export interface Framework {
  name: FrameworkName;
  title: string;
  /** Every id of it is listed; otherwise only those that controls refer to. */
  complete: boolean;
  requirements: readonly Answered[];
}

const FRAMEWORKS: readonly (Omit<Framework, 'requirements' | 'complete'> & {
  key: Exclude<keyof References, 'responsibility'>;
  all: readonly Requirement[];
})[] = [
  { name: 'cis', title: 'CIS Amazon EKS Benchmark 1.8', key: 'cis', all: CIS_EKS },
  { name: 'security-hub', title: 'AWS Security Hub CSPM', key: 'securityHub', all: SECURITY_HUB },
  { name: 'nist', title: 'NIST SP 800-53 Rev. 5', key: 'nist', all: [] },
  { name: 'pci', title: 'PCI DSS 4', key: 'pci', all: [] },
];

/** What of each framework these controls answer to; with those of the catalogue, what eks-warden can at all. */
export function frameworks(controls: readonly AnyControl[] = CATALOGUE): Framework[] {
  return FRAMEWORKS.map(({ name, title, key, all }) => {
    const answering = new Map<string, string[]>();
    for (const { id, references } of controls) {
      for (const named of references[key] ?? []) answering.set(named, [...(answering.get(named) ?? []), id]);
    }
    const known = new Set(all.map(({ id }) => id));
    const beyond = [...answering.keys()].filter((id) => !known.has(id)).sort(inOrder);
    const requirements = [...all, ...beyond.map((id) => ({ id }))];
    return {
      name,
      title,
      complete: name === 'cis',
      requirements: requirements.map((each) => answered(each, answering.get(each.id) ?? [])),
    };
  });
}

function answered(
  { id, about, manual, later }: Partial<Requirement> & { id: string },
  controls: readonly string[],
): Answered {
  const named = { id, ...(about === undefined ? {} : { about }) };
  if (controls.length > 0) return { ...named, status: 'automated', controls };
  if (manual !== undefined) return { ...named, status: 'manual', controls, why: manual };
  return { ...named, status: 'not yet', controls, why: later ?? 'The controls that answer to it are off.' };
}

/** `AC-3` before `AC-21`. */
function inOrder(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
