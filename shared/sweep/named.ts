import { SEVERITIES, type Severity } from '../controls/define-control.ts';
import type { Finding, ResourceState } from '../findings/finding.ts';
import { keyOf, type Resource } from '../resources/resource.ts';
import { MOST_NAMED } from './bounds.ts';

/** One of the worst findings, as a summary names it. */
export interface Named {
  resource: Resource;
  clusters: readonly string[];
  control: string;
  severity: Severity;
  text: string;
  /** Who made the change, with what call and when (ms), where CloudTrail's history tells. */
  by?: { who: string; event: string; time: number };
}

/** A finding as a summary names it; with another text than what it says. */
export function named(
  { kind, id, account, region, clusters }: Resource & Pick<ResourceState, 'clusters'>,
  control: string,
  { said, severity }: Pick<Finding, 'said' | 'severity'>,
  text = said[0]?.text ?? '',
): Named {
  return {
    resource: { kind, id, account, region },
    clusters: clusters.slice(0, 3),
    control,
    severity,
    text: text.slice(0, 300),
  };
}

/** The worst few, in an order of their own. */
export function worstOf(all: readonly Named[]): Named[] {
  const rank = ({ severity, resource, control }: Named) =>
    `${SEVERITIES.indexOf(severity)} ${keyOf(resource)} ${control}`;
  const ranked = all.map((one) => [rank(one), one] as const);
  return ranked
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, MOST_NAMED)
    .map(([, one]) => one);
}
