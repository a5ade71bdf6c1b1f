import { expect, it } from 'vitest';
import { allIds, firstId, isId } from '../../shared/resources/ids.ts';
import { KIND_NAMES, type KindName } from '../../shared/resources/resource.ts';

const DIGEST = `sha256:${'0a'.repeat(32)}`;
const GOOD: Record<KindName, string[]> = {
  'account-region': ['eu-west-1', 'us-gov-west-1', 'ap-southeast-2', 'eusc-de-east-1'],
  cluster: ['payments', '0-pay_ments', 'a'.repeat(100)],
  image: [`payments@${DIGEST}`, `team/payments.api@${DIGEST}`],
  key: ['1234abcd-12ab-34cd-56ef-1234567890ab', `mrk-${'0a'.repeat(16)}`],
  'launch-template': ['lt-0a1b2c3d4e5f60718'],
  'log-group': ['/aws/eks/payments/cluster', 'a#b'],
  nodegroup: ['payments/workers'],
  'oidc-provider': ['oidc.eks.eu-west-1.amazonaws.com/id/0123ABCD', 'token.actions.githubusercontent.com'],
  policy: ['Payments', 'team/one/Payments'],
  'prefix-list': ['pl-63a5400a'],
  principal: ['arn:aws:iam::111122223333:user/someone'],
  repository: ['payments', 'team/payments.api'],
  role: ['payments-node', 'A.b,c=d@e+f'],
  'route-table': ['rtb-0a1b2c3d'],
  'security-group': ['sg-0a1b2c3d4e5f60718'],
  subnet: ['subnet-0a1b2c3d4e5f60718'],
  trail: ['main', 'a.b_c-d'],
  vpc: ['vpc-0a1b2c3d'],
};
const NEVER = [
  '',
  ' ',
  '\n',
  '{{7*7}}\n',
  '$(reboot)\u0000',
  '../../etc/passwd\n',
  'a'.repeat(3000),
  undefined,
  null,
  7,
  {},
];
const HOSTILE = [
  '*',
  'payments/../admin',
  'payments?x=1',
  'arn:aws:eks:eu-west-1:111122223333:cluster/x',
  'päyments',
  'a\u202eb',
];

it.each(KIND_NAMES)('takes AWS’s own names for a %s', (kind) => {
  expect(GOOD[kind].filter((id) => !isId(kind, id))).toEqual([]);
});

it.each(KIND_NAMES)('IN-08: what cannot be the name of a %s is no id', (kind) => {
  expect(NEVER.filter((id) => isId(kind, id))).toEqual([]);
  expect(firstId(kind, ...NEVER)).toBeUndefined();
});

it.each(['cluster', 'nodegroup', 'role', 'repository', 'image', 'trail', 'security-group', 'vpc', 'key'] as const)(
  'IN-08: no path, wildcard, query or ARN passes for a %s',
  (kind) => {
    expect(HOSTILE.filter((id) => isId(kind, id))).toEqual([]);
  },
);

it('IN-08: a line break at the end is part of no name', () => {
  const broken = KIND_NAMES.filter((kind) => GOOD[kind].some((id) => isId(kind, `${id}\n`)));
  expect(broken).toEqual([]);
});

it('takes the first candidate that is an id, or all of them once', () => {
  expect(firstId('cluster', undefined, '-no', 'payments', 'web')).toEqual(['payments']);
  expect(allIds('cluster', ['web', null, '-no', 'payments', 'web'])).toEqual(['web', 'payments']);
});
