import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { afterEach, expect, it } from 'vitest';
import { clientOf } from '../support/cloud/own/client.ts';
import type { BindingChanges } from '../support/local-world/bindings.ts';
import { type LocalWorld, localWorld } from '../support/local-world/local-world.ts';
import type { TimedStep } from '../support/local-world/steps.ts';

const NOW = Date.parse('2026-03-02T09:00:00Z');

let world: LocalWorld;
afterEach(() => world.close());

const client = () => clientOf(world.cloud.url);

/** Writes items and notes in which batches the stream brings them, by seconds since the start. */
async function streaming(
  settle: (names: string[], event: DynamoDBStreamEvent, runs: number) => unknown,
  stream: BindingChanges['stream'] = {},
) {
  const batches: [number, ...string[]][] = [];
  world = await localWorld({
    now: NOW,
    bindings: { stream },
    handlers: {
      'announce-finding': async (event: DynamoDBStreamEvent) => {
        const names = event.Records.map(({ dynamodb }) => dynamodb?.NewImage?.sk?.S ?? '');
        batches.push([(world.now() - NOW) / 1000, ...names]);
        return settle(names, event, batches.length);
      },
    },
  });
  const db = new DynamoDBClient(client());
  const put = (sk: string, news: object = { news: { S: 'x' } }) =>
    db.send(new PutItemCommand({ TableName: 'findings', Item: { pk: { S: 'a' }, sk: { S: sk }, ...news } }));
  return { batches, put };
}

const numberOf = ({ Records }: DynamoDBStreamEvent, sk: string) =>
  Records.find(({ dynamodb }) => dynamodb?.NewImage?.sk?.S === sk)?.dynamodb?.SequenceNumber;

it('brings only records with news, in order and in batches', async () => {
  const { batches, put } = await streaming(() => undefined, { batchSize: 2 });
  await put('1');
  await put('quiet', {});
  await put('2');
  await put('3');
  await world.untilIdle();
  expect(batches).toEqual([
    [0, '1', '2'],
    [0, '3'],
  ]);
});

it('comes back to the first record that failed, later and later', async () => {
  const { batches, put } = await streaming((_names, event, runs) =>
    runs < 4
      ? { batchItemFailures: [{ itemIdentifier: numberOf(event, '3') }, { itemIdentifier: numberOf(event, '2') }] }
      : {},
  );
  for (const sk of '123') await put(sk);
  await world.untilIdle();
  expect(batches).toEqual([
    [0, '1', '2', '3'],
    [1, '2', '3'],
    [3, '2', '3'],
    [7, '2', '3'],
  ]);
});

it('halves a batch whose function throws, gives up what still throws and goes on', async () => {
  const { batches, put } = await streaming(
    (names) => (names.includes('2') ? Promise.reject(new Error('poison')) : undefined),
    { maxRetries: 1 },
  );
  for (const sk of '123') await put(sk);
  await world.untilIdle();
  expect(batches.map(([, ...names]) => names.join(''))).toEqual(['123', '12', '1', '23', '2', '2', '3']);
  expect(world.stream.lost.map(({ DDBStreamBatchInfo }) => DDBStreamBatchInfo.batchSize)).toEqual([1]);
});

it('hands a notice to each subscription whose filter fits, wrapped for queues', async () => {
  const steps: TimedStep[] = [];
  world = await localWorld({ now: NOW, handlers: {} });
  world.on((step) => steps.push(step));
  const attribute = (StringValue: string) => ({ DataType: 'String', StringValue });
  await new SNSClient(client()).send(
    new PublishCommand({
      TopicArn: world.environment.NOTICES_TOPIC,
      Subject: 'Open',
      Message: JSON.stringify({ default: 'd', email: 'Dear reader', sqs: '{"id":"n1"}' }),
      MessageStructure: 'json',
      MessageAttributes: { slack: attribute('no'), fix: attribute('wanted'), people: attribute('both') },
    }),
  );
  const { fixes, slack } = world.queues;
  const [message] = fixes.messages.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  expect([
    slack.messages.length,
    message?.Type,
    message?.Message,
    message?.Timestamp,
    message?.MessageAttributes,
  ]).toEqual([
    0,
    'Notification',
    '{"id":"n1"}',
    '2026-03-02T09:00:00.000Z',
    {
      slack: { Type: 'String', Value: 'no' },
      fix: { Type: 'String', Value: 'wanted' },
      people: { Type: 'String', Value: 'both' },
    },
  ]);
  expect(world.deliveries.map(({ name, protocol, subject, message: text }) => [name, protocol, subject, text])).toEqual(
    [
      ['email', 'email', 'Open', 'Dear reader'],
      ['chat', 'https', 'Open', 'd'],
    ],
  );
  expect(steps.map(({ at, step }) => [at - NOW, step])).toEqual([
    [0, 'publish'],
    [0, 'message'],
    [0, 'call'],
  ]);
});
