import { expect, it } from 'vitest';
import type { Transition } from '../../shared/findings/finding.ts';
import { utc } from '../../shared/notices/time.ts';
import { who } from '../../shared/notices/who.ts';
import { headline, wordsOf } from '../../shared/notices/wording.ts';
import { aCause, aFinding, aNotice, NOON, PAYMENTS } from '../support/notices.ts';

const facts = (transition: Partial<Transition>, mode: 'notify' | 'approve' | 'remediate' = 'notify') => {
  const [news] = wordsOf(aNotice(transition, { mode })).news;
  return {
    sentences: news?.sentences,
    ...Object.fromEntries(news?.lines.map(({ label, text }) => [label, text]) ?? []),
  };
};

it('tells all that a person asks: what, where, how bad, who, with what, from where, when, before, now, what next', () => {
  expect(wordsOf(aNotice())).toEqual({
    headline: 'HIGH: EKS cluster payments: Audit or authenticator logs are off: audit.',
    where: [
      { label: 'Where', text: 'EKS cluster payments' },
      { label: 'Account', text: '111122223333, eu-west-1' },
    ],
    who: [
      { label: 'Changed by', text: 'ana@example.com, as arn:aws:iam::111122223333:role/Admin' },
      { label: 'With', text: 'the AWS console (eks:UpdateClusterConfig)' },
      { label: 'From', text: '203.0.113.7, with MFA' },
      { label: 'When', text: '2026-11-21 11:59:40 UTC' },
      { label: 'Event', text: '7c9e6679-7425-40de-944b-e07fc1f90ae7' },
    ],
    news: [
      {
        title: 'All five control-plane log types are on',
        sentences: ['Audit or authenticator logs are off: audit.'],
        lines: [
          { label: 'Severity', text: 'high' },
          { label: 'State', text: 'open, was in order; since 2026-11-21 12:00:00 UTC' },
          { label: 'Before', text: 'on: api, audit' },
          { label: 'Now', text: 'on: api' },
          {
            label: 'eks-warden',
            text: 'Nothing: the mode is notify. In mode approve or remediate it would call eks:UpdateClusterConfig.',
          },
          {
            label: 'Why it matters',
            text: 'Without audit and authenticator logs nobody can tell who did what inside the cluster.',
          },
          {
            label: 'How to fix',
            text: 'Turn on the missing log types; they go to the log group /aws/eks/<cluster>/cluster.',
          },
        ],
        waiver: [
          'waivers:',
          '  - control: eks-control-plane-logging',
          '    resource: "111122223333#eu-west-1#cluster#payments"',
          '    reason: why it is accepted',
          '    requestedBy: you',
          '    approvedBy: somebody else',
          '    until: 2027-02-19',
        ],
        page: 'docs/controls/eks-control-plane-logging.md',
      },
    ],
  });
});

it('names the clusters behind a resource that is none itself', () => {
  const resource = { ...PAYMENTS, kind: 'security-group', id: 'sg-0a1b2c3d' } as const;
  expect(wordsOf(aNotice({ resource, clusters: ['search', 'payments'] })).where.at(-1)).toEqual({
    label: 'Clusters',
    text: 'payments, search',
  });
});

it.each([
  [
    'remediate',
    'It will call eks:UpdateClusterConfig unless a guard holds it back. CloudWatch Logs bills for ingestion and storage of what the control plane writes.',
  ],
  [
    'approve',
    'It will call eks:UpdateClusterConfig once somebody approves. CloudWatch Logs bills for ingestion and storage of what the control plane writes.',
  ],
] as const)('says what it is about to do in mode %s', (mode, text) => {
  expect(facts({}, mode)).toMatchObject({ 'eks-warden': text });
});

it('says why a fix is held back', () => {
  const finding = aFinding({ fix: { id: 'f', status: 'held', why: 'Terraform owns this cluster.' } });
  expect(facts({ finding }, 'remediate')).toMatchObject({ 'eks-warden': 'Held back: Terraform owns this cluster.' });
});

it('tells of a fix that runs, that worked, and that did not', () => {
  const fix = {
    id: 'f',
    status: 'started',
    action: 'eks:UpdateClusterConfig',
    startedAt: NOON,
    deadline: NOON + 600_000,
  } as const;
  expect([
    facts({ from: 'open', to: 'fixing', finding: aFinding({ state: 'fixing', fix }) }),
    facts({
      from: 'fixing',
      to: 'closed',
      finding: aFinding({ state: 'closed', closedBecause: 'passes', fix: { ...fix, status: 'verified' } }),
    }),
    facts({
      from: 'fixing',
      to: 'open',
      finding: aFinding({ fix: { ...fix, status: 'failed', why: 'It still failed at the deadline of the fix.' } }),
    }),
  ]).toMatchObject([
    {
      'eks-warden':
        'It called eks:UpdateClusterConfig at 2026-11-21 12:00:00 UTC; another look has to prove it by 2026-11-21 12:10:00 UTC.',
    },
    {
      'eks-warden': 'It fixed this (eks:UpdateClusterConfig), and a later look proved it.',
      sentences: ['It passes now.'],
    },
    {
      'eks-warden':
        'Its fix did not work (eks:UpdateClusterConfig). It still failed at the deadline of the fix. It does not try again.',
    },
  ]);
});

it('names the permission that is missing where it could not look', () => {
  const unread = { why: 'AccessDenied.', missing: 'kms:DescribeKey' };
  expect(facts({ to: 'unsure', finding: aFinding({ state: 'unsure', said: [], unread }) }).sentences).toEqual([
    'It could not be read, so it is not known whether this holds. AccessDenied. The permission kms:DescribeKey is missing.',
  ]);
});

it('shows the waiver that covers a finding, and offers no further one', () => {
  const waiver = { reason: 'Test cluster', until: '2027-01-31', approvedBy: 'bo', ticket: 'SEC-7' };
  const notice = aNotice({ from: 'open', to: 'waived', finding: aFinding({ state: 'waived', waiver }) });
  expect(wordsOf(notice).news[0]).toMatchObject({
    lines: expect.arrayContaining([{ label: 'Waived', text: 'until 2027-01-31 by bo: Test cluster (SEC-7)' }]),
    waiver: [],
  });
});

it('leads with the state where nothing is wrong', () => {
  expect(headline(aNotice({ from: 'open', to: 'closed' }))).toBe(
    'RESOLVED: EKS cluster payments: All five control-plane log types are on',
  );
});

it('says how sure it is of the person, and what it does not know', () => {
  const { person: _, mfa: _mfa, address: _address, ...nobody } = aCause().actor;
  const words = [
    who({ ...aCause(), actor: { ...aCause().actor, confidence: 'likely', mfa: false, channel: 'terraform' } }),
    who({ ...aCause(), actor: nobody }),
    who(undefined),
  ];
  expect(words.map((lines) => lines.slice(0, 3).map(({ text }) => text))).toEqual([
    [
      'ana@example.com (likely), as arn:aws:iam::111122223333:role/Admin',
      'Terraform (eks:UpdateClusterConfig)',
      '203.0.113.7, without MFA',
    ],
    [
      'arn:aws:sts::111122223333:assumed-role/Admin/ana@example.com',
      'the AWS console (eks:UpdateClusterConfig)',
      'an unknown address, MFA unknown',
    ],
    ['not known: found by a look without an event'],
  ]);
});

it('survives a time that is none', () => {
  expect([utc(Number.NaN), utc(1e300)]).toEqual(['unknown time', 'unknown time']);
});
