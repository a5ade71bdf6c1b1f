import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  ChangeMessageVisibilityCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clientOf } from '../support/cloud/own/client.ts';
import { countsOf, type OwnCloud, startOwnCloud } from '../support/cloud/own/own-cloud.ts';
import type { Published } from '../support/cloud/own/sns.ts';
import type { Sent } from '../support/cloud/own/sqs.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:notices';

let cloud: OwnCloud;
let sent: [string, Sent][];
let hidden: [string, number][];
let published: Published[];

beforeEach(async () => {
  [sent, hidden, published] = [[], [], []];
  cloud = await startOwnCloud({
    now: () => Date.parse('2026-03-02T09:00:00Z'),
    account: '111122223333',
    region: 'eu-west-1',
    table: 'findings',
    queues: {
      send: (queue, message) => (queue === 'rechecks' ? `id-${sent.push([queue, message])}` : undefined),
      hide: (_queue, handle, seconds) => (handle === 'held' && hidden.push([handle, seconds]) > 0 ? 'done' : 'unknown'),
    },
    publish: (one) => (one.topic === TOPIC ? `notice-${published.push(one)}` : undefined),
    audited: {
      handles: (service) => service === 'ec2',
      answer: ({ service, region, accessKey }) => ({
        status: 200,
        headers: {},
        body: [service, region, accessKey].join(),
      }),
    },
  });
});
afterEach(() => cloud.stop());

const client = () => clientOf(cloud.url);
const queueUrl = (name: string) => `${cloud.url}/111122223333/${name}`;
const nameOf = (error: { name: string }) => error.name;

it('takes messages for a queue, with delay, group and attributes', async () => {
  const sqs = new SQSClient(client());
  const MessageAttributes = { kind: { DataType: 'String', StringValue: 'cluster' } };
  const QueueUrl = queueUrl('rechecks');
  const one = await sqs.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: '{"é":1}',
      DelaySeconds: 900,
      MessageGroupId: 'a#b',
      MessageAttributes,
    }),
  );
  const batch = await sqs.send(
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: [
        { Id: 'good', MessageBody: 'x' },
        { Id: 'bad', MessageBody: 'y', DelaySeconds: 901 },
      ],
    }),
  );
  expect(one.MessageId).toBe('id-1');
  expect(batch.Successful?.map(({ Id }) => Id)).toEqual(['good']);
  expect(batch.Failed?.map(({ Id, Code, SenderFault }) => [Id, Code, SenderFault])).toEqual([
    ['bad', 'InvalidParameterValue', true],
  ]);
  expect(sent).toEqual([
    ['rechecks', { body: '{"é":1}', delay: 900, group: 'a#b', attributes: MessageAttributes }],
    ['rechecks', { body: 'x' }],
  ]);
});

it('refuses what SQS refuses', async () => {
  const sqs = new SQSClient(client());
  const refused = (name: string, more: object) =>
    sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(name), MessageBody: 'x', ...more })).catch(nameOf);
  const hide = (ReceiptHandle: string, VisibilityTimeout: number) =>
    sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl('rechecks'), ReceiptHandle, VisibilityTimeout }));
  await hide('held', 30);
  expect([
    await refused('rechecks', { DelaySeconds: 901 }),
    await refused('rechecks', { MessageBody: 'a\u0000b' }),
    await refused('nowhere', {}),
    await hide('other', 30).catch(nameOf),
    await hide('held', 43_201).catch(nameOf),
  ]).toEqual([
    'InvalidParameterValue',
    'InvalidMessageContents',
    'QueueDoesNotExist',
    'ReceiptHandleIsInvalid',
    'InvalidParameterValue',
  ]);
  expect([sent, hidden]).toEqual([[], [['held', 30]]]);
});

