import type { IpPermission } from '@aws-sdk/client-ec2';
import { excludeCidr } from 'cidr-tools';
import type { PrefixList } from '../resources/security-group.ts';
import { isInside, isWiderThan, publicAddresses } from './cidrs.ts';
import { merged, overlap, type PortRange, pieces, portsOf, protocolOf } from './ports.ts';
import { sourcesOf } from './rule-sources.ts';

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
    const sources = sourcesOf(rule);
    const listed = sources.lists.flatMap((id) => {
      const cidrs = entries.get(id);
      if (cidrs === undefined) throw new TypeError('the entries of a prefix list are missing');
      return cidrs;
    });
    return { rule, cidrs: [...sources.cidrs, ...listed] };
  });
}

/** Whether the networks together hold so much of the internet that they keep nobody out; `except` is left aside. */
export function isWorldwide(cidrs: readonly string[], except: readonly string[] = []): boolean {
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

/** The wide networks outside our own ones; those that are the internet by themselves are told as openings. */
export function wideNetworks(ingress: readonly Ingress[], ours: readonly string[]): string[] {
  const wide = new Set(ingress.flatMap(({ cidrs }) => cidrs.filter((cidr) => isWiderThan(cidr, WIDE))));
  return [...wide].filter((cidr) => !isWorldwide([cidr]) && !isInside(cidr, ours));
}

/** What anyone may reach, rule by rule or by several rules together, as few ranges as say it. */
export function openings(ingress: readonly Ingress[], allowed: readonly string[]): Opening[] {
  const wide = ingress
    .map(({ rule, cidrs }) => ({ rule, cidrs: cidrs.filter((cidr) => isWiderThan(cidr, WIDE)) }))
    .filter(({ cidrs }) => cidrs.length > 0);
  const open = (those: readonly Ingress[]) =>
    isWorldwide(
      those.flatMap(({ cidrs }) => cidrs),
      allowed,
    );
  return [...portOpenings(wide, 'tcp', open), ...portOpenings(wide, 'udp', open), ...otherOpenings(wide, open)];
}

type Test = (those: readonly Ingress[]) => boolean;

/** Port by port, because one rule may let in one half of the world and another the other half. */
function portOpenings(ingress: readonly Ingress[], protocol: 'tcp' | 'udp', open: Test): Opening[] {
  const rules = ingress.flatMap((each) => {
    const ports = portsOf(each.rule, protocol);
    return ports === undefined ? [] : [{ ...each, ports }];
  });
  const reached = pieces(rules.map(({ ports }) => ports)).filter((piece) =>
    open(rules.filter(({ ports }) => overlap(ports, piece))),
  );
  return merged(reached).map((ports) => ({ protocol, ports }));
}

/** Protocols without ports; those that a rule for all protocols opens are told by the ports already. */
function otherOpenings(ingress: readonly Ingress[], open: Test): Opening[] {
  const ofAll = ingress.filter(({ rule }) => protocolOf(rule) === '-1');
  if (open(ofAll)) return [];
  const protocols = new Set(ingress.map(({ rule }) => protocolOf(rule)));
  const others = [...protocols].filter((protocol) => !['-1', 'tcp', 'udp'].includes(protocol)).sort();
  return others
    .filter((protocol) => open([...ofAll, ...ingress.filter(({ rule }) => protocolOf(rule) === protocol)]))
    .map((protocol) => ({ protocol }));
}
