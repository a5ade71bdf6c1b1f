import { expect, it } from 'vitest';
import { MOST_CHARACTERS } from '../../shared/derive/policies.ts';
import { type Files, FULL, included, type Resource, SHIPPED } from '../support/hub-template.ts';
import {
  listOf,
  ofType,
  type PolicyStatement,
  resourcePolicies,
  rolePolicies,
  textsOf,
} from '../support/template-queries.ts';

const shipped = included(SHIPPED);
const full = included(FULL);
const both = [shipped, full];

/** AWS knows no resources for these; `iam:GetAccountAuthorizationDetails` and its like are questions about a whole account. */
const UNSCOPED =
  /^(?:cloudtrail:(?:DescribeTrails|LookupEvents)|ec2:Describe\w+|eks:(?:DescribeClusterVersions|ListClusters)|iam:(?:GetAccountAuthorizationDetails|ListOpenIDConnectProviders)|inspector2:ListFindings)$/;

const allowed = (resources: Readonly<Record<string, Resource>>, role?: string): PolicyStatement[] =>
  [...rolePolicies(resources)]
    .filter(([id]) => role === undefined || id === role)
    .flatMap(([, statements]) => statements.filter(({ Effect }) => Effect === 'Allow'));

const actionsOf = (statements: readonly PolicyStatement[]) =>
  [...new Set(statements.flatMap(({ Action }) => listOf(Action)))].sort();

it('S-02: no role is allowed a wildcard of actions, nor all resources where there are any to name', () => {
  const wide = both.flatMap((resources) => actionsOf(allowed(resources)).filter((action) => action.includes('*')));
  const everywhere = both.flatMap((resources) =>
    actionsOf(allowed(resources).filter(({ Resource }) => listOf(Resource).includes('*'))),
  );
  expect([wide, everywhere.filter((action) => !UNSCOPED.test(action))]).toEqual([[], []]);
});

it('S-02: nobody may hand on a role, and each function has one of its own', () => {
  expect(
    both.flatMap((resources) => actionsOf(allowed(resources)).filter((action) => /PassRole/.test(action))),
  ).toEqual([]);
  expect(
    ofType(shipped, 'AWS::IAM::Role')
      .map(([id]) => id)
      .sort(),
  ).toEqual([
    'AnnounceFindingRole',
    'CloseSweepRole',
    'EvaluateResourceRole',
    'ListScopesRole',
    'LocateChangeRole',
    'SweepMachineRole',
    'SweepScheduleRole',
    'SweepScopeRole',
  ]);
});

it('S-03: what judges can change nothing that it judges', () => {
  const audited = /^(?:cloudtrail|ec2|ecr|eks|iam|inspector2|kms|logs):/;
  // Its own log, its own key, and its place in a VPC.
  const own =
    /^(?:logs:(?:CreateLogStream|PutLogEvents)|kms:(?:Decrypt|GenerateDataKey)|ec2:\w+(?:NetworkInterface|PrivateIpAddresses))$/;
  const writing = ['EvaluateResourceRole', 'SweepScopeRole'].flatMap((role) =>
    actionsOf(allowed(full, role)).filter(
      (action) => audited.test(action) && !own.test(action) && !/:(?:Describe|Get|List|Lookup)/.test(action),
    ),
  );
  expect(writing).toEqual([]);
});

it('S-04: where nothing may be fixed there is nothing that fixes', () => {
  const fixing = /^(?:Fixes|KillSwitch|Remediate)/;
  const ids = (resources: object) =>
    Object.keys(resources)
      .filter((id) => fixing.test(id))
      .sort();
  expect(ids(shipped)).toEqual([]);
  expect(ids(full)).toEqual([
    'FixesDeadLetters',
    'FixesDeadLettersAlarm',
    'FixesDeadLettersPolicy',
    'FixesQueue',
    'FixesQueueAgeAlarm',
    'FixesQueuePolicy',
    'FixesSubscription',
    'KillSwitch',
    'RemediateFindingErrorsAlarm',
    'RemediateFindingRole',
    'RemediateFindingThrottlesAlarm',
  ]);
});

