import { afterEach, expect, it } from 'vitest';
import { ssmParameter } from '../../../shared/aws/own/parameter.ts';
import { sqsQueue } from '../../../shared/aws/own/queue.ts';
import { managedSecret } from '../../../shared/aws/own/secret.ts';
import { dynamoTable } from '../../../shared/aws/own/table.ts';
import { snsTopic } from '../../../shared/aws/own/topic.ts';
import { type Asked, awsError, json, type Reply, type ScriptedAws, scriptedAws } from '../../support/scripted-aws.ts';

const region = 'eu-west-1';
let server: ScriptedAws | undefined;
afterEach(() => server?.stop());

async function calling(script: (asked: Asked, nth: number) => Reply) {
  server = await scriptedAws(script);
  return { region, requestTimeout: 500, client: { ...server.client, md5: false } };
}

const bodies = () => server?.asked.map(({ body }) => JSON.parse(body));

it('DY-03: throws when DynamoDB goes on throttling, so that the message is tried again', async () => {
  const throttled = awsError('dynamodb:PutItem', 400, 'ProvisionedThroughputExceededException');
  const table = dynamoTable('findings', await calling(() => throttled));
  await expect(table.put({ pk: 'a', sk: 'b' })).rejects.toMatchObject({
    name: 'ProvisionedThroughputExceededException',
  });
  expect(server?.asked).toHaveLength(3);
});

it('DY-02: what DynamoDB finds invalid is thrown at once and not tried again', async () => {
  const table = dynamoTable('findings', await calling(() => awsError('dynamodb:PutItem', 400, 'ValidationException')));
  await expect(table.put({ pk: 'a', sk: 'b' }, { version: 1 })).rejects.toMatchObject({ name: 'ValidationException' });
  expect(server?.asked).toHaveLength(1);
});

it('DY-02: DY-05: the table is written item by item: there is no transaction to be half refused, and no batch to be half done', async () => {
  const commands = Object.keys(await import('../../../shared/aws/own/dynamodb.ts')).filter((name) =>
    name.endsWith('Command'),
  );
  expect(commands.sort()).toEqual([
    'DeleteItemCommand',
    'GetItemCommand',
    'PutItemCommand',
    'QueryCommand',
    'UpdateItemCommand',
  ]);
});

it('reads the table strongly consistent', async () => {
  const table = dynamoTable('findings', await calling(() => json({ Items: [] })));
  await table.get('a', 'b');
  await table.query('a');
  expect(bodies()?.map(({ ConsistentRead }) => ConsistentRead)).toEqual([true, true]);
});

it('sends a message with its delay and its group', async () => {
  const url = 'https://sqs.eu-west-1.amazonaws.com/111122223333/rechecks';
  const queue = sqsQueue(url, await calling(() => json({ MessageId: 'm-1' })));
  await queue.send({ a: 1 });
  await queue.send('b', { delay: 14.2, group: '111122223333#eu-west-1' });
  await queue.send('c', { delay: 7200 });
  const message = { QueueUrl: url, DelaySeconds: 0, MessageBody: '{"a":1}' };
  expect(bodies()).toEqual([
    message,
    { ...message, MessageBody: '"b"', DelaySeconds: 15, MessageGroupId: '111122223333#eu-west-1' },
    { ...message, MessageBody: '"c"', DelaySeconds: 900 },
  ]);
});

it('throws where a message cannot be sent', async () => {
  const queue = sqsQueue('https://sqs/q', await calling(() => awsError('sqs:SendMessage', 403, 'AccessDenied')));
  await expect(queue.send({})).rejects.toThrow();
});

it('publishes a notice per protocol, with a subject that SNS takes', async () => {
  const xml = '<PublishResponse><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>';
  const topic = snsTopic(
    'arn:aws:sns:eu-west-1:111122223333:notices',
    await calling(() => ({ status: 200, body: xml, headers: { 'content-type': 'text/xml' } })),
  );
  await topic.publish({
    subject: `Open:\n prod – ${'x'.repeat(200)}`,
    message: { default: 'Open.', email: 'Readable.' },
    attributes: { severity: 'high', cluster: '' },
  });
  await topic.publish({ subject: '\u{1F600}', message: { default: 'Open.' }, attributes: {} });
  const sent = server?.asked.map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
  expect(sent?.[0]).toEqual({
    Action: 'Publish',
    Version: '2010-03-31',
    TopicArn: 'arn:aws:sns:eu-west-1:111122223333:notices',
    Subject: `Open:  prod   ${'x'.repeat(200)}`.slice(0, 100),
    Message: '{"default":"Open.","email":"Readable."}',
    MessageStructure: 'json',
    'MessageAttributes.entry.1.Name': 'severity',
    'MessageAttributes.entry.1.Value.DataType': 'String',
    'MessageAttributes.entry.1.Value.StringValue': 'high',
  });
  expect(sent?.map(({ Subject }) => Subject?.slice(0, 10))).toEqual(['Open:  pro', 'eks-warden']);
});

it('F-03: reads a parameter afresh each time', async () => {
  const read = ssmParameter(await calling((_, nth) => json({ Parameter: { Value: `at ${nth}` } })));
  expect([await read('kill'), await read('kill')]).toEqual(['at 1', 'at 2']);
});

it('F-02: tells a parameter that is not there from one that cannot be read', async () => {
  const absent = ssmParameter(await calling(() => awsError('ssm:GetParameter', 400, 'ParameterNotFound')));
  expect(await absent('kill')).toBeUndefined();
  await server?.stop();
  const refused = ssmParameter(await calling(() => awsError('ssm:GetParameter', 400, 'AccessDeniedException')));
  await expect(refused('kill')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await server?.stop();
  const empty = ssmParameter(await calling(() => json({})));
  await expect(empty('kill')).rejects.toThrow('SSM answered without the value of kill.');
});

it('picks a rotated secret up within five minutes: keeps one that long, and a failure not at all', async () => {
  let time = 0;
  const replies = [awsError('x:y', 400, 'AccessDeniedException'), json({ SecretString: 'one' })];
  const read = managedSecret(
    await calling((_, nth) => replies[nth - 1] ?? json({ SecretBinary: Buffer.from('two').toString('base64') })),
    () => time,
  );
  await expect(read('arn')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  expect(await read('arn')).toBe('one');
  time = 299_999;
  expect(await read('arn')).toBe('one');
  time = 300_000;
  expect(await read('arn')).toBe('two');
});
