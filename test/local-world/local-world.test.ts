import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBStreamEvent, SQSEvent } from 'aws-lambda';
import { expect, it } from 'vitest';
import { clientOf } from '../support/cloud/own/client.ts';
import { type Handlers, inProcess, type Wiring } from '../support/local-world/handlers.ts';
import { localWorld } from '../support/local-world/local-world.ts';
import type { LocalWorldOptions } from '../support/local-world/options.ts';
import type { TimedStep } from '../support/local-world/steps.ts';

const START = Date.parse('2026-03-02T09:00:00Z');
const VPCS = '<DescribeVpcsResponse><vpcSet><item><vpcId>vpc-1</vpcId></item></vpcSet></DescribeVpcsResponse>';

/** The functions in miniature, with clients that find all they need in the process's environment. */
function story({ environment }: Wiring): Handlers {
  const { FINDINGS_TABLE: TableName, RECHECKS_QUEUE: QueueUrl, NOTICES_TOPIC: TopicArn, SLACK_SECRET } = environment;
  const [sqs, db, sns, ec2] = [new SQSClient({}), new DynamoDBClient({}), new SNSClient({}), new EC2Client({})];
  return {
    'locate-change': async ({ Records }: SQSEvent) => {
      for (const { body } of Records) {
        const { id } = JSON.parse(body) as { id: string };
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: id }));
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: id, DelaySeconds: 60 }));
      }
    },
    'evaluate-resource': async ({ Records }: SQSEvent) => {
      for (const { body } of Records) {
        const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));
        const news = { S: `${body} has ${Vpcs[0]?.VpcId}` };
        const Item = { pk: { S: body }, sk: { S: 'state' }, news, seen: { N: String(Date.now()) } };
        await db.send(new PutItemCommand({ TableName, Item }));
      }
    },
    'announce-finding': async ({ Records }: DynamoDBStreamEvent) => {
      const MessageAttributes = { slack: { DataType: 'String', StringValue: 'yes' } };
      for (const { dynamodb } of Records) {
        const Message = dynamodb?.NewImage?.news?.S;
        await sns.send(new PublishCommand({ TopicArn, Message, MessageAttributes }));
      }
    },
    'post-to-slack': async ({ Records }: SQSEvent) => {
      const secret = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: SLACK_SECRET }));
      const { webhook } = JSON.parse(secret.SecretString ?? '') as { webhook: string };
      const text = Records.map(({ body }) => (JSON.parse(body) as { Message: string }).Message).join(', ');
      await fetch(webhook, { method: 'POST', body: JSON.stringify({ text }) });
    },
  };
}

function aWorld(more: Partial<LocalWorldOptions> = {}) {
  const audited = {
    handles: () => true,
    answer: () => ({ status: 200, headers: { 'content-type': 'text/xml' }, body: VPCS }),
  };
  const matches = (event: unknown) => (event as { id: string }).id !== 'noise';
  return localWorld({ now: START, handlers: inProcess(story), audited, matches, ...more });
}

function lineOf(step: TimedStep): string[] {
  const at = (step.at - START) / 1000;
  if (step.step === 'invocation') return [`${at} ${step.function}`];
  if (step.step === 'event') return [`${at} event ${step.matched}`];
  if (step.step === 'record') return [`${at} ${step.record.eventName}`];
  if (step.step === 'slack') return [`${at} Slack: ${step.post.body.text}`];
  return step.step === 'call' ? [`${at} ${step.call.service}:${step.call.operation} ${step.call.outcome}`] : [];
}

it('plays an event through all functions to the table and to Slack, each thing at its time', async () => {
  await using world = await aWorld();
  const lines: string[] = [];
  world.on((step) => lines.push(...lineOf(step)));
  world.put({ id: 'a' }, 5000);
  world.put({ id: 'noise' });
  await world.advance(60_000);
  expect(lines).toEqual([
    '0 event false',
    '5 event true',
    '5 locate-change',
    '5 sqs:SendMessage 200',
    '5 sqs:SendMessage 200',
    '5 evaluate-resource',
    '5 ec2:DescribeVpcs 200',
    '5 INSERT',
    '5 dynamodb:PutItem 200',
    '5 announce-finding',
    '5 sns:Publish 200',
    '10 post-to-slack',
    '10 secretsmanager:GetSecretValue 200',
    '10 Slack: a has vpc-1',
  ]);
  await world.untilIdle();
  expect(lines.slice(14).filter((line) => !/:[A-Z]/.test(line))).toEqual([
    '65 evaluate-resource',
    '65 MODIFY',
    '65 announce-finding',
    '70 post-to-slack',
    '70 Slack: a has vpc-1',
  ]);
  expect(await world.dump()).toBe('{"news":"a has vpc-1","pk":"a","seen":1772442065000,"sk":"state"}\n');
  expect([world.now() - START, world.invocations.filter(({ error }) => error)]).toEqual([70_000, []]);
});

it('gives the process its own date and environment back', async () => {
  const before = { ...process.env };
  const world = await aWorld();
  const inside = [Date.now(), process.env.AWS_REGION];
  await world.close();
  expect(inside).toEqual([START, 'eu-west-1']);
  expect(process.env).toEqual(before);
  expect(Date.now()).toBeGreaterThan(START);
});

it('comes to the same digest in any order, where only lasting fields are compared', async () => {
  const play = async (disorder?: { seed: number; repeats: number }) => {
    await using world = await aWorld(disorder ? { disorder } : {});
    for (const id of 'abcd') world.put({ id });
    await world.untilIdle();
    return [await world.digest(({ pk, news }) => ({ pk, news })), await world.digest(() => undefined)];
  };
  const calm = await play();
  expect([await play({ seed: 1, repeats: 0.3 }), await play({ seed: 2, repeats: 0.3 })]).toEqual([calm, calm]);
  expect(calm[0]).not.toBe(calm[1]);
});

it('lets events and calls of the audited accounts come from one place, at the time of the world', async () => {
  const seen: unknown[] = [];
  await using world = await localWorld({
    now: START,
    handlers: {
      'locate-change': ({ Records }: SQSEvent) => void seen.push(...Records.map(({ body }) => JSON.parse(body))),
    },
    audited: ({ now, put }) => ({
      handles: (service) => service === 'ec2',
      answer({ service }) {
        put({ service, at: now() }, 1000);
        return 'drop';
      },
    }),
  });
  const client = { ...clientOf(world.cloud.url), maxAttempts: 1 };
  await expect(new EC2Client(client).send(new DescribeVpcsCommand({}))).rejects.toThrow();
  await world.untilIdle();
  expect(seen).toEqual([{ service: 'ec2', at: START }]);
});
