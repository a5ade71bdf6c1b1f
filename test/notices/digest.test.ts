import { expect, it } from 'vitest';
import { digestNotice } from '../../shared/notices/digest.ts';
import type { Digest, DigestOne } from '../../shared/notices/digest-schema.ts';
import { noticeFrom } from '../../shared/notices/notice.ts';
import { slackMessage } from '../../shared/notices/slack.ts';
import { published } from '../../shared/notices/sns.ts';
import { HOSTILE } from '../support/hostile.ts';

const HOME = { account: '111122223333', region: 'eu-west-1' };
const ended = Date.UTC(2026, 10, 21, 3);
const routes = [{ name: 'digest', when: 'digest', to: ['email', 'slack', 'chat'] }] as const;
const one: DigestOne = {
  key: '111122223333#eu-west-1#cluster#payments',
  called: 'EKS cluster',
  name: 'payments',
  ...HOME,
  control: 'eks-control-plane-logging',
  title: 'All five control-plane log types are on',
  severity: 'high',
  text: 'Audit logs are off.',
};
const some = (count: number, ...worst: DigestOne[]) => ({ count, worst });
const digest: Digest = {
  run: 'night',
  since: ended - 86_400_000,
  scopes: 2,
  resources: 40,
  totals: { pass: 100, fail: 5, unknown: 2, waived: 1 },
  before: { pass: 103, fail: 3, unknown: 2, waived: 1 },
  controls: [{ control: one.control, title: one.title, pass: 8, fail: 5, unknown: 2, waived: 1, change: 2 }],
  moreControls: 3,
  clusters: [{ name: 'payments', ...HOME, fail: 4, unknown: 1, waived: 0, change: -1 }],
  moreClusters: 0,
  missed: some(1, { ...one, by: 'ana@example.com, as Admin' }),
  opened: { ...some(12, one), heldBack: 8 },
  resolved: some(1, { ...one, severity: 'low' }),
  unknown: { ...some(2, one), missing: [{ permission: 'eks:DescribeCluster', findings: 2 }] },
  held: some(1, { ...one, text: 'held: Another update is running.' }),
  waivers: {
    expiring: [{ control: one.control, resource: one.key, until: '2026-11-30', approvedBy: 'bo' }],
    moreExpiring: 0,
    unused: [{ control: one.control, resource: one.key, until: '2027-01-01', approvedBy: 'bo' }],
    moreUnused: 4,
  },
  muted: [{ what: 'cluster', name: 'payments', by: 'ana', until: ended, reason: 'upgrade', heldBack: 2 }],
  incomplete: ['111122223333 eu-west-1: node group: AccessDenied on eks:ListNodegroups.'],
  notEnabled: ['111122223333 ap-east-1'],
  report: 'https://console.example/s3/object/lists?prefix=reports%2Fnight.html',
};
const NOTHING: Digest = {
  ...digest,
  totals: { pass: 100, fail: 0, unknown: 0, waived: 0 },
  ...{ controls: [], moreControls: 0, clusters: [], muted: [], incomplete: [], notEnabled: [] },
  ...{ missed: some(0), resolved: some(0), held: some(0) },
  opened: { ...some(0), heldBack: 0 },
  unknown: { ...some(0), missing: [] },
  waivers: { expiring: [], moreExpiring: 0, unused: [], moreUnused: 0 },
};
const noticeOf = (told: Digest, to: readonly object[] = routes) =>
  digestNotice({ digest: told, key: 'sweeps#111122223333', home: HOME, ended }, { routes: to as never });
const sent = (told: Digest) => {
  const notice = noticeOf(told);
  if (notice === undefined) throw new Error('Nobody is told.');
  return { notice, ...published(notice) };
};

it('the mail says first what needs somebody, then how it all stands, and where the rest is', () => {
  const { subject, message } = sent(digest);
  expect(subject).toBe(
    '[eks-warden] DIGEST: 5 fail (+2), 2 unknown, 1 waived; 12 new, 1 resolved, 1 missed by events, n...',
  );
  expect(message.email.split('\nNotice ')[0]).toMatchInlineSnapshot(`
    "DIGEST: 5 fail (+2), 2 unknown, 1 waived; 12 new, 1 resolved, 1 missed by events, not read completely

    Looked at:      40 resources in 2 scopes
    Posture:        100 pass (-3), 5 fail (+2), 2 unknown, 1 waived
    Since:          2026-11-20 03:00:00 UTC
    Report:         https://console.example/s3/object/lists?prefix=reports%2Fnight.html

    * Missed by events: 1
      The sweep opened them although an event should have told.
      HIGH:           EKS cluster payments (111122223333, eu-west-1): All five control-plane log types are on. Audit logs are off. Changed by: ana@example.com, as Admin.

    * New: 12
      Told at once: 4; told here first: 8.
      11 of them are not listed here.
      HIGH:           EKS cluster payments (111122223333, eu-west-1): All five control-plane log types are on. Audit logs are off.

    * Unknown: 2
      They could not be judged, which is no pass.
      1 of them are not listed here.
      Missing:        eks:DescribeCluster: 2 verdicts unknown without it
      HIGH:           EKS cluster payments (111122223333, eu-west-1): All five control-plane log types are on. Audit logs are off.

    * Fixes that were held or failed: 1
      See npx eks-warden fixes.
      HIGH:           EKS cluster payments (111122223333, eu-west-1): All five control-plane log types are on. held: Another update is running.

    * Waivers that end within 14 days: 1
      2026-11-30:     eks-control-plane-logging on 111122223333#eu-west-1#cluster#payments, approved by bo

    * Waivers that have covered nothing for 30 days: 5
      4 of them are not listed here.
      2027-01-01:     eks-control-plane-logging on 111122223333#eu-west-1#cluster#payments, approved by bo

    * Muted: 1
      cluster:        payments until 2026-11-21 03:00:00 UTC, by ana: upgrade. 2 changes not told

    * Not read completely
      111122223333 eu-west-1: node group: AccessDenied on eks:ListNodegroups.

    * Watched but not enabled
      111122223333 ap-east-1

    * Resolved: 1
      LOW:            EKS cluster payments (111122223333, eu-west-1): All five control-plane log types are on. Audit logs are off.

    * Clusters that are not in order: 1
      Cluster:        payments (111122223333, eu-west-1): 4 fail (-1), 1 unknown, 0 waived

    * Controls that are not met: 4
      3 of them are not listed here.
      Control:        eks-control-plane-logging: 5 fail (+2), 2 unknown, 1 waived, 8 pass

    All of it: the report above, or npx eks-warden report. One finding: npx eks-warden explain FINDING. Earlier sweeps: npx eks-warden sweep history.
    "
  `);
});

