import type { SQSEvent } from 'aws-lambda';
import { afterEach, expect, it } from 'vitest';
import type { Handlers } from '../support/local-world/handlers.ts';
import { type LocalWorld, localWorld } from '../support/local-world/local-world.ts';
import type { LocalWorldOptions } from '../support/local-world/options.ts';

const NOW = Date.parse('2026-03-02T09:00:00Z');

let world: LocalWorld;
afterEach(() => world.close());

/** A world that notes, by seconds since its start, which messages each batch of `evaluate-resource` had. */
async function noting(
  settle: (bodies: string[], event: SQSEvent) => unknown = () => undefined,
  more: Partial<LocalWorldOptions> = {},
) {
  const batches: [number, ...string[]][] = [];
  const handlers: Handlers = {
    'evaluate-resource': async (event: SQSEvent) => {
      const bodies = event.Records.map(({ body }) => body);
      batches.push([(world.now() - NOW) / 1000, ...bodies]);
      return settle(bodies, event);
    },
  };
  world = await localWorld({ now: NOW, handlers, ...more });
  return { batches, rechecks: world.queues.rechecks };
}

const failing =
  (...failed: string[]) =>
  (_bodies: string[], { Records }: SQSEvent) => ({
    batchItemFailures: Records.filter(({ body }) => failed.includes(body)).map(({ messageId }) => ({
      itemIdentifier: messageId,
    })),
  });

it('delivers what is due in batches, and what is delayed when its time has come', async () => {
  const { batches, rechecks } = await noting();
  rechecks.send({ body: 'later', delay: 60 });
  for (const body of 'abcdefghijkl') rechecks.send({ body });
  await world.advance(59_000);
  expect(batches).toEqual([
    [0, ...'abcdefghij'],
    [0, 'k', 'l'],
  ]);
  await world.untilIdle();
  expect(batches.at(-1)).toEqual([60, 'later']);
  expect([world.now(), rechecks.messages]).toEqual([NOW + 60_000, []]);
});

it('lets a batch wait for its window, unless it is full before', async () => {
  const { batches, rechecks } = await noting(undefined, {
    bindings: { queues: { rechecks: { window: 5, batchSize: 3 } } },
  });
  rechecks.send({ body: 'a' });
  world.at(NOW + 4000, 'another', () => void rechecks.send({ body: 'b' }));
  world.at(NOW + 10_000, 'three at once', () => {
    for (const body of 'cdef') rechecks.send({ body });
  });
  await world.untilIdle();
  expect(batches).toEqual([
    [5, 'a', 'b'],
    [10, 'c', 'd', 'e'],
    [15, 'f'],
  ]);
});

it('brings back only the messages that failed, and buries them after their last receive', async () => {
  const { batches, rechecks } = await noting(failing('bad'), {
    bindings: { queues: { rechecks: { visibilityTimeout: 30, maxReceiveCount: 3 } } },
  });
  for (const body of ['good', 'bad']) rechecks.send({ body });
  await world.untilIdle();
  expect(batches).toEqual([
    [0, 'good', 'bad'],
    [30, 'bad'],
    [60, 'bad'],
  ]);
  expect(rechecks.dead.map(({ body, receives }) => [body, receives])).toEqual([['bad', 3]]);
  expect([world.now() - NOW, rechecks.messages]).toEqual([90_000, []]);
});

it.each([
  ['throws', () => Promise.reject(new Error('out of order'))],
  ['names a message that it was not given', () => ({ batchItemFailures: [{ itemIdentifier: 'other' }] })],
  ['names a message by an empty id', () => ({ batchItemFailures: [{ itemIdentifier: '' }] })],
])('brings back the whole batch where the function %s', async (_what, settle) => {
  const { batches, rechecks } = await noting(settle, { bindings: { queues: { rechecks: { maxReceiveCount: 2 } } } });
  for (const body of 'ab') rechecks.send({ body });
  await world.untilIdle();
  expect(batches).toEqual([
    [0, 'a', 'b'],
    [180, 'a', 'b'],
  ]);
  expect(rechecks.dead.length).toBe(2);
});

it('hides a message for as long as its function asks', async () => {
  const { batches, rechecks } = await noting((bodies, event) => {
    const [record] = event.Records;
    if (record && batches.length === 1) rechecks.hide(record.receiptHandle, 7);
    return batches.length === 1 ? failing(...bodies)(bodies, event) : undefined;
  });
  rechecks.send({ body: 'a' });
  await world.untilIdle();
  expect(batches).toEqual([
    [0, 'a'],
    [7, 'a'],
  ]);
});

it('shows a function its messages as SQS does', async () => {
  const { rechecks } = await noting();
  const attributes = { kind: { DataType: 'String', StringValue: 'cluster' } };
  rechecks.send({ body: 'x', group: '111122223333#eu-west-1', attributes, delay: 2 });
  await world.untilIdle();
  const id = 'the-id';
  const [record] = world.invocations.flatMap(({ event }) => event.Records as SQSEvent['Records']);
  expect({ ...record, messageId: id, receiptHandle: id }).toEqual({
    messageId: id,
    receiptHandle: id,
    body: 'x',
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: String(NOW),
      SenderId: 'AROAEXAMPLEWARDEN0001:eks-warden',
      ApproximateFirstReceiveTimestamp: String(NOW + 2000),
      MessageGroupId: '111122223333#eu-west-1',
    },
    messageAttributes: {
      kind: { stringValue: 'cluster', stringListValues: [], binaryListValues: [], dataType: 'String' },
    },
    md5OfBody: '9dd4e461268c8034f5c8564e155c67a6',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:111122223333:rechecks',
    awsRegion: 'eu-west-1',
  });
  expect(record?.receiptHandle).toContain(record?.messageId);
});

it('keeps what no function reads', async () => {
  const { batches } = await noting();
  world.queues.fixes.send({ body: 'fix' });
  await world.untilIdle();
  expect([batches, world.queues.fixes.messages.map(({ body }) => body)]).toEqual([[], ['fix']]);
});

it('runs several batches at the same time where a mapping allows it', async () => {
  let running = 0;
  let most = 0;
  const { batches, rechecks } = await noting(
    async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    },
    { bindings: { queues: { rechecks: { batchSize: 1, atOnce: 2 } } } },
  );
  for (const body of 'abc') rechecks.send({ body });
  await world.untilIdle();
  expect([most, batches]).toEqual([
    2,
    [
      [0, 'a'],
      [0, 'b'],
      [0, 'c'],
    ],
  ]);
});

it('shuffles and repeats as its seed says, and loses nothing', async () => {
  const run = async (seed: number) => {
    const { batches, rechecks } = await noting(undefined, {
      disorder: { seed, repeats: 0.5 },
      bindings: { queues: { rechecks: { batchSize: 3 } } },
    });
    for (const body of 'abcdefghij') rechecks.send({ body });
    await world.untilIdle();
    const order = batches.flatMap(([, ...bodies]) => bodies);
    expect([new Set(order).size, rechecks.dead]).toEqual([10, []]);
    await world.close();
    return order.join('');
  };
  const [one, again, other] = [await run(1), await run(1), await run(2)];
  expect(one).toBe(again);
  expect(one).not.toBe(other);
  expect(one.length).toBeGreaterThan(10);
});
