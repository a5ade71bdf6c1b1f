import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  ALL_PORTS,
  isAllPorts,
  merged,
  type PortRange,
  pieces,
  portsOf,
  protocolOf,
  spelled,
  without,
} from '../../shared/controls/ports.ts';

const MOST = 24;
const range = fc
  .tuple(fc.integer({ min: 0, max: MOST }), fc.integer({ min: 0, max: MOST }))
  .map(([a, b]): PortRange => ({ from: Math.min(a, b), to: Math.max(a, b) }));
const ranges = fc.array(range, { maxLength: 6 });
const ports = Array.from({ length: MOST + 2 }, (_, port) => port);
const within = (all: readonly PortRange[]) =>
  ports.filter((port) => all.some(({ from, to }) => from <= port && port <= to));

it('what is taken away is gone and nothing else', () => {
  fc.assert(
    fc.property(ranges, range, (all, taken) => {
      const left = without(all, taken);
      expect(within(left)).toEqual(within(all).filter((port) => port < taken.from || taken.to < port));
    }),
  );
});

it('merged ranges hold the same ports in ascending order with a gap between any two', () => {
  fc.assert(
    fc.property(ranges, (all) => {
      const one = merged(all);
      expect(within(one)).toEqual(within(all));
      expect(one.slice(1).every(({ from }, at) => from > (one[at]?.to ?? MOST) + 1)).toBe(true);
    }),
  );
});

it('pieces hold the same ports, each once, and no range ends within one', () => {
  fc.assert(
    fc.property(ranges, (all) => {
      const cut = pieces(all);
      expect(cut.flatMap((piece) => within([piece]))).toEqual(within(all));
      const ends = all.flatMap(({ from, to }) => [from, to + 1]);
      expect(cut.filter(({ from, to }) => ends.some((end) => from < end && end <= to))).toEqual([]);
    }),
  );
});

it('neither function changes what it is given', () => {
  const all: PortRange[] = [Object.freeze({ from: 1, to: 3 }), Object.freeze({ from: 2, to: 5 })];
  expect([merged(all), all]).toEqual([
    [{ from: 1, to: 5 }],
    [
      { from: 1, to: 3 },
      { from: 2, to: 5 },
    ],
  ]);
});

it('a rule opens the ports it names, and all of them where it names none', () => {
  const opened = [
    { IpProtocol: 'tcp', FromPort: 22, ToPort: 23 },
    { IpProtocol: '6', FromPort: 22, ToPort: 22 },
    { IpProtocol: 'tcp' },
    { IpProtocol: 'tcp', FromPort: -1, ToPort: -1 },
    { IpProtocol: '-1' },
    {},
    { IpProtocol: 'udp', FromPort: 22, ToPort: 22 },
    { IpProtocol: 'icmp', FromPort: 8, ToPort: -1 },
  ].map((rule) => portsOf(rule, 'tcp'));
  const all = ALL_PORTS;
  expect(opened).toEqual([{ from: 22, to: 23 }, { from: 22, to: 22 }, all, all, all, all, undefined, undefined]);
});

it('a protocol goes by its name where it has one', () => {
  const rules = ['6', '17', '1', '58', 'tcp', '50', undefined].map((IpProtocol) => (IpProtocol ? { IpProtocol } : {}));
  expect(rules.map(protocolOf)).toEqual(['tcp', 'udp', 'icmp', 'icmpv6', 'tcp', '50', '-1']);
});

it('a range is spelled by its ends, a single port by itself', () => {
  expect([spelled({ from: 22, to: 22 }), spelled({ from: 22, to: 25 })]).toEqual(['22', '22-25']);
});

it('all ports are all but none less', () => {
  expect([ALL_PORTS, { from: 1, to: 65_535 }, { from: 0, to: 65_534 }].map(isAllPorts)).toEqual([true, false, false]);
});
