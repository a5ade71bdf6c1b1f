import type { Policy } from '../../shared/derive/policies.ts';
import type { Site } from '../../shared/derive/site.ts';
import { ACCOUNT } from './located.ts';

/** A deployment with names as long as CloudFormation makes them. */
export function aSite(partition: 'aws' | 'aws-us-gov' | 'aws-cn' = 'aws'): Site {
  const region = { aws: 'eu-west-1', 'aws-us-gov': 'us-gov-west-1', 'aws-cn': 'cn-north-1' }[partition];
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${ACCOUNT}:${resource}`;
  const named = (name: string) => `eks-warden-production-${name}-1A2B3C4D5E6F7`;
  const queue = (name: string) => arn('sqs', named(name));
  const table = arn('dynamodb', `table/${named('FindingsTable')}`);
  return {
    partition,
    region,
    account: ACCOUNT,
    rolePath: '/',
    table,
    stream: `${table}/stream/2026-11-21T00:00:00.000`,
    queues: {
      changes: queue('ChangesQueue'),
      rechecks: queue('RechecksQueue'),
      fixes: queue('FixesQueue'),
      slack: queue('SlackQueue'),
      undelivered: queue('UndeliveredQueue'),
    },
    topic: arn('sns', named('NoticesTopic')),
    slackSecret: arn('secretsmanager', 'secret:eks-warden-slack-a1B2c3'),
    sweep: {
      machine: arn('states', `stateMachine:${named('SweepMachine')}`),
      executions: arn('states', `execution:${named('SweepMachine')}`),
      bucket: `arn:${partition}:s3:::${named('sweepbucket')}`,
    },
    functionArn: (name) => arn('lambda', `function:${named(name)}`),
    logGroup: (name) => arn('logs', `log-group:/aws/lambda/${named(name)}:*`),
  };
}

/** Every action that a policy allows, by name. */
export function actionsOf(policy: Policy | undefined): string[] {
  return [...new Set(policy?.Statement.flatMap(({ Action }) => Action))].sort();
}

/** As IAM decides for a policy that only allows: `*` in a resource is anything. */
export function allows({ Statement }: Policy, action: string, arn: string): boolean {
  return Statement.some(({ Action, Resource }) => Action.includes(action) && Resource.some((each) => fits(each, arn)));
}

function fits(pattern: string, arn: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[^\w]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(arn);
}
