import { expect, it } from 'vitest';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import { type Inventoried, inventoryNotice } from '../../shared/notices/inventory.ts';
import { noticeFrom } from '../../shared/notices/notice.ts';
import { slackMessage } from '../../shared/notices/slack.ts';
import { published } from '../../shared/notices/sns.ts';
import { PoisonMessage } from '../../shared/runtime/errors.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { HOSTILE } from '../support/hostile.ts';

const HOME = { account: '111122223333', region: 'eu-west-1' };
const baseline = aBaseline([logging]);
const found: Inventoried = {
  run: 'night',
  key: 'sweeps#111122223333',
  home: HOME,
  ended: Date.UTC(2026, 10, 21, 3),
  scopes: [HOME],
  resources: 3,
  severities: { high: 1, low: 2 },
  worst: [
    {
      resource: { kind: 'cluster', id: 'payments', ...HOME },
      control: logging.id,
      severity: 'high',
      text: 'Audit logs are off.',
    },
  ],
  missing: { 'eks:DescribeCluster': 2 },
  incomplete: ['111122223333 eu-west-1: node group: AccessDenied on eks:ListNodegroups.'],
};

it('says what is wrong, what was not read and which permission is missing', () => {
  const { subject, message, attributes } = published(inventoryNotice(found, baseline));
  expect(subject).toBe('[eks-warden] FIRST SWEEP: 3 findings in 1 scope: 1 high, 2 low');
  for (const line of [
    '* HIGH: EKS cluster payments: All five control-plane log types are on',
    '  Audit logs are off.',
    'Missing:        eks:DescribeCluster: 2 verdicts unknown without it',
    '  111122223333 eu-west-1: node group: AccessDenied on eks:ListNodegroups.',
  ]) {
    expect(message.email.split('\n')).toContain(line);
  }
  expect(message.email).toContain('2 more findings not listed here.');
  expect(attributes).toMatchObject({ severity: 'high', state: 'open', fix: 'no', slack: 'yes', people: 'email' });
});

it('where nothing is wrong it says so', () => {
  const { subject } = published(inventoryNotice({ ...found, severities: {}, worst: [] }, baseline));
  expect(subject).toBe('[eks-warden] FIRST SWEEP: nothing is wrong in 1 scope');
});

it('has the same id whenever the same sweep is told again', () => {
  const ids = [found, { ...found, ended: found.ended + 1 }, { ...found, run: 'other' }].map(
    (each) => inventoryNotice(each, baseline).id,
  );
  expect([ids[0] === ids[1], ids[0] === ids[2]]).toEqual([true, false]);
});

it('IN-04: whatever stands in names and texts, each channel shows it as text', () => {
  for (const text of HOSTILE) {
    const [worst] = found.worst;
    const resource = { kind: 'cluster' as const, id: text || 'x', ...HOME };
    const hostile = { ...found, incomplete: [text], worst: worst ? [{ ...worst, resource, text }] : [] };
    const notice = inventoryNotice(hostile, baseline);
    const { message } = published(notice);
    const ours = message.email
      .split('\n')
      .filter((line) => line !== '' && !/^(?: {2}|[*A-Z]|\d+ more findings? not)/.test(line));
    expect(ours).toEqual([]);
    expect(JSON.stringify(slackMessage([notice]))).not.toMatch(/<[!@#]|<https?:/);
    expect(noticeFrom(message.sqs)).toEqual(notice);
  }
});

it('a notice of nothing is none of ours', () => {
  const { inventory: _, ...empty } = inventoryNotice(found, baseline);
  expect(() => noticeFrom(JSON.stringify(empty))).toThrow(PoisonMessage);
});
