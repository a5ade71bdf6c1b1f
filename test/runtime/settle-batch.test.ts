import type { SQSRecord } from 'aws-lambda';
import { expect, it } from 'vitest';
import { PoisonMessage } from '../../shared/runtime/errors.ts';
import { settleBatch } from '../../shared/runtime/settle-batch.ts';
import { aTeller } from '../support/teller.ts';

const messages = (...bodies: string[]) => bodies.map((body, at) => ({ messageId: `m${at}`, body })) as SQSRecord[];

it('B-01: of ten messages only the one that fails goes back, and each of the others is done once', async () => {
  const told = aTeller();
  const done: string[] = [];
  const step = async ({ body }: SQSRecord) => {
    if (body === '3') throw new PoisonMessage('The message is no JSON.');
    done.push(body);
  };
  const answer = await settleBatch(messages('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'), step, told);
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm3' }] });
  expect(done).toEqual(['0', '1', '2', '4', '5', '6', '7', '8', '9']);
  expect(told.counts).toEqual({ received: 10, failed: 1 });
  expect(told.lines).toEqual([
    {
      level: 'error',
      message: 'A message failed and goes back to its queue.',
      messageId: 'm3',
      problem: 'PoisonMessage',
      why: 'The message is no JSON.',
    },
  ]);
});

it.each([
  ['no records', []],
  ['no list of records', undefined],
])('B-04: %s are no error, and counted', async (_, records) => {
  const told = aTeller();
  const step = () => Promise.reject(new Error('There is nothing to do.'));
  expect([await settleBatch(records, step, told), told.counts, told.lines]).toEqual([
    { batchItemFailures: [] },
    { received: 0 },
    [],
  ]);
});

it('B-03: what is no list of messages is thrown, so that the whole batch comes again', async () => {
  const step = async () => undefined;
  await expect(settleBatch('abc' as never, step, aTeller())).rejects.toThrow(TypeError);
});

it.each([['a text'], [undefined], [null], [{ secret: 'canary' }]])(
  'a step that throws %j fails its message alone, and nothing of it is logged',
  async (thrown) => {
    const told = aTeller();
    const step = ({ body }: SQSRecord) => (body === 'bad' ? Promise.reject(thrown) : Promise.resolve());
    expect(await settleBatch(messages('bad', 'good'), step, told)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm0' }],
    });
    expect(told.lines).toEqual([
      {
        level: 'error',
        message: 'A message failed and goes back to its queue.',
        messageId: 'm0',
        problem: 'unknown',
        why: 'an exception that is no error',
      },
    ]);
  },
);

it('a step that throws before it answers with a promise fails its message alone', async () => {
  const step = (): Promise<never> => {
    throw new Error('At once.');
  };
  expect(await settleBatch(messages('a'), step, aTeller())).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
});
