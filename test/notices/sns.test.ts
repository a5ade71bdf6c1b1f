import { expect, it } from 'vitest';
import { z } from 'zod';
import { chatNotification } from '../../shared/notices/chat.ts';
import { shortened } from '../../shared/notices/news.ts';
import { noticeFrom } from '../../shared/notices/notice.ts';
import { published } from '../../shared/notices/sns.ts';
import { HOSTILE } from '../support/hostile.ts';
import { aFinding, aHostileNotice, aNotice, EVERYBODY, LOGGING } from '../support/notices.ts';

/** The documented form of a custom notification: unknown fields are mistakes. */
const custom = z.strictObject({
  version: z.literal('1.0'),
  source: z.literal('custom'),
  id: z.string().min(1).optional(),
  content: z.strictObject({
    textType: z.literal('client-markdown').optional(),
    title: z.string().min(1).max(250).optional(),
    description: z.string().min(1).max(8000),
    nextSteps: z.array(z.string().min(1)).optional(),
    keywords: z.array(z.string().min(1)).optional(),
  }),
  metadata: z.strictObject({
    threadId: z.string().optional(),
    summary: z.string().optional(),
    eventType: z.string().optional(),
    relatedResources: z.array(z.string()).optional(),
    additionalContext: z.record(z.string(), z.string()).optional(),
  }),
});
const ATTRIBUTE_NAMES = [
  'account',
  'cluster',
  'control',
  'fix',
  'mode',
  'people',
  'region',
  'severity',
  'slack',
  'state',
];
const bytes = (value: object) => Buffer.byteLength(JSON.stringify(value));

it('publishes a text for each protocol, and attributes to filter by', () => {
  const notice = aNotice();
  const { subject, message, attributes } = published(notice);
  expect(subject).toBe('[eks-warden] HIGH: EKS cluster payments: Audit or authenticator logs are off: audit.');
  expect(Object.keys(message)).toEqual(['default', 'email', 'https', 'sqs', 'lambda']);
  expect([JSON.parse(message.sqs), JSON.parse(message.lambda), JSON.parse(message.https)]).toEqual([
    notice,
    notice,
    chatNotification(notice),
  ]);
  expect(attributes).toEqual({
    severity: 'high',
    state: 'open',
    account: '111122223333',
    region: 'eu-west-1',
    cluster: 'payments',
    control: LOGGING,
    mode: 'notify',
    people: 'both',
    slack: 'yes',
    fix: 'no',
  });
});

it.each([
  ['Slack alone', [{ ...EVERYBODY, to: ['slack'] as const }], { people: 'none', slack: 'yes', fix: 'wanted' }],
  ['e-mail alone', [{ ...EVERYBODY, to: ['email'] as const }], { people: 'email', slack: 'no', fix: 'wanted' }],
  ['chat alone', [{ ...EVERYBODY, to: ['chat'] as const }], { people: 'chat', slack: 'no', fix: 'wanted' }],
  ['the remediator alone', [], { people: 'none', slack: 'no', fix: 'wanted' }],
])('is addressed to %s', (_, routes, to) => {
  expect(published(aNotice({}, { mode: 'remediate' }, routes)).attributes).toMatchObject(to);
});

it('says «several» and «none» where one value would mislead or is missing', () => {
  expect(published(aNotice({ clusters: ['a', 'b'] })).attributes.cluster).toBe('several');
  expect(published(aNotice({ clusters: [] })).attributes.cluster).toBe('none');
});

it('N-06: the chat notification has the documented form, for every hostile text', () => {
  const notifications = [aNotice(), ...HOSTILE.map((text) => aHostileNotice(text))].map(chatNotification);
  expect(notifications.map((one) => custom.safeParse(one).error).filter((error) => error !== undefined)).toEqual([]);
});

it('N-06: a message is at most 256 KiB with its attributes, ten at most, none of them empty', () => {
  const all = HOSTILE.map((text) => published(aHostileNotice(text)));
  expect(all.map((one) => bytes(one)).filter((size) => size > 256 * 1024)).toEqual([]);
  expect(
    all.filter(
      ({ attributes }) =>
        Object.keys(attributes).sort().join() !== ATTRIBUTE_NAMES.join() || Object.values(attributes).includes(''),
    ),
  ).toEqual([]);
});

it('N-06: shortens until the message fits, and still is a notice that says how much is left out', () => {
  const one = aHostileNotice('\u0000'.repeat(3000), { to: 'open' });
  const [news] = one.news;
  const huge = {
    ...one,
    news: Array.from({ length: 60 }, () => news ?? one.news.flat()[0]).filter((each) => each !== undefined),
  };
  const { message } = published(huge);
  const read = noticeFrom(message.sqs);
  expect(bytes(message)).toBeLessThan(256 * 1024);
  expect([read.id, read.key, read.news.length + (read.unlisted ?? 0)]).toEqual([huge.id, huge.key, 60]);
});

it('cuts texts of a notice that is too long, and never what a machine reads', () => {
  const notice = aNotice({ finding: aFinding({ shows: 'x'.repeat(500) }) });
  const [news] = shortened(notice, 20, 5).news;
  expect([news?.control, news?.page, news?.shows]).toEqual([
    LOGGING,
    'docs/controls/eks-control-plane-logging.md',
    `${'x'.repeat(19)}…`,
  ]);
});

it('IN-01: no mention, link or formatting from data reaches the chat', () => {
  const contents = HOSTILE.map((text) => chatNotification(aHostileNotice(text)).content);
  const lines = contents.flatMap(({ title, description, nextSteps }) => [
    title,
    ...description.split('\n'),
    ...nextSteps,
  ]);
  const outside = (line: string) => line.replace(/^\*(.*)\*$/, '$1').replace(/`[^`<>]*`/g, '');
  expect(lines.filter((line) => /[<>`*_~[\]@#|]|:\/\//.test(outside(line)))).toEqual([]);
});
