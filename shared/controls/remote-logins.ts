import type { IpPermission } from '@aws-sdk/client-ec2';
import type { AttachedGroup } from '../resources/node-access.ts';
import { isInside } from './cidrs.ts';
import { overlap, portsOf } from './ports.ts';
import { sourcesOf } from './rule-sources.ts';

const SSH = { from: 22, to: 22 };
const RDP = { from: 3389, to: 3389 };

export interface Approved {
  /** Security groups and prefix lists. */
  approvedBastionSgs: readonly string[];
  approvedBastionCidrs: readonly string[];
}

/** Who may reach port 22 or 3389 by each group, without those approved. The groups of the nodes themselves may. */
export function remoteLogins(
  groups: readonly AttachedGroup[],
  approved: Approved,
): { group: string; sources: readonly string[] }[] {
  const known = new Set([...approved.approvedBastionSgs, ...groups.map(({ id }) => id)]);
  return groups.flatMap(({ id, ingress }) => {
    const strangers = ingress.filter(isForLogin).flatMap((rule) => strangersIn(rule, known, approved));
    return strangers.length > 0 ? [{ group: id, sources: [...new Set(strangers)] }] : [];
  });
}

function isForLogin(rule: IpPermission): boolean {
  const ports = portsOf(rule, 'tcp');
  return ports !== undefined && (overlap(ports, SSH) || overlap(ports, RDP));
}

function strangersIn(rule: IpPermission, known: ReadonlySet<string>, { approvedBastionCidrs }: Approved): string[] {
  const { cidrs, lists, groups } = sourcesOf(rule);
  return [
    ...cidrs.filter((cidr) => !isInside(cidr, approvedBastionCidrs)),
    ...[...lists, ...groups].filter((id) => !known.has(id)),
  ];
}
