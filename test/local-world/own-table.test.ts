import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clientOf } from '../support/cloud/own/client.ts';
import { type OwnCloud, startOwnCloud } from '../support/cloud/own/own-cloud.ts';

let cloud: OwnCloud;
let records: DynamoDBRecord[];

beforeEach(async () => {
  records = [];
  cloud = await startOwnCloud({
    now: () => Date.parse('2026-03-02T09:00:00Z'),
    account: '111122223333',
    region: 'eu-west-1',
    table: 'findings',
    queues: { send: () => undefined, hide: () => undefined },
    publish: () => undefined,
    onRecord: (record) => records.push(record),
  });
});
afterEach(() => cloud.stop());

const client = () => clientOf(cloud.url);
const nameOf = (error: { name: string }) => error.name;
const item = (sk: string, news?: string) => ({ pk: { S: 'a' }, sk: { S: sk }, ...(news && { news: { S: news } }) });

it('tells of each write to the table as a stream record, and of none that was refused or changed nothing', async () => {
  const db = new DynamoDBClient(client());
  const TableName = 'findings';
  const Key = { pk: { S: 'a' }, sk: { S: '1' } };
  const refused = { ConditionExpression: 'attribute_not_exists(pk)' };
  const first = await db.send(new PutItemCommand({ TableName, Item: item('1', 'x'), ...refused }));
  await db.send(new PutItemCommand({ TableName, Item: item('1', 'x') }));
  const conflict = await db.send(new PutItemCommand({ TableName, Item: item('1'), ...refused })).catch(nameOf);
  await db.send(
    new UpdateItemCommand({
      TableName,
      Key,
      UpdateExpression: 'SET news = :n',
      ExpressionAttributeValues: { ':n': { S: 'y' } },
    }),
  );
  const old = await db.send(new DeleteItemCommand({ TableName, Key, ReturnValues: 'ALL_OLD' }));
  await db.send(new DeleteItemCommand({ TableName, Key }));
  const invalid = await db.send(new UpdateItemCommand({ TableName, Key: { pk: { S: 'a' } } })).catch(nameOf);
  await db.send(
    new BatchWriteItemCommand({
      RequestItems: { findings: [{ PutRequest: { Item: item('2') } }, { PutRequest: { Item: item('3') } }] },
    }),
  );
  expect([first.Attributes, conflict, old.Attributes, invalid]).toEqual([
    undefined,
    'ConditionalCheckFailedException',
    item('1', 'y'),
    'ValidationException',
  ]);
  expect(
    records.map(({ eventName, dynamodb: { Keys, OldImage, NewImage } = {} }) => [eventName, Keys, OldImage, NewImage]),
  ).toEqual([
    ['INSERT', Key, undefined, item('1', 'x')],
    ['MODIFY', Key, item('1', 'x'), item('1', 'y')],
    ['REMOVE', Key, item('1', 'y'), undefined],
    ['INSERT', item('2'), undefined, item('2')],
    ['INSERT', item('3'), undefined, item('3')],
  ]);
});

it('keeps the images of concurrent writes to one item in their order', async () => {
  const db = new DynamoDBClient(client());
  const add = {
    UpdateExpression: 'ADD #n :one',
    ExpressionAttributeNames: { '#n': 'n' },
    ExpressionAttributeValues: { ':one': { N: '1' } },
  };
  await Promise.all(
    Array.from({ length: 12 }, () => db.send(new UpdateItemCommand({ TableName: 'findings', Key: item('1'), ...add }))),
  );
  const counts = records.map(({ dynamodb }) => [dynamodb?.OldImage?.n?.N, dynamodb?.NewImage?.n?.N]);
  expect(counts).toEqual(Array.from({ length: 12 }, (_, n) => [n === 0 ? undefined : String(n), String(n + 1)]));
  const numbers = records.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '');
  expect(numbers).toEqual([...numbers].sort());
  expect(new Set(numbers).size).toBe(12);
});

it('finds in the sparse index only what has a scope and a rank', async () => {
  const db = new DynamoDBClient(client());
  const ranked = { ...item('2'), scope: { S: 'a#b' }, rank: { S: '1' } };
  await db.send(new PutItemCommand({ TableName: 'findings', Item: item('1') }));
  await db.send(new PutItemCommand({ TableName: 'findings', Item: ranked }));
  const { Items } = await db.send(
    new QueryCommand({
      TableName: 'findings',
      IndexName: 'by-scope',
      KeyConditionExpression: '#s = :s',
      ExpressionAttributeNames: { '#s': 'scope' },
      ExpressionAttributeValues: { ':s': { S: 'a#b' } },
    }),
  );
  expect(Items).toEqual([ranked]);
  expect(await cloud.items()).toEqual([
    { pk: 'a', sk: '1' },
    { pk: 'a', sk: '2', scope: 'a#b', rank: '1' },
  ]);
});
