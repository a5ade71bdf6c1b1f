import type { IpPermission } from '@aws-sdk/client-ec2';
import { excludeCidr } from 'cidr-tools';
import type { PrefixList } from '../resources/security-group.ts';
import { isWiderThan, publicAddresses } from './cidrs.ts';
import { merged, type PortRange, pieces, portsOf, protocolOf } from './ports.ts';

/** Narrower networks than these are never wide, and no group has rules enough to reach the world with them. */
export const WIDE = { minPrefixV4: 16, minPrefixV6: 48 } as const;

/** A quarter of all IPv4 addresses, and of IPv6's global unicast: more than any network of ours, however it is cut. */
const MANY_V4 = 2 ** 30;
const ALL_V6 = '2000::/3';
const MANY_V6 = 2n ** 123n;

/** One rule with the networks it lets in, its prefix lists resolved. */
export interface Ingress {
  rule: IpPermission;
  cidrs: readonly string[];
}

/** What a rule lets in from anywhere: `tcp` and `udp` with their ports, other protocols by name only. */
export interface Opening {
  protocol: string;
  ports?: PortRange;
}

/** A prefix list without entries at hand throws: nobody knows then what the rule lets in. */
export function ingressOf(rules: readonly IpPermission[], lists: readonly PrefixList[]): Ingress[] {
  const entries = new Map(lists.map(({ id, cidrs }) => [id, cidrs]));
  return rules.map((rule) => {
    const { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [] } = rule;
    const listed = PrefixListIds.flatMap(({ PrefixListId = '' }) => {
      const cidrs = entries.get(PrefixListId);
      if (cidrs === undefined) throw new Error('the entries of a prefix list are missing');
      return cidrs;
    });
    const direct = [...IpRanges.map(({ CidrIp }) => CidrIp), ...Ipv6Ranges.map(({ CidrIpv6 }) => CidrIpv6)];
    return { rule, cidrs: [...direct.filter((cidr) => cidr !== undefined), ...listed] };
  });
}

/** Whether the networks together hold so much of the internet that they keep nobody out; `except` is left aside. */
export function isMostOfTheInternet(cidrs: readonly string[], except: readonly string[] = []): boolean {
  if (!cidrs.some((cidr) => isWiderThan(cidr, WIDE))) return false;
  const rest = except.length === 0 ? [...cidrs] : excludeCidr([...cidrs], [...except]);
  if (publicAddresses(rest) >= MANY_V4) return true;
  const v6 = rest.filter((cidr) => cidr.includes(':'));
  return (
    v6.length > 0 && sizeOf(ALL_V6) - excludeCidr([ALL_V6], v6).reduce((sum, each) => sum + sizeOf(each), 0n) >= MANY_V6
  );
}

function sizeOf(cidr: string): bigint {
  return 2n ** BigInt(128 - Number(cidr.split('/')[1]));
}

/** What anyone may reach, rule by rule or by several rules together, as few ranges as say it. */
export function openings(ingress: readonly Ingress[], allowed: readonly string[]): Opening[] {
  if (!ingress.some(({ cidrs }) => cidrs.some((cidr) => isWiderThan(cidr, WIDE)))) return [];
  const from = (those: readonly Ingress[]) =>
    isMostOfTheInternet(
      those.flatMap(({ cidrs }) => cidrs),
      allowed,
    );
  const withPorts = (['tcp', 'udp'] as const).flatMap((protocol) => {
    const rules = ingress.flatMap((each) => {
      const ports = portsOf(each.rule, protocol);
      return ports === undefined ? [] : [{ ...each, ports }];
    });
    const open = pieces(rules.map(({ ports }) => ports)).filter((piece) =>
      from(rules.filter(({ ports }) => ports.from <= piece.from && piece.to <= ports.to)),
    );
    return merged(open).map((ports) => ({ protocol, ports }));
  });
  return [...withPorts, ...otherOpenings(ingress, from)];
}

/** Protocols without ports; those that a rule for all protocols opens are told by the ports already. */
function otherOpenings(ingress: readonly Ingress[], from: (those: readonly Ingress[]) => boolean): Opening[] {
  const protocols = new Set(ingress.map(({ rule }) => protocolOf(rule)));
  const ofAll = ingress.filter(({ rule }) => protocolOf(rule) === '-1');
  if (from(ofAll)) return [];
  const others = [...protocols.difference(new Set(['-1', 'tcp', 'udp']))].sort();
  return others
    .filter((protocol) => from([...ofAll, ...ingress.filter(({ rule }) => protocolOf(rule) === protocol)]))
    .map((protocol) => ({ protocol }));
}