it('S-05: what fixes is denied to change what holds it back', () => {
  const denials = (rolePolicies(full).get('RemediateFindingRole') ?? []).filter(({ Effect }) => Effect === 'Deny');
  const here = 'aws:eu-west-1:111122223333';
  const held: [action: string, resource: string][] = [
    ['iam:PutRolePolicy', 'arn:aws:iam::111122223333:role/security/warden-RemediateFindingRole-1A2B'],
    ['iam:AttachRolePolicy', 'arn:aws:iam::444455556666:role/security/eks-warden-fix'],
    ['lambda:UpdateFunctionCode', 'arn:aws:lambda:eu-west-1:111122223333:function:warden-remediate-finding'],
    ['ssm:PutParameter', 'arn:aws:ssm:eu-west-1:111122223333:parameter/eks-warden/fixes'],
    ['dynamodb:DeleteTable', 'FindingsTable.Arn'],
    ['cloudtrail:StopLogging', `arn:${here}:trail/main`],
  ];
  const free = held.filter(([action, resource]) => !denials.some((denial) => covers(denial, action, resource)));
  expect([
    free,
    denials.some((denial) => covers(denial, 'eks:UpdateClusterConfig', 'arn:aws:eks:eu-west-1:1:cluster/a')),
  ]).toEqual([[], false]);
});

const FILLED: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-west-1',
  'AWS::AccountId': '111122223333',
  'AWS::StackName': 'warden',
};

function covers({ Action, Resource }: PolicyStatement, action: string, resource: string): boolean {
  const fits = (pattern: string, text: string) =>
    new RegExp(
      `^${pattern
        .split('*')
        .map((part) => part.replace(/\W/g, '\\$&'))
        .join('.*')}$`,
    ).test(text);
  const resources = textsOf(Resource).map((text) =>
    text.replace(/\$\{([^}]+)\}/g, (_, name: string) => FILLED[name] ?? name),
  );
  return listOf(Action).some((each) => fits(each, action)) && resources.some((each) => fits(each, resource));
}

it('every role stands on the path of deploy.yml, within its boundary, and within what IAM takes', () => {
  const roles = ofType(full, 'AWS::IAM::Role');
  const unbound = roles.filter(
    ([, { Path, PermissionsBoundary }]) =>
      Path !== '/security/' || PermissionsBoundary !== 'arn:aws:iam::111122223333:policy/boundary',
  );
  const characters = [...rolePolicies(full)].map(([id, statements]) => {
    const text = JSON.stringify(statements).replace(/\{"Fn::Sub":("[^"]*")\}/g, '$1');
    return { id, length: text.replace(/\$\{[^}]+\}/g, 'x'.repeat(100)).length };
  });
  expect([unbound, characters.filter(({ length }) => length > MOST_CHARACTERS)]).toEqual([[], []]);
});

it('only the account itself decides about the key', () => {
  const keys = resourcePolicies(shipped).filter(([id]) => id === 'NoticesKey');
  expect(keys.map(([, { Action, Principal }]) => [Action, Principal])).toEqual([
    [['kms:*'], { AWS: { 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root` } }],
    [['kms:Decrypt', 'kms:GenerateDataKey'], { Service: 'cloudwatch.amazonaws.com' }],
  ]);
});

it('G-02: a control that leaves the baseline takes its triggers and rights with it', () => {
  const without: Files = {
    ...SHIPPED,
    baseline: SHIPPED.baseline.replace(/^ {2}image-vulnerabilities: notify\n/m, ''),
  };
  const less = included(without);
  const triggers = (resources: Readonly<Record<string, Resource>>) =>
    ofType(resources, 'AWS::Events::Rule').flatMap(([, { EventPattern }]) => textsOf(EventPattern));
  const rights = (resources: Readonly<Record<string, Resource>>) => actionsOf(allowed(resources));
  const gone = (before: readonly string[], after: readonly string[]) =>
    [...new Set(before)].filter((each) => !after.includes(each)).sort();
  expect({
    triggers: gone(triggers(shipped), triggers(less)),
    rights: gone(rights(shipped), rights(less)),
    more: gone(triggers(less), triggers(shipped)),
  }).toEqual({
    triggers: [
      'BatchDeleteImage',
      'ECR Image Action',
      'ECR Image Scan',
      'Inspector2 Finding',
      'Inspector2 Scan',
      'aws.ecr',
      'aws.inspector2',
    ],
    rights: ['ecr:DescribeImageScanFindings', 'ecr:DescribeImages', 'inspector2:ListFindings'],
    more: [],
  });
});

it.each(['us-gov-west-1', 'cn-north-1'])('names no other partition in %s', (region) => {
  const there = included({ ...SHIPPED, deploy: SHIPPED.deploy.replace('region: eu-west-1', `region: ${region}`) });
  expect(textsOf(there).filter((text) => /arn:aws[a-z-]*:|amazonaws\.com\.cn/.test(text))).toEqual([]);
});
