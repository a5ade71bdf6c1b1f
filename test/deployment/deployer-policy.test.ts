import { expect, it } from 'vitest';
import { questionsOf } from '../../shared/deployment/checks/rights.ts';
import { readDeployment } from '../../shared/deployment/deploy-file.ts';
import { type Deploying, deployerPolicy } from '../../shared/deployment/deployer-policy.ts';
import { RIGHTS } from '../../shared/deployment/deployer-rights.ts';

const MINIMAL = 'region: eu-west-1\nemail: security@example.org\n';
const SLACK = 'slackSecret: arn:aws:secretsmanager:eu-west-1:111122223333:secret:slack-a1b2c3\n';
function deploying(deploy = MINIMAL, more: Partial<Deploying> = {}): Deploying {
  const deployment = readDeployment(deploy, 'deploy.yml');
  return {
    partition: 'aws',
    account: '111122223333',
    deployment,
    killSwitch: '/eks-warden/fixes',
    fixes: true,
    ...more,
  };
}

it('every type has its rights, each named once', () => {
  const doubled = Object.entries(RIGHTS).flatMap(([type, rights]) =>
    rights.flatMap(({ actions }) => (new Set(actions).size === actions.length ? [] : [type])),
  );
  expect({ doubled, without: Object.keys(RIGHTS).filter((type) => RIGHTS[type]?.length === 0) }).toEqual({
    doubled: [],
    without: [],
  });
});

/** What AWS cannot narrow further, with the reason. */
const UNSCOPED: Readonly<Record<string, string>> = {
  'cloudformation:ValidateTemplate': 'A template that is checked is not in any stack yet.',
  'cloudtrail:DescribeTrails': 'CloudTrail does not know resources for it.',
  'dynamodb:ListTables': 'A list is of the whole account.',
  'ec2:DescribeRegions': 'EC2 does not know resources for what only describes.',
  'kms:CreateKey': 'A key that is made has no id yet.',
  'lambda:CreateEventSourceMapping': 'Narrowed by a condition: the function.',
  'lambda:DeleteEventSourceMapping': 'Narrowed by a condition: the function.',
  'lambda:GetAccountSettings': 'It is of the whole account.',
  'lambda:GetEventSourceMapping': 'Narrowed by a condition: the function.',
  'lambda:UpdateEventSourceMapping': 'Narrowed by a condition: the function.',
  'ssm:DescribeParameters': 'A list is of the whole account.',
};

it('S-02: no action is a pattern, and only those that cannot be narrowed are allowed on everything', () => {
  const { Statement } = deployerPolicy(deploying(MINIMAL + SLACK));
  const actions = Statement.flatMap(({ Action }) => Action);
  const unscoped = Statement.filter(({ Resource }) => Resource.includes('*')).flatMap(({ Action }) => Action);
  expect({ patterns: actions.filter((action) => action.includes('*')), unscoped: unscoped.sort() }).toEqual({
    patterns: [],
    unscoped: Object.keys(UNSCOPED),
  });
});

it('S-02: roles are passed only to what takes them, and only ours', () => {
  const [passing] = deployerPolicy(deploying()).Statement.filter(({ Action }) => Action.includes('iam:PassRole'));
  expect(passing).toEqual({
    Sid: 'PassRoles',
    Effect: 'Allow',
    Action: ['iam:PassRole'],
    Resource: [
      'arn:aws:iam::111122223333:role/eks-warden-*',
      'arn:aws:iam::111122223333:role/eks-warden-collector/eks-warden-*',
    ],
    Condition: {
      StringEquals: {
        'iam:PassedToService': [
          'lambda.amazonaws.com',
          'states.amazonaws.com',
          'scheduler.amazonaws.com',
          'events.amazonaws.com',
        ],
      },
    },
  });
});

it('name, path, partition and region are those of the deployment', () => {
  const deploy = 'name: warden-two\nregion: cn-north-1\nemail: a@example.org\nrolePath: /security/\n';
  const { Statement } = deployerPolicy(deploying(deploy, { partition: 'aws-cn' }));
  const resources = Statement.flatMap(({ Resource }) => Resource).filter((resource) => resource !== '*');
  expect({
    elsewhere: resources.filter((resource) => !resource.startsWith('arn:aws-cn:')),
    roles: resources.filter((resource) => resource.includes(':role/security/')).length > 0,
    others: resources.filter((resource) => resource.includes('eks-warden-') && !resource.includes('collector')),
    queue: Statement.find(({ Sid }) => Sid === 'Sqs')?.Resource,
  }).toEqual({ elsewhere: [], roles: true, others: [], queue: ['arn:aws-cn:sqs:*:111122223333:warden-two-*'] });
});

it('each statement has its own name, and the whole fits inline into a role', () => {
  const policy = deployerPolicy(deploying(MINIMAL + SLACK));
  const sids = policy.Statement.map(({ Sid }) => Sid);
  expect({
    doubled: sids.filter((sid, at) => sids.indexOf(sid) < at),
    fits: JSON.stringify(policy).length <= 10_240,
  }).toEqual({
    doubled: [],
    fits: true,
  });
});

it('a statement is asked about by names instead of stars, once for each value of its condition', () => {
  expect(
    questionsOf({
      Sid: 'PassRoles',
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: ['arn:aws:iam::111122223333:role/eks-warden-*'],
      Condition: { StringEquals: { 'iam:PassedToService': ['lambda.amazonaws.com', 'states.amazonaws.com'] } },
    }),
  ).toEqual(
    ['lambda.amazonaws.com', 'states.amazonaws.com'].map((service) => ({
      actions: ['iam:PassRole'],
      resources: ['arn:aws:iam::111122223333:role/eks-warden-x'],
      context: { 'iam:PassedToService': service },
    })),
  );
});
