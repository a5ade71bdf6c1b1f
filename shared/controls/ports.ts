import type { IpPermission } from '@aws-sdk/client-ec2';

/** Ports, the last one included. */
export interface PortRange {
  from: number;
  to: number;
}

export const ALL_PORTS: PortRange = Object.freeze({ from: 0, to: 65_535 });

/** AWS answers with names for the protocols that have ports; a number is the same protocol. */
const NAMES: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6' };

/** `tcp`, `udp`, `icmp`, `icmpv6`, a protocol's number, or `-1` for all of them. Left out: the rule is for all. */
export function protocolOf({ IpProtocol = '-1' }: IpPermission): string {
  return NAMES[IpProtocol] ?? IpProtocol;
}

/** The ports that a rule opens for TCP or UDP; all where it names none. Undefined: it is about another protocol. */
export function portsOf(rule: IpPermission, protocol: 'tcp' | 'udp'): PortRange | undefined {
  const { FromPort, ToPort } = rule;
  const own = protocolOf(rule);
  if (own === '-1') return ALL_PORTS;
  if (own !== protocol) return undefined;
  return FromPort === undefined || ToPort === undefined || FromPort < 0 ? ALL_PORTS : { from: FromPort, to: ToPort };
}

export function overlap(one: PortRange, other: PortRange): boolean {
  return one.from <= other.to && other.from <= one.to;
}

export function isAllPorts({ from, to }: PortRange): boolean {
  return from <= ALL_PORTS.from && to >= ALL_PORTS.to;
}

/** In ascending order, with those that overlap or touch made one. */
export function merged(ranges: readonly PortRange[]): PortRange[] {
  const result: PortRange[] = [];
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last !== undefined && from <= last.to + 1) last.to = Math.max(last.to, to);
    else result.push({ from, to });
  }
  return result;
}

/** What is left of the ranges without the ports of another. */
export function without(ranges: readonly PortRange[], taken: PortRange): PortRange[] {
  return ranges.flatMap((range) =>
    overlap(range, taken)
      ? [
          { from: range.from, to: taken.from - 1 },
          { from: taken.to + 1, to: range.to },
        ].filter(({ from, to }) => from <= to)
      : [range],
  );
}

/** The pieces between all ends: within one, each of the ranges holds for every port or for none. */
export function pieces(ranges: readonly PortRange[]): PortRange[] {
  const starts = [...new Set(ranges.flatMap(({ from, to }) => [from, to + 1]))].sort((a, b) => a - b);
  return starts
    .flatMap((from, at) => ({ from, to: (starts[at + 1] ?? from) - 1 }))
    .filter((piece) => piece.from <= piece.to && ranges.some((range) => overlap(range, piece)));
}

export function spelled({ from, to }: PortRange): string {
  return from === to ? String(from) : `${from}-${to}`;
}
