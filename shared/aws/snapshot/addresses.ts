import { isIP } from 'node:net';
import { parseCidr } from 'cidr-tools';

/** A bit that follows from a text: of a keyed hash. */
export type Bit = (text: string) => boolean;

/** Blocks whose addresses are nobody's in particular: they stay as they are. */
const NOBODYS = ['0', '127', '224', '240', '255'];
/** First bytes with blocks of a special purpose inside, and the bits that keep addresses in and out of those. */
const KEPT_BITS: Readonly<Record<string, number>> = { 100: 16, 169: 16, 172: 16, 192: 24, 198: 24, 203: 24 };
const PRIVATE = '192.168.';

/**
 * Another address or network of the same size. Those that share a prefix go on sharing one as long, and what is private,
 * or everyone, stays so: which network holds which, and how many addresses several cover, does not change. Undefined
 * for text that is neither.
 */
export function otherAddress(text: string, bit: Bit): string | undefined {
  const [address = '', length, more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more !== undefined || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined;
  const size = family === 4 ? 32 : 128;
  const prefix = length === undefined ? size : Number(length);
  if (prefix > size) return undefined;
  const bits = parseCidr(address).start.toString(2).padStart(size, '0');
  const kept = Math.min(prefix, family === 4 ? keptV4(address) : keptV6(bits));
  let changed = bits.slice(0, kept);
  for (let at = kept; at < prefix; at++) {
    const flips = bit(`${family} ${bits.slice(0, at)}`);
    changed += (bits[at] === '1') === flips ? '0' : '1';
  }
  const whole = changed + bits.slice(prefix);
  if (whole === bits) return text;
  const written = family === 4 ? groups(whole, 8, 10, '.') : groups(whole, 16, 16, ':');
  return length === undefined ? written : `${written}/${length}`;
}

function keptV4(address: string): number {
  const first = address.split('.')[0] ?? '';
  if (NOBODYS.includes(first) || Number(first) >= 224 || address.startsWith('169.254.')) return 32;
  return address.startsWith(PRIVATE) ? 16 : (KEPT_BITS[first] ?? 8);
}

/** Only global unicast is anybody's; the first 32 bits of 2001::/16 tell blocks of a special purpose. */
function keptV6(bits: string): number {
  if (!bits.startsWith('001')) return 128;
  return bits.startsWith('0010000000000001') ? 32 : 16;
}

function groups(bits: string, each: number, base: number, between: string): string {
  const parts = Array.from({ length: bits.length / each }, (_, at) => bits.slice(at * each, (at + 1) * each));
  return parts.map((part) => Number.parseInt(part, 2).toString(base)).join(between);
}
