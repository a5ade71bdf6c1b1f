import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { otherAddress } from '../../../shared/aws/snapshot/addresses.ts';
import { addresses, isInside, isWorld, publicAddresses } from '../../../shared/controls/cidrs.ts';

const bit = (text: string) => (createHash('sha256').update(text).digest()[0] ?? 0) % 2 === 1;
const other = (text: string) => otherAddress(text, bit) ?? '';

/** Networks as people write them: host bits are 0. */
const network = fc
  .tuple(fc.integer({ min: 0, max: 0xffff_ffff }), fc.integer({ min: 0, max: 32 }))
  .map(([number, prefix]) => {
    const start = prefix === 0 ? 0 : (number & (0xffff_ffff << (32 - prefix))) >>> 0;
    return `${[24, 16, 8, 0].map((shift) => (start >>> shift) & 255).join('.')}/${prefix}`;
  });

it('keeps which network holds which, and how many addresses several cover', () => {
  fc.assert(
    fc.property(network, fc.array(network, { minLength: 1, maxLength: 6 }), (one, several) => {
      const others = several.map(other);
      expect({
        inside: isInside(other(one), others),
        count: addresses(others),
        public: publicAddresses(others),
        world: isWorld(others),
      }).toEqual({
        inside: isInside(one, several),
        count: addresses(several),
        public: publicAddresses(several),
        world: isWorld(several),
      });
    }),
  );
});

it('makes other addresses of those that are somebody, and leaves those that are nobody', () => {
  const texts = [
    '203.0.113.7',
    '8.8.8.0/24',
    '2a00:1450:4001::/48',
    '0.0.0.0/0',
    '::/0',
    '127.0.0.1',
    'fe80::1',
    '169.254.1.1',
  ];
  expect(
    Object.fromEntries(texts.map((text) => [text, isIP(other(text).split('/')[0] ?? '') > 0 && other(text) === text])),
  ).toEqual({
    '203.0.113.7': false,
    '8.8.8.0/24': false,
    '2a00:1450:4001::/48': false,
    '0.0.0.0/0': true,
    '::/0': true,
    '127.0.0.1': true,
    'fe80::1': true,
    '169.254.1.1': true,
  });
});

it.each(['', 'payments', '1.2.3', '1.2.3.4/33', '1.2.3.4/24/8', '1.33', '10.0.0.0/x'])(
  'takes %j for no address',
  (text) => {
    expect(otherAddress(text, bit)).toBe(undefined);
  },
);
