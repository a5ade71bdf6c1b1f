import type { MiddlewareObj } from '@middy/core';
import type { Context } from 'aws-lambda';
import type { Log } from './log.ts';

/** Our one middleware: one line for an invocation, with how long it took or why it failed, and what it counted. Lambda itself tells of those that never end. */
export function chain(name: string, { log, flush }: { log: Log; flush: () => void }): MiddlewareObj {
  const began = new WeakMap<object, number>();
  const about = (event: unknown, context: Context) => ({
    records: recordsIn(event),
    requestId: context.awsRequestId,
    milliseconds: Date.now() - (began.get(context) ?? Date.now()),
  });
  return {
    before: ({ context }) => {
      began.set(context, Date.now());
    },
    after: ({ event, context }) => {
      log.info(`${name} ends`, about(event, context));
      flush();
    },
    onError: ({ event, context, error }) => {
      log.error(`${name} fails`, { ...about(event, context), problem: error?.name, why: error?.message });
      flush();
    },
  };
}

function recordsIn(event: unknown): number {
  const records = typeof event === 'object' && event !== null && 'Records' in event ? event.Records : undefined;
  return Array.isArray(records) ? records.length : 0;
}
