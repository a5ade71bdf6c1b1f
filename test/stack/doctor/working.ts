import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteFunctionConcurrencyCommand,
  GetEventSourceMappingCommand,
  PutFunctionConcurrencyCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { PurgeQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { OWN, REGION } from '../place.ts';
import { type Stack, until } from '../stack.ts';
import type { Break } from './break.ts';

const MAPPING = 'LocateChangeEventSourceMappingSQSChangesQueue';
/** Each queue of what could not be handled, and the section of the runbook that its line leads to. */
const ASIDE = {
  ChangesDeadLetters: 'changes-dead-letters',
  FixesDeadLetters: 'fixes-dead-letters',
  RechecksDeadLetters: 'rechecks-dead-letters',
  SlackDeadLetters: 'slack-dead-letters',
  SweepDeadLetters: 'sweep-dead-letters',
  UndeliveredQueue: 'undelivered-queue',
} as const;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** For how long a measured value is still seen: the emulator forgets none, so it is one that is about to grow too old. */
const SEEN = 10_000;

/** A figure that AWS or a function would have sent; the emulator measures no queue and reads no figures out of logs. */
async function measured({ clients }: Stack, name: string, at: number, value: number, dimension: [string, string]) {
  const [Name, Value] = dimension;
  const Dimensions = [{ Name, Value }];
  const datum = { MetricName: name, Dimensions, Timestamp: new Date(at), Value: value };
  const Namespace = Name === 'service' ? 'eks-warden' : 'AWS/SQS';
  await clients.cloudWatch.send(new PutMetricDataCommand({ Namespace, MetricData: [datum] }));
}

async function lastSweep({ clients, deployed }: Stack) {
  const TableName = deployed.nameOf('FindingsTable');
  const { Items: [item] = [] } = await clients.dynamodb.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk and begins_with(sk, :sk)',
      ExpressionAttributeValues: marshall({ ':pk': `sweeps#${OWN}`, ':sk': 'sweep#' }),
      ScanIndexForward: false,
      Limit: 1,
    }),
  );
  if (item === undefined) throw new Error('No sweep has ended.');
  const put = (Item: typeof item) => clients.dynamodb.send(new PutItemCommand({ TableName, Item }));
  return { item, row: unmarshall(item), put };
}

/** What works on events, and what they come to: queues, functions, sweeps, time. */
export const WORKING: readonly Break[] = [
  {
    name: 'a function is not joined to its queue',
    async do({ stack }) {
      const { lambda } = stack.clients;
      const UUID = stack.deployed.nameOf(MAPPING);
      const turn = async (Enabled: boolean) => {
        await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
        const wanted = Enabled ? 'Enabled' : 'Disabled';
        const isSo = async () => (await lambda.send(new GetEventSourceMappingCommand({ UUID }))).State === wanted;
        await until(`a mapping that is ${wanted}`, isSo);
      };
      await turn(false);
      const mend = `Enable it: aws lambda update-event-source-mapping --enabled --uuid ${UUID}`;
      return {
        wrong: [`wrong ${MAPPING}: it is Disabled, so eks-warden-locate-change gets nothing. → ${mend}`],
        restore: () => turn(true),
      };
    },
  },
  {
    name: 'a function may not run, and messages wait for half an hour',
    async do({ stack }) {
      const { lambda, sqs } = stack.clients;
      const QueueUrl = stack.deployed.nameOf('FixesQueue');
      const FunctionName = stack.deployed.nameOf('RemediateFindingLambdaFunction');
      await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'waits' }));
      const at = Date.now() - 600_000 + SEEN;
      const queue: [string, string] = ['QueueName', QueueUrl.split('/').at(-1) ?? ''];
      await measured(stack, 'ApproximateAgeOfOldestMessage', at, 1800, queue);
      const mend = 'Find the cause in the log of its function, then redrive: docs/operating.md';
      return {
        wrong: [`wrong FixesQueue: 1 message wait, the oldest for 30 minutes. → ${mend}`],
        async restore() {
          await sqs.send(new PurgeQueueCommand({ QueueUrl }));
          await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
        },
      };
    },
  },
  {
    name: 'messages were set aside, in each queue for them',
    async do({ stack }) {
      const { sqs } = stack.clients;
      const urls = Object.keys(ASIDE).map((id) => stack.deployed.nameOf(id));
      for (const QueueUrl of urls) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
      const wrong = Object.entries(ASIDE).map(([id, section]) => {
        const look = `Look: aws sqs receive-message --region ${REGION} --queue-url ${stack.deployed.nameOf(id)}`;
        return `wrong ${id}: 1 message could not be handled. → ${look}; then docs/operating.md#alarm-${section}`;
      });
      return {
        wrong,
        restore: () => Promise.all(urls.map((QueueUrl) => sqs.send(new PurgeQueueCommand({ QueueUrl })))),
      };
    },
  },
  {
    name: 'the nightly sweep is overdue',
    async do({ stack }) {
      const { item, row, put } = await lastSweep(stack);
      const ended = Date.now() - 2 * DAY;
      await put(marshall({ ...row, ended }));
      const when = `${new Date(ended).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
      const mend = 'Start one and follow it: npx eks-warden sweep start';
      return {
        wrong: [`wrong Last sweep: it ended ${when}: the nightly one is overdue. → ${mend}`],
        restore: () => put(item),
      };
    },
  },
  {
    name: 'an event took twenty minutes to a verdict',
    async do({ stack }) {
      const service: [string, string] = ['service', 'evaluate-resource'];
      const at = Date.now() - DAY + SEEN;
      await measured(stack, 'eventToVerdict', at, 1_200_000, service);
      const why = 'it took up to 20 minutes within 24 hours.';
      return {
        wrong: [`wrong Event to verdict: ${why} → See docs/operating.md#alarm-event-lag`],
        restore: () => until('the end of the day in which it was seen', () => Date.now() > at + DAY),
      };
    },
  },
];