it('publishes a message per protocol with its attributes, and refuses what SNS refuses', async () => {
  const sns = new SNSClient(client());
  const publish = (more: object) => sns.send(new PublishCommand({ TopicArn: TOPIC, Message: 'plain', ...more }));
  const { MessageId } = await publish({
    Subject: 'A subject',
    Message: JSON.stringify({ default: 'd & <e>', sqs: '{"a":1}' }),
    MessageStructure: 'json',
    MessageAttributes: { severity: { DataType: 'String', StringValue: 'high' } },
  });
  expect([
    await publish({ Message: '{"sqs":"x"}', MessageStructure: 'json' }).catch(nameOf),
    await publish({ Subject: 'two\nlines' }).catch(nameOf),
    await publish({ TopicArn: `${TOPIC}-other` }).catch(nameOf),
    await publish({ MessageAttributes: { none: { DataType: 'String', StringValue: '' } } }).catch(nameOf),
  ]).toEqual([
    'InvalidParameterException',
    'InvalidParameterException',
    'NotFoundException',
    'InvalidParameterValueException',
  ]);
  expect(MessageId).toBe('notice-1');
  expect(published).toEqual([
    {
      topic: TOPIC,
      subject: 'A subject',
      message: { default: 'd & <e>', sqs: '{"a":1}' },
      attributes: { severity: { type: 'String', value: 'high' } },
    },
  ]);
});

it('fails as told, and lets the SDK try again where AWS would', async () => {
  const once = { ...client(), maxAttempts: 1 };
  const send = (maxAttempts = 3) =>
    new SQSClient({ ...client(), maxAttempts }).send(
      new SendMessageCommand({ QueueUrl: queueUrl('rechecks'), MessageBody: 'x' }),
    );
  cloud.fault({ action: 'sqs:SendMessage', kind: '5xx', times: 1 });
  cloud.fault({ action: 'sqs:SendMessage', kind: 'dropped', times: 1 });
  expect((await send()).$metadata.attempts).toBe(3);
  cloud.fault({ action: 'sqs:*', kind: 'denied', times: 1 });
  cloud.fault({ action: 'sns:Publish', kind: 'throttled', times: 1 });
  cloud.fault({ action: 'ssm:GetParameter', kind: 'denied', times: 1 });
  const put = () =>
    new DynamoDBClient(once).send(
      new PutItemCommand({ TableName: 'findings', Item: { pk: { S: 'a' }, sk: { S: '1' } } }),
    );
  const undo = cloud.fault({
    action: 'dynamodb:PutItem',
    body: (body) => body.includes('"1"'),
    kind: 'throttled',
  });
  expect([
    await send(1).catch(nameOf),
    await new SNSClient(once).send(new PublishCommand({ TopicArn: TOPIC, Message: 'x' })).catch(nameOf),
    await new SSMClient(once).send(new GetParameterCommand({ Name: '/x' })).catch(nameOf),
    await put().catch(nameOf),
  ]).toEqual([
    'AccessDeniedException',
    'ThrottledException',
    'AccessDeniedException',
    'ProvisionedThroughputExceededException',
  ]);
  undo();
  await put();
  expect(await cloud.items()).toEqual([{ pk: 'a', sk: '1' }]);
  expect(countsOf(cloud.calls)).toEqual({
    'dynamodb:PutItem': 2,
    'sns:Publish': 1,
    'sqs:SendMessage': 4,
    'ssm:GetParameter': 1,
  });
});

it('hands services that are audited to whoever answers for them, and no others', async () => {
  const ask = async (service: string) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=444455556666/20260302/us-east-1/${service}/aws4_request, Signature=0`;
    const answer = await fetch(`${cloud.url}/clusters`, { method: 'POST', headers: { authorization }, body: '{}' });
    return [answer.status, await answer.text()];
  };
  expect(await ask('ec2')).toEqual([200, 'ec2,us-east-1,444455556666']);
  expect((await ask('s3'))[0]).toBe(400);
  expect((await fetch(cloud.url)).status).toBe(403);
});
