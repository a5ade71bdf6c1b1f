import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { OWN } from '../place.ts';
import type { Stack } from '../stack.ts';

/** What a person may be denied, and the lines that cannot be looked at then. */
export const DENIED: readonly [action: string, lines: readonly RegExp[]][] = [
  ['events:DescribeRule', [/^Rule \w+ in eu-west-1$/, /^Rule \w+ in us-east-1$/]],
  ['events:DescribeEventBus', [/^Bus for collectors$/]],
  ['sqs:GetQueueAttributes', [/^Events of us-east-1$/, /^\w+Queue$/, /^\w+DeadLetters$/]],
  ['sns:ListSubscriptionsByTopic', [/^Subscriptions$/]],
  ['secretsmanager:GetSecretValue', [/^Slack$/]],
  ['dynamodb:Query', [/^Account 444455556666$/, /^Last sweep$/]],
  ['cloudwatch:GetMetricStatistics', [/^Event to verdict$/]],
  ['ssm:GetParameter', [/^Fixing$/]],
];

/** A role of the hub's account whose sessions may do everything but one action. */
export async function roleWithout({ clients: { iam } }: Stack, action: string): Promise<string> {
  const RoleName = `person-without-${action.replace(':', '-')}`;
  const Version = '2012-10-17';
  const trust = { Effect: 'Allow', Principal: { AWS: OWN }, Action: 'sts:AssumeRole' };
  const rights = [
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Deny', Action: action, Resource: '*' },
  ];
  const document = JSON.stringify({ Version, Statement: [trust] });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document }));
  const PolicyDocument = JSON.stringify({ Version, Statement: rights });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'all-but-one', PolicyDocument }));
  return Role?.Arn ?? '';
}
