import { createHash } from 'node:crypto';
import type { Baseline } from '../baseline/baseline.ts';
import { SEVERITIES, type Severity } from '../controls/define-control.ts';
import { audience } from './compose.ts';
import { clippedDigest } from './digest-clip.ts';
import type { Digest } from './digest-schema.ts';
import type { Notice } from './notice.ts';

export interface Digested {
  digest: Digest;
  /** The partition that remembers what was sent. */
  key: string;
  /** Where eks-warden is installed. */
  home: { account: string; region: string };
  ended: number;
}

/** Longest texts; lists are bounded where they are made. */
const TEXT = 300;

/**
 * The digest of a sweep, to everyone whom a route promises one, or to all where none does and something needs telling.
 * Undefined: nobody wants it. A repeat has the same id. Pure.
 */
export function digestNotice(
  { digest, key, home, ended }: Digested,
  { routes }: Pick<Baseline, 'routes'>,
): Notice | undefined {
  const wanted = routes.filter(({ when }) => when === 'digest');
  if (wanted.length === 0 && !needsTelling(digest)) return undefined;
  return {
    schema: 1,
    id: createHash('sha256').update(`digest\n${key}\n${digest.run}`).digest('hex').slice(0, 32),
    resource: { kind: 'account-region', id: home.region, ...home },
    key,
    called: 'digest',
    version: 0,
    clusters: [],
    severity: worst(digest),
    state: digest.totals.fail > 0 ? 'open' : digest.totals.unknown > 0 ? 'unsure' : 'closed',
    mode: 'notify',
    time: ended,
    news: [],
    digest: clippedDigest(digest, TEXT),
    to: audience(wanted.length > 0 ? wanted : routes),
  };
}

function needsTelling({ missed, held, incomplete, waivers, muted }: Digest): boolean {
  const counts = [missed.count, held.count, incomplete.length, waivers.expiring.length, muted.length];
  return counts.some((count) => count > 0);
}

function worst({ missed, opened, held }: Digest): Severity {
  const all = [missed, opened, held].flatMap((listed) => listed.worst.map(({ severity }) => severity));
  return SEVERITIES.find((severity) => all.includes(severity)) ?? 'info';
}
