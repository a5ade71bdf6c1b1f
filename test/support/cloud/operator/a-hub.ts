import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ran, runCommand } from '../../run-command.ts';
import { type Account, anAccount } from '../audited/index.ts';
import { OwnFault } from '../own/wire.ts';
import { type Answers, type OperatorCloud, startOperatorCloud, TABLE } from './operator-cloud.ts';

export const ACCOUNT = '111122223333';
export const OTHER = '444455556666';
const TOPIC = `arn:aws:sns:eu-west-1:${ACCOUNT}:notices`;
export const SECRET = `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:slack-a1b2c3`;

type Parts = readonly (readonly [logicalId: string, type: string, physicalId: string])[];
const hubParts = (queues: string): Parts => [
  ['FindingsTable', 'AWS::DynamoDB::Table', TABLE],
  ['ChangesQueue', 'AWS::SQS::Queue', `${queues}/changes`],
  ['FixesQueue', 'AWS::SQS::Queue', `${queues}/fixes`],
  ['SlackQueue', 'AWS::SQS::Queue', `${queues}/slack`],
  ['ChangesDeadLetters', 'AWS::SQS::Queue', `${queues}/changes-dead`],
  ['NoticesTopic', 'AWS::SNS::Topic', TOPIC],
  ['EventsBus', 'AWS::Events::EventBus', 'eks-warden-events'],
  ['OwnEksRule', 'AWS::Events::Rule', 'own-eks'],
  ['CollectedEksRule', 'AWS::Events::Rule', 'eks-warden-events|collected-eks'],
  ['LocateChangeMapping', 'AWS::Lambda::EventSourceMapping', '6d9bf0a1-0000-4000-8000-000000000001'],
  ['SweepMachine', 'AWS::StepFunctions::StateMachine', `arn:aws:states:eu-west-1:${ACCOUNT}:stateMachine:sweep`],
  ['KillSwitch', 'AWS::SSM::Parameter', '/eks-warden/fixes'],
];
const collectorParts = (queues: string): Parts => [
  ['EksRule', 'AWS::Events::Rule', 'collector-eks'],
  ['UndeliveredEvents', 'AWS::SQS::Queue', `${queues}/undelivered`],
];

const summaries = (parts: Parts) => ({
  StackResourceSummaries: parts.map(([LogicalResourceId, ResourceType, PhysicalResourceId]) => ({
    LogicalResourceId,
    ResourceType,
    PhysicalResourceId,
    LastUpdatedTimestamp: '2026-11-20T10:00:00Z',
    ResourceStatus: 'CREATE_COMPLETE',
  })),
});
const sweepArn = (name: string) => `arn:aws:states:eu-west-1:${ACCOUNT}:execution:sweep:${name}`;

/** A hub that lives: in eu-west-1, with a collector where IAM's events occur, one member account, mail and Slack. */
export interface Healthy {
  stacks: Record<string, Parts>;
  messages: Record<string, number>;
  disabled: Set<string>;
  /** By bus and name. */
  deleted: Set<string>;
  policy: string;
  subscriptions: { Protocol: string; Endpoint: string; SubscriptionArn: string }[];
  parameters: Map<string, string>;
  executions: { name: string; status: string; startDate: string }[];
  secret: string;
  mapping: string;
  lag: number | undefined;
  /** What follows from a message that is sent. */
  onMessage(): void;
}

export const busPolicy = (principals: readonly string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: 'FromCollectors', Effect: 'Allow', Principal: { AWS: principals }, Action: 'events:PutEvents' }],
  });

function healthy(url: string): Healthy {
  return {
    stacks: {
      'eks-warden eu-west-1': hubParts(`${url}/${ACCOUNT}`),
      'eks-warden-collector us-east-1': collectorParts(`${url}/${ACCOUNT}`),
    },
    messages: {},
    disabled: new Set(),
    deleted: new Set(),
    policy: busPolicy([`arn:aws:iam::${ACCOUNT}:root`, `arn:aws:iam::${OTHER}:root`]),
    subscriptions: [
      { Protocol: 'email', Endpoint: 'platform@example.com', SubscriptionArn: `${TOPIC}:1` },
      { Protocol: 'sqs', Endpoint: `arn:aws:sqs:eu-west-1:${ACCOUNT}:slack`, SubscriptionArn: `${TOPIC}:2` },
    ],
    parameters: new Map([['/eks-warden/fixes', 'on']]),
    executions: [],
    secret: '',
    mapping: 'Enabled',
    lag: 4200,
    onMessage: () => {},
  };
}

