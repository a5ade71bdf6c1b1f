import { arnOf } from '../aws/partition.ts';

/** Where a deployment's own things are, as ARNs: what its roles may touch. */
export interface Site {
  partition: string;
  region: string;
  account: string;
  /** Of the roles in watched accounts; begins and ends with a slash. */
  rolePath: string;
  table: string;
  stream: string;
  queues: Readonly<Record<'changes' | 'rechecks' | 'fixes' | 'slack' | 'undelivered', string>>;
  topic: string;
  slackSecret: string;
  /** The state machine of the sweep, its executions without their names, and the bucket of its lists. */
  sweep: { machine: string; executions: string; bucket: string };
  /** A function itself. */
  functionArn(name: string): string;
  /** The log group of a function. */
  logGroup(name: string): string;
}

const sub = (name: string) => `\${${name}}`;
export const pascal = (name: string) => name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

/** In the names of a CloudFormation template, as `Fn::Sub` fills them in: true for every partition, account and region. */
export const TEMPLATE_SITE: Site = {
  partition: sub('AWS::Partition'),
  region: sub('AWS::Region'),
  account: sub('AWS::AccountId'),
  rolePath: '/',
  table: sub('FindingsTable.Arn'),
  stream: sub('FindingsTable.StreamArn'),
  queues: {
    changes: sub('ChangesQueue.Arn'),
    rechecks: sub('RechecksQueue.Arn'),
    fixes: sub('FixesQueue.Arn'),
    slack: sub('SlackQueue.Arn'),
    undelivered: sub('UndeliveredQueue.Arn'),
  },
  topic: sub('NoticesTopic'),
  slackSecret: sub('SlackSecret'),
  sweep: {
    machine: sub('SweepMachine'),
    executions: arnOf({
      partition: sub('AWS::Partition'),
      service: 'states',
      region: sub('AWS::Region'),
      account: sub('AWS::AccountId'),
      resource: `execution:${sub('SweepMachine.Name')}`,
    }),
    bucket: sub('SweepBucket.Arn'),
  },
  functionArn: (name) => sub(`${pascal(name)}LambdaFunction.Arn`),
  logGroup: (name) => sub(`${pascal(name)}LogGroup.Arn`),
};
