import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addresses, isInside, isWiderThan, isWorld, publicAddresses } from '../../shared/controls/cidrs.ts';

const LIMITS = { minPrefixV4: 16, minPrefixV6: 48 };

/** Networks within 192.0.2.0/24 or 2001:db8::/120, whose 256 addresses can be counted one by one. */
const small = (family: 4 | 6) =>
  fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 8 })).map(([last, bits]) => {
    const size = 2 ** (8 - bits);
    const first = Math.floor(last / size) * size;
    const members = Array.from({ length: size }, (_, offset) => `${family}:${first + offset}`);
    const cidr = family === 4 ? `192.0.2.${last}/${24 + bits}` : `2001:db8::${last.toString(16)}/${120 + bits}`;
    return { cidr, members };
  });
const networks = fc.array(fc.oneof(small(4), small(6)), { maxLength: 12 });

const cidrsOf = (list: readonly { cidr: string }[]) => list.map(({ cidr }) => cidr);
const union = (list: readonly { members: readonly string[] }[]) => new Set(list.flatMap(({ members }) => members));

it('U-02: counts each IPv4 address of a union once, as counting one by one does', () => {
  fc.assert(
    fc.property(networks, (list) => {
      expect(addresses(cidrsOf(list))).toBe([...union(list)].filter((each) => each.startsWith('4:')).length);
    }),
  );
});

it('U-02: finds a network inside others exactly if each of its addresses is', () => {
  fc.assert(
    fc.property(networks, fc.oneof(small(4), small(6)), (list, { cidr, members }) => {
      const within = union(list);
      expect(isInside(cidr, cidrsOf(list))).toBe(members.every((each) => within.has(each)));
    }),
  );
});

it('U-02: sees the world however it is cut into pieces', () => {
  const cuts = fc.array(fc.boolean(), { maxLength: 24 });
  fc.assert(
    fc.property(cuts, fc.boolean(), (sides, whole) => {
      const pieces = sides.map((side, depth) => half(sides.slice(0, depth), !side));
      const last = half(sides.slice(0, -1), sides.at(-1) ?? false);
      const list = sides.length === 0 ? ['0.0.0.0/0'] : [...pieces, last];
      expect(isWorld(whole ? list : list.slice(1))).toBe(whole);
    }),
  );
});

/** The part of IPv4 whose first bits are these. */
function half(bits: readonly boolean[], next: boolean): string {
  const all = [...bits, next];
  const start = all.reduce((sum, bit, at) => sum + (bit ? 2 ** (31 - at) : 0), 0);
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256);
  return `${octets.join('.')}/${all.length}`;
}

it('U-02: takes what ends up as everyone for everyone', () => {
  const eights = Array.from({ length: 256 }, (_, first) => `${first}.0.0.0/8`);
  expect([
    isWorld(['0.0.0.0/0']),
    isWorld(['0.0.0.0/1', '128.0.0.0/1']),
    isWorld(['::/0']),
    isWorld(['::/1', '8000::/1']),
    isWorld(eights),
    isWorld(eights.slice(1)),
    isWorld(['0.0.0.0/1', '8000::/1']),
    isWorld(['10.0.0.0/8']),
    isWorld([]),
  ]).toEqual([true, true, true, true, true, false, false, false, false]);
});

it('U-02: counts every IPv4 address there is without losing one', () => {
  expect([
    addresses(['0.0.0.0/0']),
    addresses(['0.0.0.0/1', '128.0.0.0/1', '10.0.0.0/8']),
    addresses(['::/0']),
    addresses([]),
  ]).toEqual([2 ** 32, 2 ** 32, 0, 0]);
});

it('U-02: counts as public only what the internet has', () => {
  expect([
    publicAddresses(['10.0.0.0/8', '192.168.0.0/16', '224.0.0.0/4']),
    publicAddresses(['8.8.8.0/24', '10.0.0.0/8']),
    publicAddresses(['172.0.0.0/8']),
    publicAddresses([]),
  ]).toEqual([0, 256, 2 ** 24 - 2 ** 20, 0]);
});

it('judges one network by its prefix, an address without one as itself', () => {
  const wide = ['0.0.0.0/0', '203.0.0.0/15', '203.0.0.0/16', '203.0.113.7', '::/0', '2001:db8::/47', '2001:db8::/48'];
  expect(wide.map((cidr) => isWiderThan(cidr, LIMITS))).toEqual([true, true, false, false, true, true, false]);
});

it.each([
  ['10.0.0.0/33'],
  ['2001:db8::/129'],
  ['all'],
  [''],
  ['10.0.0.0/'],
  ['10.0.0/8'],
  ['10.0.0.0/8/8'],
  ['10.0.0.0/1e1'],
  ['10.0.0.0/-1'],
  ['::/0.5'],
])('throws for %s, which is no network', (text) => {
  expect(() => isWiderThan(text, LIMITS)).toThrow();
  expect(() => addresses([text])).toThrow();
  expect(() => isInside('10.0.0.0/8', [text])).toThrow();
});
