import { expect, it } from 'vitest';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import type { AnyControl } from '../../shared/controls/define-control.ts';
import { noticeOf } from '../../shared/notices/compose.ts';
import { noticeFrom } from '../../shared/notices/notice.ts';
import {
  aCause,
  aFinding,
  aNotice,
  aRule,
  aTransition,
  EVERYBODY,
  LOGGING,
  NOON,
  PAYMENTS,
} from '../support/notices.ts';

const other = { ...logging, id: 'eks-endpoint-public-cidrs', title: 'Another' } as AnyControl;

it('says everything about one finding', () => {
  expect(aNotice()).toEqual({
    schema: 1,
    id: expect.stringMatching(/^[0-9a-f]{32}$/),
    resource: PAYMENTS,
    key: '111122223333#eu-west-1#cluster#payments',
    called: 'EKS cluster',
    version: 7,
    generation: '2026-01-01T00:00:00.000Z',
    clusters: ['payments'],
    severity: 'high',
    state: 'open',
    mode: 'notify',
    time: NOON,
    cause: {
      eventId: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
      event: 'eks:UpdateClusterConfig',
      time: NOON - 20_000,
      actor: {
        principal: 'arn:aws:sts::111122223333:assumed-role/Admin/ana@example.com',
        role: 'arn:aws:iam::111122223333:role/Admin',
        person: 'ana@example.com',
        confidence: 'certain',
        channel: 'console',
        address: '203.0.113.7',
        mfa: true,
      },
    },
    news: [
      {
        control: LOGGING,
        title: logging.title,
        why: logging.why,
        howToFix: logging.howToFix,
        page: 'docs/controls/eks-control-plane-logging.md',
        mode: 'notify',
        severity: 'high',
        from: 'closed',
        to: 'open',
        since: NOON,
        firstSeen: NOON,
        said: [{ reason: 'auditMissing', severity: 'high', text: 'Audit or authenticator logs are off: audit.' }],
        shows: 'on: api',
        before: 'on: api, audit',
        fixWanted: false,
        remedy: { calls: ['eks:UpdateClusterConfig'], risk: logging.remediation?.risk },
      },
    ],
    to: { email: true, chat: true, slack: [''] },
  });
});

it('makes one notice of all that changed in one look, the worst first', () => {
  const routes = [{ ...EVERYBODY, to: ['slack'] as const, slackChannel: '#security' }];
  const notice = noticeOf([
    { transition: aTransition({ from: 'open', to: 'closed' }), rule: aRule(), now: [EVERYBODY] },
    {
      transition: aTransition({ control: other.id, finding: aFinding({ severity: 'critical' }) }),
      rule: aRule({ control: other, mode: 'remediate' }),
      now: routes,
    },
  ]);
  const { state, severity, mode, news, to } = notice;
  expect({ state, severity, mode, order: news.map(({ control, fixWanted }) => [control, fixWanted]), to }).toEqual({
    state: 'open',
    severity: 'critical',
    mode: 'remediate',
    order: [
      [other.id, true],
      [LOGGING, false],
    ],
    to: { email: true, chat: true, slack: ['', '#security'] },
  });
});

it('has the same id whenever the same change is announced, whatever the baseline says by then', () => {
  const id = aNotice().id;
  expect([
    aNotice({}, { mode: 'remediate' }, []).id,
    aNotice({ tags: {} }).id,
    aNotice({ finding: aFinding({ shows: 'x' }) }).id,
  ]).toEqual([id, id, id]);
  expect(
    new Set([
      id,
      aNotice({ version: 8 }).id,
      aNotice({ from: 'waived' }).id,
      aNotice({ resource: { ...PAYMENTS, id: 'other' } }).id,
    ]).size,
  ).toBe(4);
});

it('takes the newest of several causes', () => {
  const late = { ...aCause(), eventId: 'late', time: NOON };
  const one = { transition: aTransition(), rule: aRule(), now: [] };
  const two = {
    transition: aTransition({ control: other.id, finding: aFinding({ cause: late }) }),
    rule: aRule({ control: other }),
    now: [],
  };
  expect(noticeOf([one, two]).cause?.eventId).toBe('late');
});

it.each([
  ['a newly opened finding in mode remediate', {}, 'remediate', true],
  ['a newly opened finding in mode approve', {}, 'approve', true],
  ['a newly opened finding in mode notify', {}, 'notify', false],
  ['a finding whose fix failed', { from: 'fixing' }, 'remediate', false],
  ['a finding that closed', { from: 'open', to: 'closed' }, 'remediate', false],
] as const)('wants a fix, or not: %s', (_, transition, mode, wanted) => {
  expect(aNotice(transition, { mode }).news[0]?.fixWanted).toBe(wanted);
});

it('wants no fix where the control has none', () => {
  const { remediation: _, ...control } = logging;
  expect(aNotice({}, { mode: 'remediate', control: control as AnyControl }).news[0]?.fixWanted).toBe(false);
});

it('is read back from a queue, plain or in the envelope of SNS', () => {
  const notice = aNotice();
  const plain = JSON.stringify(notice);
  expect([noticeFrom(plain), noticeFrom(JSON.stringify({ Type: 'Notification', Message: plain }))]).toEqual([
    notice,
    notice,
  ]);
});

it.each([
  '',
  'null',
  '{}',
  '[]',
  '"x"',
  '{"Message":"no JSON"}',
  JSON.stringify({ ...aNotice(), schema: 2 }),
  JSON.stringify({ ...aNotice(), news: [] }),
])('refuses a message that is no notice: %.40s', (body) => {
  expect(() => noticeFrom(body)).toThrow(/^The message/);
});
