import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { expect, it } from 'vitest';
import { chain } from '../../shared/runtime/chain.ts';
import { aTeller } from '../support/teller.ts';

const context = () => ({ awsRequestId: 'request-1' }) as Context;

function run(step: (event: unknown) => unknown, event: unknown) {
  const told = aTeller();
  const handler = middy()
    .use(chain('evaluate-resource', told))
    .handler(async (given) => step(given));
  return { told, answer: handler(event, context()) as Promise<unknown> };
}

it('writes one line, and what was counted once', async () => {
  const { told, answer } = run(() => 'answer', { Records: [{ body: 'canary' }, { body: 'canary' }] });
  expect(await answer).toBe('answer');
  expect(told.lines).toEqual([
    {
      level: 'info',
      message: 'evaluate-resource ends',
      records: 2,
      requestId: 'request-1',
      milliseconds: expect.any(Number),
    },
  ]);
  expect(told.flushes()).toBe(1);
});

it('B-03: what is thrown outside the messages is logged once, counted, and thrown on', async () => {
  const bug = new TypeError('Something is not as it was thought.');
  const { told, answer } = run(() => Promise.reject(bug), { Records: [{}] });
  await expect(answer).rejects.toBe(bug);
  expect(told.lines).toEqual([
    {
      level: 'error',
      message: 'evaluate-resource fails',
      records: 1,
      requestId: 'request-1',
      milliseconds: expect.any(Number),
      problem: 'TypeError',
      why: bug.message,
    },
  ]);
  expect(told.flushes()).toBe(1);
});

it.each([[{}], [{ Records: 'many' }], [null], ['text'], [[]]])(
  'B-04: an event like %j has no records, and the chain does not mind',
  async (event) => {
    const { told, answer } = run(() => undefined, event);
    await answer;
    expect(told.lines[0]).toEqual({
      level: 'info',
      message: 'evaluate-resource ends',
      records: 0,
      requestId: 'request-1',
      milliseconds: expect.any(Number),
    });
  },
);
