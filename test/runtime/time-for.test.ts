import type { SQSRecord } from 'aws-lambda';
import { expect, it } from 'vitest';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import { evaluateSteps } from '../../shared/findings/steps.ts';
import { settleBatch } from '../../shared/runtime/settle-batch.ts';
import { timeFor } from '../../shared/runtime/time-for.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { TestWorld } from '../support/a-world.ts';
import { aTeller } from '../support/teller.ts';

/** The time that an invocation has left, question by question. */
function aContext(...left: number[]) {
  let asked = 0;
  return {
    getRemainingTimeInMillis() {
      asked += 1;
      return left[asked - 1] ?? left.at(-1) ?? 0;
    },
  };
}

const OUT_OF_TIME = {
  level: 'error',
  message: 'A message failed and goes back to its queue.',
  problem: 'OutOfTime',
  why: 'Too little time was left to begin with it.',
};

it.each([
  ['a minute, nothing begins in the last ten seconds', 60_000, 10_000],
  ['ten seconds, nothing begins in the last third', 9_000, 3_000],
])('M-02: of %s', (_, whole, margin) => {
  const enough = timeFor(aContext(whole, margin + 1, margin, margin - 1, 0));
  expect([enough(), enough(), enough(), enough()]).toEqual([true, true, false, false]);
});

it('M-02: a message that there is no time for is not begun, goes back alone and is counted', async () => {
  const told = aTeller();
  const done: string[] = [];
  const records = ['a', 'b', 'c'].map((body) => ({ messageId: body, body })) as SQSRecord[];
  const step = async ({ body }: SQSRecord) => void done.push(body);
  const answer = await settleBatch(records, step, told, timeFor(aContext(30_000, 20_000, 10_000, 9_999)));
  expect([answer, done, told.counts, told.lines]).toEqual([
    { batchItemFailures: [{ itemIdentifier: 'c' }] },
    ['a', 'b'],
    { received: 3, failed: 1 },
    [{ ...OUT_OF_TIME, messageId: 'c' }],
  ]);
});

it('M-02: a message that waited for its neighbour asks for the time when its turn comes', async () => {
  const world = new TestWorld();
  let left = 60_000;
  world.answers['eks:DescribeCluster'] = () => {
    left = 5_000;
    return { cluster: { name: 'payments', status: 'ACTIVE' } };
  };
  const resource = { kind: 'cluster', id: 'payments', account: '111122223333', region: 'eu-west-1' };
  const body = (seenAt: number) => JSON.stringify({ resource, seenAt, life: 'changed', why: 'event' });
  const records = [body(world.clock - 120_000), body(world.clock)].map((each, at) => ({
    messageId: `m${at}`,
    body: each,
  }));
  const steps = evaluateSteps(world, aBaseline([logging]));
  const told = aTeller();
  const enough = timeFor({ getRemainingTimeInMillis: () => left });
  expect(await settleBatch(records as SQSRecord[], steps(), told, enough)).toEqual({
    batchItemFailures: [{ itemIdentifier: 'm1' }],
  });
  expect([world.calls.filter((call) => call === 'eks:DescribeCluster').length, told.lines]).toEqual([
    1,
    [{ ...OUT_OF_TIME, messageId: 'm1' }],
  ]);
});