function answersOf(hub: Healthy): Answers {
  const absent = (code: string, message: string) => {
    throw new OwnFault(code, message);
  };
  return {
    'cloudformation:ListStackResources': ({ StackName }, region) => {
      const parts = hub.stacks[`${StackName} ${region}`];
      return parts ? summaries(parts) : absent('ValidationError', `Stack with id ${StackName} does not exist`);
    },
    'sqs:GetQueueAttributes': ({ QueueUrl }) => ({
      Attributes: { ApproximateNumberOfMessages: String(hub.messages[String(QueueUrl).split('/').at(-1) ?? ''] ?? 0) },
    }),
    'sqs:SendMessage': ({ MessageBody }) => {
      hub.onMessage();
      return { MessageId: '1', MD5OfMessageBody: createHash('md5').update(String(MessageBody)).digest('hex') };
    },
    'sns:ListSubscriptionsByTopic': () => ({ Subscriptions: hub.subscriptions }),
    'sns:Publish': () => ({ MessageId: '1' }),
    'ssm:GetParameter': ({ Name }) => {
      const Value = hub.parameters.get(String(Name));
      return Value === undefined ? absent('ParameterNotFound', 'none') : { Parameter: { Name, Value } };
    },
    'ssm:PutParameter': ({ Name, Value }) => {
      hub.parameters.set(String(Name), String(Value));
      return { Version: 2 };
    },
    'events:DescribeRule': ({ Name, EventBusName = 'default' }) =>
      hub.deleted.has(`${EventBusName} ${Name}`)
        ? absent('ResourceNotFoundException', `Rule ${Name} does not exist.`)
        : { Name, State: hub.disabled.has(String(Name)) ? 'DISABLED' : 'ENABLED' },
    'events:DescribeEventBus': ({ Name }) => ({ Name, Policy: hub.policy }),
    'lambda:GetEventSourceMapping': ({ UUID }) => ({
      UUID,
      State: hub.mapping,
      FunctionArn: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:eks-warden-locate-change`,
    }),
    'cloudwatch:GetMetricStatistics': ({ MetricName }) => ({
      Datapoints: MetricName === 'eventToVerdict' && hub.lag !== undefined ? [{ Maximum: hub.lag }] : [],
    }),
    'secretsmanager:GetSecretValue': () => ({ SecretString: hub.secret }),
    'slack:auth.test': () => ({ ok: true, user: 'warden' }),
    'states:ListExecutions': ({ statusFilter }) => ({
      executions: hub.executions
        .filter(({ status }) => statusFilter === undefined || status === statusFilter)
        .map(({ name, ...each }) => ({ ...each, name, executionArn: sweepArn(name), stateMachineArn: sweepArn('') })),
    }),
    'states:StartExecution': () => ({ executionArn: sweepArn('new'), startDate: '2026-11-21T10:00:00Z' }),
  };
}

export interface DeployedHub {
  cloud: OperatorCloud;
  hub: Healthy;
  folder: string;
  /** What the command's process has in its environment. */
  env: Record<string, string>;
  run(...args: string[]): Promise<Ran>;
  stop(): Promise<void>;
}

const BASELINE = `catalogue: 1
accounts: ["${ACCOUNT}", "${OTHER}"]
controls:
  eks-control-plane-logging: remediate
routes:
  - name: at-once
    when: now
    to: [email, slack]
`;

/** The row of a whole sweep that ended then. */
export const sweepRow = (ended: number, more: object = {}) => ({
  pk: `sweeps#${ACCOUNT}`,
  sk: `sweep#${new Date(ended).toISOString()}`,
  full: true,
  started: ended - 240_000,
  ended,
  scopes: 5,
  complete: true,
  incomplete: [],
  tally: { resources: 34, severities: { high: 2 }, missing: {}, missed: 1 },
  ...more,
});

/** A deployed hub, and a folder with its baseline and its deploy.yml, from which the real command runs. */
export async function aHub(accounts: Readonly<Record<string, Account>> = {}): Promise<DeployedHub> {
  const watched = { [ACCOUNT]: anAccount(ACCOUNT), [OTHER]: { regions: {}, iam: {} }, ...accounts };
  const cloud = await startOperatorCloud(watched);
  const hub = healthy(cloud.url);
  hub.secret = JSON.stringify({ token: 'xoxb-1', channel: 'C1', api: `${cloud.url}/api/` });
  Object.assign(cloud.answers, answersOf(hub));
  const folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
  writeFileSync(join(folder, 'baseline.yml'), BASELINE);
  const deploy = ['region: eu-west-1', 'email: platform@example.com', `slackSecret: ${SECRET}`];
  writeFileSync(join(folder, 'deploy.yml'), `${deploy.join('\n')}\n`);
  const env = {
    AWS_ENDPOINT_URL: cloud.url,
    AWS_ACCESS_KEY_ID: ACCOUNT,
    AWS_SECRET_ACCESS_KEY: 'sample',
    AWS_EC2_METADATA_DISABLED: 'true',
    HOME: folder,
  };
  return {
    cloud,
    hub,
    folder,
    env,
    run: (...args) => runCommand(args, { cwd: folder, env }),
    async stop() {
      await cloud.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
