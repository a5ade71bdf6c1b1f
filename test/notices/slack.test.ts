import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Notice } from '../../shared/notices/notice.ts';
import { type Block, slackMessage } from '../../shared/notices/slack.ts';
import { HOSTILE } from '../support/hostile.ts';
import { aFinding, aHostileNotice, aNotice, PAYMENTS } from '../support/notices.ts';

const textsOf = (block: Block) =>
  block.type === 'divider' ? [] : block.type === 'context' ? block.elements : [block.text];
const mrkdwnOf = (blocks: readonly Block[]) =>
  blocks
    .flatMap(textsOf)
    .filter(({ type }) => type === 'mrkdwn')
    .map(({ text }) => text);
const MOST = { header: 150, section: 3000, context: 2000, divider: 0 };

/** What Slack would refuse or take for its own about a message. */
function faults({ text, blocks }: ReturnType<typeof slackMessage>): string[] {
  const all = [text, ...blocks.flatMap(textsOf).map((one) => one.text)];
  const outside = mrkdwnOf(blocks).map((one) =>
    one.replace(/```[^`]*```|`[^`\n]+`/g, '').replace(/^\*[A-Za-z -]+:\*|(?<= {2})\*[A-Za-z -]+:\*/gm, ''),
  );
  return [
    ...blocks
      .filter((block) => textsOf(block).some((one) => one.text.length > MOST[block.type]))
      .map(({ type }) => `${type} too long`),
    ...(blocks.length > 50 ? ['too many blocks'] : []),
    ...(JSON.stringify(blocks).length > 13_000 ? ['too long in all'] : []),
    ...all.filter((one) => one === '').map(() => 'empty text'),
    ...all.filter((one) => /[<>]|&(?!(amp|lt|gt);)/.test(one)).map((one) => `unescaped: ${one.slice(0, 80)}`),
    ...all.filter((one) => !one.isWellFormed()).map(() => 'half a pair'),
    ...outside.filter((one) => /[*_~`@]|:\/\//.test(one)).map((one) => `active: ${one.slice(0, 80)}`),
  ];
}

it('shows one notice whole', () => {
  const { text, blocks, ...rest } = slackMessage([aNotice()]);
  expect(text).toBe('HIGH: EKS cluster payments: Audit or authenticator logs are off: audit.');
  expect(rest).toEqual({ mrkdwn: false, parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false });
  expect(blocks).toEqual([
    { type: 'header', text: { type: 'plain_text', text, emoji: false } },
    {
      type: 'section',
      text: {
        type: 'mrkdwn',
        verbatim: true,
        text: [
          '*Where:* `EKS cluster payments`',
          '*Account:* `111122223333, eu-west-1`',
          '*Changed by:* `ana@example.com, as arn:aws:iam::111122223333:role/Admin`',
          '*With:* `the AWS console (eks:UpdateClusterConfig)`',
          '*From:* `203.0.113.7, with MFA`',
          '*When:* `2026-11-21 11:59:40 UTC`',
          '*Event:* `7c9e6679-7425-40de-944b-e07fc1f90ae7`',
        ].join('\n'),
      },
    },
    { type: 'divider' },
    {
      type: 'section',
      text: {
        type: 'plain_text',
        text: 'All five control-plane log types are on — Audit or authenticator logs are off: audit.',
        emoji: false,
      },
    },
    {
      type: 'section',
      text: {
        type: 'mrkdwn',
        verbatim: true,
        text: [
          '*Severity:* `high`',
          '*State:* `open, was in order; since 2026-11-21 12:00:00 UTC`',
          '*Before:* `on: api, audit`',
          '*Now:* `on: api`',
          '*eks-warden:* `Nothing: the mode is notify. In mode approve or remediate it would call eks:UpdateClusterConfig.`',
          '*Why it matters:* `Without audit and authenticator logs nobody can tell who did what inside the cluster.`',
          '*How to fix:* `Turn on the missing log types; they go to the log group /aws/eks/&lt;cluster&gt;/cluster.`',
          '*Read more:* `docs/controls/eks-control-plane-logging.md`',
        ].join('\n'),
      },
    },
    { type: 'context', elements: [{ type: 'mrkdwn', text: 'Accept it instead, in baseline.yml:', verbatim: true }] },
    {
      type: 'section',
      text: {
        type: 'mrkdwn',
        verbatim: true,
        text: [
          '```',
          'waivers:',
          '  - control: eks-control-plane-logging',
          '    resource: "111122223333#eu-west-1#cluster#payments"',
          '    reason: why it is accepted',
          '    requestedBy: you',
          '    approvedBy: somebody else',
          '    until: 2027-02-19',
          '```',
        ].join('\n'),
      },
    },
  ]);
});

