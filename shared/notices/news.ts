import type { Rule } from '../baseline/baseline.ts';
import type { Cause } from '../changes/change.ts';
import type { Transition } from '../findings/finding.ts';
import type { Addressed } from './compose.ts';
import { clippedDigest } from './digest-clip.ts';
import { clip } from './escape.ts';
import type { News, Notice, NoticeCause } from './notice.ts';

/** Longest texts: beyond them nobody reads on, and one hostile field must not push a notice over SNS's limit. */
const TEXT = 1000;
const NAME = 256;
const MOST_MESSAGES = 20;

/** One finding's change with its words, each bounded. */
export function clippedNews({ transition, rule }: Addressed, pages: string): News {
  const { control, mode } = rule;
  const { finding, from = 'closed', to } = transition;
  const { remediation } = control;
  return {
    control: control.id,
    title: clip(control.title, NAME),
    why: clip(control.why, TEXT),
    howToFix: clip(control.howToFix, TEXT),
    page: `${pages.replace(/\/+$/, '')}/${control.id}.md`,
    mode,
    severity: finding.severity,
    from,
    to,
    since: finding.since,
    ...(finding.firstSeen === undefined ? {} : { firstSeen: finding.firstSeen }),
    said: finding.said
      .slice(0, MOST_MESSAGES)
      .map(({ reason, severity, text }) => ({ reason: clip(reason, NAME), severity, text: clip(text, TEXT) })),
    ...clipped('shows', finding.shows),
    ...clipped('before', finding.before),
    ...(finding.closedBecause === undefined ? {} : { closedBecause: finding.closedBecause }),
    ...(finding.waiver === undefined ? {} : { waiver: eachClipped(finding.waiver) }),
    ...(finding.unread === undefined ? {} : { unread: eachClipped(finding.unread) }),
    ...clipped('notJudged', finding.notJudged),
    ...(finding.seen === undefined ? {} : { seen: finding.seen.count }),
    ...(finding.reminded === undefined || from !== 'open' ? {} : { reminded: finding.reminded }),
    ...(finding.fix === undefined ? {} : { fix: eachClipped(finding.fix) }),
    ...(finding.plan === undefined ? {} : { plan: finding.plan.slice(0, 4).map((call) => clip(call, TEXT)) }),
    fixWanted: wantsFix(transition, rule),
    ...(remediation === undefined
      ? {}
      : { remedy: { calls: [...remediation.uses], risk: clip(remediation.risk, TEXT) } }),
  };
}

/** A newly opened finding that eks-warden may fix; never one that goes from fixing back to open, so that no fix repeats itself. */
export function wantsFix({ from, to }: Transition, { control, mode }: Rule): boolean {
  const allowed = mode === 'remediate' || mode === 'approve';
  return allowed && to === 'open' && from !== 'fixing' && from !== 'open' && control.remediation !== undefined;
}

/** The change behind it, with the fields that a person is told. */
export function clippedCause({ eventId, event, time, actor }: Cause): NoticeCause {
  const { principal, person, role, confidence, channel, address, mfa, userAgent } = actor;
  return {
    eventId: clip(eventId, NAME),
    event: clip(event, NAME),
    time,
    actor: {
      ...eachClipped({ principal }),
      ...clipped('person', person),
      ...clipped('role', role),
      confidence,
      channel,
      ...clipped('address', address),
      ...(mfa === undefined ? {} : { mfa }),
      ...clipped('userAgent', userAgent),
    },
  };
}

function clipped<K extends string>(name: K, text: string | undefined): { [P in K]?: string } {
  return text === undefined ? {} : ({ [name]: clip(text, TEXT) } as { [P in K]?: string });
}

function eachClipped<T extends object>(record: T): T {
  const entries = Object.entries(record).map(([key, value]) => [
    key,
    typeof value === 'string' ? clip(value, TEXT) : value,
  ]);
  return Object.fromEntries(entries) as T;
}

/** The same notice with shorter texts and fewer findings, for a message that would be too long. */
export function shortened(notice: Notice, text: number, most: number): Notice {
  const { cause, news } = JSON.parse(JSON.stringify(notice), (key, value) =>
    typeof value === 'string' && !KEPT.has(key) ? clip(value, text) : value,
  ) as Notice;
  const listed = news.slice(0, most).map((one) => ({ ...one, said: one.said.slice(0, MOST_WHEN_SHORT) }));
  const unlisted = news.length - listed.length;
  return {
    ...notice,
    ...(cause === undefined ? {} : { cause }),
    news: listed,
    ...(notice.digest === undefined
      ? {}
      : { digest: clippedDigest(notice.digest, text, Math.min(most, MOST_WHEN_SHORT)) }),
    ...(unlisted > 0 ? { unlisted } : {}),
  };
}

const MOST_WHEN_SHORT = 5;
/** What a machine reads is whole or left out, never cut. */
const KEPT = new Set([
  'control',
  'page',
  'mode',
  'severity',
  'from',
  'to',
  'closedBecause',
  'status',
  'id',
  'confidence',
  'channel',
]);
