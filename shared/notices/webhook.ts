import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Where a post may go: `url`, or why it is refused. Never holds the address that was refused, which is a secret. */
export type Guarded = { url: URL } | { refused: string };

export interface GuardOptions {
  partition: string;
  /** The settings' own `AWS_ENDPOINT_URL`: only where that is a machine's own loopback is Slack's stand-in allowed there too. */
  endpoint?: string | undefined;
}

/** A GovCloud deployment keeps to GovSlack; others may use either. Changed here, in code, and nowhere else. */
const COMMERCIAL = ['hooks.slack.com', 'slack.com'];
const GOVERNMENT = ['hooks.slack-gov.com', 'slack-gov.com'];

export function slackHosts(partition: string): readonly string[] {
  return partition === 'aws-us-gov' ? GOVERNMENT : [...COMMERCIAL, ...GOVERNMENT];
}

/** Only https to Slack's own names on port 443, without credentials in the address. */
export function guarded(text: string, { partition, endpoint }: GuardOptions): Guarded {
  if (!URL.canParse(text) || /[\s\p{Cc}\\]/u.test(text)) return { refused: 'it is no web address' };
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return { refused: 'it holds a user name or password' };
  if (isLoopback(text) && isLoopback(endpoint)) return { url };
  if (url.protocol !== 'https:') return { refused: 'it is not https' };
  if (url.port !== '') return { refused: 'it names a port' };
  if (isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0) return { refused: 'it is a bare IP address' };
  if (!slackHosts(partition).includes(url.hostname)) return { refused: 'its host is not one of Slack' };
  return { url };
}

/** The text itself must name the loopback: `http://2130706433` and its like are not taken for it. */
function isLoopback(text: string | undefined): boolean {
  return text !== undefined && /^http:\/\/127\.0\.0\.1(:\d{1,5})?(\/|$)/.test(text);
}

/** Of IPv6 only this is given out; elsewhere lie old spellings of private addresses too, as `::7f00:1`. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');

/** On the public internet: not private, shared, loopback, link-local, unique local, mapped to one of those, or reserved. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const real = ipaddr.process(address);
  return real.range() === 'unicast' && (real.kind() === 'ipv4' || real.match(GLOBAL_IPV6));
}

export interface Address {
  address: string;
  family: number;
}
export type Resolve = (host: string) => Promise<readonly Address[]>;

const resolveAll: Resolve = (host) => lookup(host, { all: true });

/**
 * A `lookup` for one connection: it resolves once, refuses if any address is not public, and hands over just what it
 * checked, so that no second answer of the name server can lead elsewhere.
 */
export function pinnedLookup(resolve: Resolve = resolveAll): LookupFunction {
  return (host, options, callback) => {
    resolve(host).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined || !addresses.every(({ address }) => isPublic(address))) {
          callback(new NotPublic(), '', 0);
        } else if (options.all) {
          callback(null, [...addresses]);
        } else {
          callback(null, first.address, first.family);
        }
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
}

/** A name of Slack's led to an address inside a network. */
export class NotPublic extends Error {
  override name = 'NotPublic';
  readonly code = 'NOT_PUBLIC';
}