it('makes one post of many notices, with counts, the worst first', () => {
  const notices = [
    aNotice({ finding: aFinding({ severity: 'low' }), resource: { ...PAYMENTS, id: 'search' } }),
    aNotice({ finding: aFinding({ severity: 'critical' }) }),
    aNotice({ version: 8, from: 'open', to: 'closed' }),
  ] as const;
  const { text, blocks } = slackMessage(notices);
  expect(text).toBe('CRITICAL: 3 changes on 2 resources: 1 critical, 1 high, 1 low');
  expect(blocks.map((block) => textsOf(block)[0]?.text)).toEqual([
    text,
    'CRITICAL: EKS cluster payments: Audit or authenticator logs are off: audit.',
    '*Account:* `111122223333, eu-west-1`  *Changed by:* `ana@example.com, as arn:aws:iam::111122223333:role/Admin`  *When:* `2026-11-21 11:59:40 UTC`',
    'RESOLVED: EKS cluster payments: All five control-plane log types are on',
    '*Account:* `111122223333, eu-west-1`  *Changed by:* `ana@example.com, as arn:aws:iam::111122223333:role/Admin`  *When:* `2026-11-21 11:59:40 UTC`',
    'LOW: EKS cluster search: Audit or authenticator logs are off: audit.',
    '*Account:* `111122223333, eu-west-1`  *Changed by:* `ana@example.com, as arn:aws:iam::111122223333:role/Admin`  *When:* `2026-11-21 11:59:40 UTC`',
  ]);
});

it('N-04: a hundred notices are one message that Slack takes, and it counts them all', () => {
  const notices = Array.from({ length: 100 }, (_, index) =>
    aNotice({ resource: { ...PAYMENTS, id: `cluster-${index}` } }),
  );
  const message = slackMessage(notices as [Notice, ...Notice[]]);
  expect(message.text).toBe('HIGH: 100 changes on 100 resources: 100 high');
  expect(faults(message)).toEqual([]);
  expect(textsOf(message.blocks.at(-1) as Block)[0]?.text).toBe('And 80 more notices: 80 high.');
});

it('N-04: a notice of sixty short changes is cut to fifty blocks', () => {
  const notice = aNotice({ from: 'open', to: 'closed' });
  const news = Array.from({ length: 60 }, () => notice.news).flat();
  const message = slackMessage([{ ...notice, news }]);
  expect([faults(message), message.blocks.length]).toEqual([[], 50]);
});

it('N-04: a notice too long for Slack ends with a line that says so', () => {
  const message = slackMessage([aHostileNotice('x'.repeat(5000))]);
  expect(faults(message)).toEqual([]);
  expect(textsOf(message.blocks.at(-1) as Block)[0]?.text).toMatch(/^This message was too long for Slack/);
});

it.each(HOSTILE.map((text) => [JSON.stringify(text).slice(0, 40), text]))(
  'IN-01: N-04: nothing in %s is active or breaks a limit',
  (_, text) => {
    const notice = aHostileNotice(text);
    expect([faults(slackMessage([notice])), faults(slackMessage([notice, notice, notice]))]).toEqual([[], []]);
  },
);

it('IN-01: N-04: whatever text stands in every field, Slack takes the message as we meant it', () => {
  const parts = fc.array(
    fc.constantFrom('&', '<', '>', '`', '*', '_', '@', '://', '\ud83d', '\ude00', '\r\n', '\u202e', 'a b'),
    { maxLength: 1500 },
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    parts.map((all) => all.join('')),
  );
  fc.assert(
    fc.property(text, (one) => faults(slackMessage([aHostileNotice(one)])).length === 0),
    { numRuns: 200 },
  );
});
