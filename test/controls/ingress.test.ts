import type { IpPermission } from '@aws-sdk/client-ec2';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ingressOf, isWorldwide, openings } from '../../shared/controls/ingress.ts';

const rule = (CidrIp: string, from: number, to: number): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: from,
  ToPort: to,
  IpRanges: [{ CidrIp }],
});

it('U-02: the pieces of the internet count together, in however many networks', () => {
  const eighths = Array.from({ length: 256 }, (_, at) => `${at}.0.0.0/8`);
  const rows: [string[], boolean][] = [
    [['0.0.0.0/0'], true],
    [['0.0.0.0/1', '128.0.0.0/1'], true],
    [['::/0'], true],
    [eighths, true],
    [eighths.slice(0, 40), false],
    [['10.0.0.0/8'], false],
    [['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'], false],
    [['2000::/4'], true],
    [['2001:db8::/32'], false],
    [['fc00::/7', 'fe80::/10'], false],
    [[], false],
  ];
  expect(rows.map(([cidrs]) => isWorldwide(cidrs))).toEqual(rows.map(([, expected]) => expected));
});

it('what is allowed is left aside', () => {
  expect([
    isWorldwide(['0.0.0.0/0'], ['203.0.113.0/24']),
    isWorldwide(['0.0.0.0/0'], ['0.0.0.0/1', '128.0.0.0/1']),
    isWorldwide(['0.0.0.0/0', '::/0'], ['0.0.0.0/0']),
  ]).toEqual([true, false, true]);
});

it('a port is open exactly where the rules for it hold both eighths of the world', () => {
  const MOST = 12;
  const span = fc
    .tuple(fc.integer({ min: 0, max: MOST }), fc.integer({ min: 0, max: MOST }))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  const halves = fc.array(fc.tuple(fc.constantFrom('lower', 'upper', 'office'), span), { maxLength: 6 });
  const CIDRS = { lower: '32.0.0.0/3', upper: '128.0.0.0/3', office: '203.0.113.0/24' };
  fc.assert(
    fc.property(halves, (given) => {
      const rules = given.map(([half, [from, to]]) => rule(CIDRS[half], from, to));
      const open = openings(ingressOf(rules, []), []).map(({ ports }) => ports);
      const ports = Array.from({ length: MOST + 2 }, (_, port) => port);
      const has = (half: string, port: number) =>
        given.some(([which, [from, to]]) => which === half && from <= port && port <= to);
      expect(ports.filter((port) => open.some((each) => each && each.from <= port && port <= each.to))).toEqual(
        ports.filter((port) => has('lower', port) && has('upper', port)),
      );
    }),
  );
});

it('a prefix list without its entries throws', () => {
  const rules = [{ IpProtocol: '-1', PrefixListIds: [{ PrefixListId: 'pl-0a1b2c3d4e5f60718' }] }];
  expect(() => ingressOf(rules, [])).toThrow('the entries of a prefix list are missing');
});

it('text that is no network throws', () => {
  expect(() => openings(ingressOf([rule('everyone', 22, 22)], []), [])).toThrow('is no network');
});