it('Slack gets all of its sections, with every list on lines of their own', () => {
  const { notice } = sent(digest);
  const { blocks } = slackMessage([notice]);
  const texts = blocks.flatMap((block) => (block.type === 'section' ? [block.text.text] : []));
  expect(texts.slice(1, 5)).toEqual([
    'Missed by events: 1 — The sweep opened them although an event should have told.',
    '*HIGH:* `EKS cluster payments (111122223333, eu-west-1): All five control-plane log types are on. Audit logs are off. Changed by: ana@example.com, as Admin.`',
    'New: 12 — Told at once: 4; told here first: 8. — 11 of them are not listed here.',
    '*HIGH:* `EKS cluster payments (111122223333, eu-west-1): All five control-plane log types are on. Audit logs are off.`',
  ]);
  expect(blocks.length).toBeLessThan(50);
});

it('a queue of its own gets it as JSON that our own reader takes', () => {
  const { message, attributes } = sent(digest);
  expect(noticeFrom(message.sqs).digest).toEqual(digest);
  expect(attributes).toMatchObject({ severity: 'high', state: 'open', people: 'both', slack: 'yes', fix: 'no' });
});

it('N-06: however much it has to tell, SNS takes it', () => {
  const name = 'x'.repeat(1000);
  const long = { ...one, name, key: name, text: '\u200b'.repeat(2000), title: name };
  const many = some(5000, ...Array.from({ length: 10 }, () => long));
  const large: Digest = {
    ...digest,
    ...{ missed: many, resolved: many, held: many },
    opened: { ...many, heldBack: 1 },
    unknown: { ...many, missing: [] },
    controls: Array.from({ length: 30 }, () => ({ ...digest.controls[0], title: name }) as Digest['controls'][0]),
  };
  const { subject, message, attributes } = sent(large);
  expect(Buffer.byteLength(JSON.stringify({ subject, message, attributes }))).toBeLessThan(256 * 1024);
  expect(noticeFrom(message.sqs).digest?.missed.count).toBe(5000);
});

it('IN-01: IN-05: whatever text stands in it stays text in every channel', () => {
  const harmless = sent(digest);
  for (const text of HOSTILE) {
    const hostile = { ...one, name: text, text, by: text };
    const muted = [{ what: 'cluster', name: text, by: text, until: ended, reason: text, heldBack: 1 }];
    const clusters = digest.clusters.map((cluster) => ({ ...cluster, name: text }));
    const { notice, message } = sent({ ...digest, missed: some(1, hostile), muted, clusters, incomplete: [text] });
    expect(message.email.split('\n').length).toBe(harmless.message.email.split('\n').length);
    const { blocks } = slackMessage([notice]);
    expect(blocks.map(({ type }) => type)).toEqual(slackMessage([harmless.notice]).blocks.map(({ type }) => type));
    expect(JSON.stringify(blocks)).not.toMatch(/<[!@#]/);
  }
});

it('where nothing is wrong it says just how all stands', () => {
  const { notice, message } = sent(NOTHING);
  expect([notice.state, notice.severity]).toEqual(['closed', 'info']);
  expect(message.email).toContain('DIGEST: 0 fail (-3), 0 unknown (-2), 0 waived; 0 new, 0 resolved\n');
  expect(message.email).not.toContain('*');
});

it('without a route for digests everybody gets one that needs telling, and nobody another', () => {
  const now = [{ name: 'all', when: 'now', to: ['email'] }];
  expect([noticeOf(digest, now)?.to, noticeOf(NOTHING, now)]).toEqual([
    { email: true, chat: false, slack: [] },
    undefined,
  ]);
});

it('its id is that of its sweep, whatever it tells', () => {
  expect(noticeOf(digest)?.id).toBe(noticeOf({ ...NOTHING, run: 'night' })?.id);
  expect(noticeOf(digest)?.id).not.toBe(noticeOf({ ...digest, run: 'another' })?.id);
});
