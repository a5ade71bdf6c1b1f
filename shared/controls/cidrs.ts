import { isIP } from 'node:net';
import { containsCidr, excludeCidr, mergeCidr, parseCidr } from 'cidr-tools';

export interface Limits {
  /** Shortest prefixes that are still taken for one network of ours. */
  minPrefixV4: number;
  minPrefixV6: number;
}

/** IANA's special-purpose IPv4 blocks: nothing on the internet has such an address. */
const NOT_PUBLIC = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];

/** Throws for what is no network: a control that meets such text is unknown, and never passes. */
function parsed(cidr: string) {
  const [address = '', length, more] = cidr.split('/');
  const family = isIP(address);
  const bits = family === 4 ? 32 : 128;
  const prefix = length === undefined ? bits : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  if (family === 0 || more !== undefined || !(prefix <= bits)) throw new RangeError(`${cidr} is no network`);
  const { version, start, end } = parseCidr(cidr);
  return { version, prefix, start, end };
}

function checked(cidrs: readonly string[], version?: 4 | 6): string[] {
  return cidrs.filter((cidr) => {
    const network = parsed(cidr);
    return version === undefined || network.version === version;
  });
}

/** One network alone, by its prefix: two halves of a wide one need `addresses` or `isWorld`. */
export function isWiderThan(cidr: string, { minPrefixV4, minPrefixV6 }: Limits): boolean {
  const { version, prefix } = parsed(cidr);
  return prefix < (version === 4 ? minPrefixV4 : minPrefixV6);
}

/** How many IPv4 addresses the networks cover together, each counted once; IPv6 counts nothing. */
export function addresses(cidrs: readonly string[]): number {
  return mergeCidr(checked(cidrs, 4))
    .map((cidr) => parsed(cidr))
    .reduce((count, { start, end }) => count + Number(end - start) + 1, 0);
}

/** The same, of addresses that exist on the internet. */
export function publicAddresses(cidrs: readonly string[]): number {
  return addresses(excludeCidr(checked(cidrs, 4), NOT_PUBLIC));
}

/** Whether every address of the network is in the union of the others. */
export function isInside(cidr: string, cidrs: readonly string[]): boolean {
  const { version } = parsed(cidr);
  return containsCidr(mergeCidr(checked(cidrs, version)), cidr);
}

/** Whether the networks together cover all of IPv4, or all of IPv6, in however many pieces. */
export function isWorld(cidrs: readonly string[]): boolean {
  return isInside('0.0.0.0/0', cidrs) || isInside('::/0', cidrs);
}
