import { arnOfThe, ref, sub } from '../../derive/cloudformation.ts';
import { functionPolicies, type Policy, sweepMachinePolicy, sweepSchedulePolicy } from '../../derive/policies.ts';
import { pascal } from '../../derive/site.ts';
import { withKeys } from './encryption.ts';
import { protectionStatements } from './protection.ts';
import type { StackSettings } from './settings.ts';
import { filledIn, type Resource, type Resources } from './template-parts.ts';

/** A role for each function that is deployed, with what its code calls and nothing else, and those of the sweep. */
export function roleResources(settings: StackSettings): Resources {
  const { deployment, site } = settings;
  const wanted = Object.entries(wantedPolicies(settings));
  return {
    ...Object.fromEntries(
      wanted.map(([name, policy]) => [`${pascal(name)}Role`, functionRole(name, policy, settings)]),
    ),
    SweepMachineRole: role(deployment, 'states.amazonaws.com', sub(stateMachines('stateMachine:*'))),
    // Beside its role: it names the state machine, which needs the role.
    SweepMachinePolicy: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'sweep',
        PolicyDocument: filledIn(withKeys(sweepMachinePolicy(site), deployment)),
        Roles: [ref('SweepMachineRole')],
      },
    },
    SweepScheduleRole: role(deployment, 'scheduler.amazonaws.com', undefined, [
      ['start-sweep', sweepSchedulePolicy(site)],
      ['set-aside', { Version: '2012-10-17', Statement: [SET_ASIDE] }],
    ]),
  };
}

/** The policies of what is deployed: nothing posts without a secret, and nothing fixes without a control that may. */
export function wantedPolicies({ deployment, baseline, site }: StackSettings): Record<string, Policy> {
  const { 'post-to-slack': slack, ...others } = functionPolicies(baseline, site);
  return { ...others, ...(deployment.slackSecret && slack ? { 'post-to-slack': slack } : {}) };
}

const SET_ASIDE = {
  Sid: 'SetAside',
  Effect: 'Allow',
  Action: ['sqs:SendMessage'],
  Resource: [`\${SweepDeadLetters.Arn}`],
} as const;

const stateMachines = (resource: string) =>
  `arn:\${AWS::Partition}:states:\${AWS::Region}:\${AWS::AccountId}:${resource}`;

function functionRole(name: string, policy: Policy, settings: StackSettings): Resource {
  const { deployment } = settings;
  const Statement = [
    ...withKeys(policy, deployment).Statement,
    ...(deployment.vpc ? NETWORK : []),
    ...(name === 'remediate-finding' ? protectionStatements(settings) : []),
  ];
  return role(deployment, 'lambda.amazonaws.com', undefined, [[name, { ...policy, Statement }]]);
}

/** What Lambda needs to stand in a VPC; it takes no narrower resources than these. */
const NETWORK = [
  {
    Sid: 'DescribeNetwork',
    Effect: 'Allow',
    Action: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'],
    Resource: ['*'],
  },
  {
    Sid: 'JoinNetwork',
    Effect: 'Allow',
    Action: [
      'ec2:AssignPrivateIpAddresses',
      'ec2:CreateNetworkInterface',
      'ec2:DeleteNetworkInterface',
      'ec2:UnassignPrivateIpAddresses',
    ],
    Resource: [`arn:\${AWS::Partition}:ec2:\${AWS::Region}:\${AWS::AccountId}:*/*`],
  },
] as const;

type Named = readonly [name: string, policy: object];

function role(
  { permissionsBoundary, rolePath }: StackSettings['deployment'],
  service: string,
  source: unknown,
  policies: readonly Named[] = [],
): Resource {
  const confused = {
    StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') },
    ...(source ? { ArnLike: { 'aws:SourceArn': source } } : {}),
  };
  // Lambda says neither account nor source when it takes a function's role.
  const Condition = service === 'lambda.amazonaws.com' ? {} : { Condition: confused };
  const trust = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole', ...Condition };
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      ...(rolePath === '/' ? {} : { Path: rolePath }),
      ...(permissionsBoundary ? { PermissionsBoundary: permissionsBoundary } : {}),
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trust] },
      ...(policies.length === 0
        ? {}
        : { Policies: policies.map(([PolicyName, document]) => ({ PolicyName, PolicyDocument: filledIn(document) })) }),
    },
  };
}

export const remediatorRole = arnOfThe('RemediateFindingRole');
