import type { MiddlewareObj } from '@middy/core';
import type { Log } from './log.ts';

/** Our one middleware: how long an invocation took and what it counted, and its error once, before it is thrown on. */
export function chain(name: string, { log, flush }: { log: Log; flush: () => void }): MiddlewareObj {
  const began = new WeakMap<object, number>();
  return {
    before: ({ event, context }) => {
      began.set(context, Date.now());
      log.info(`${name} begins`, { records: recordsIn(event), requestId: context.awsRequestId });
    },
    after: ({ context }) => {
      log.info(`${name} ends`, { milliseconds: Date.now() - (began.get(context) ?? Date.now()) });
      flush();
    },
    onError: ({ error }) => {
      log.error(`${name} fails`, { problem: error?.name, why: error?.message });
      flush();
    },
  };
}

function recordsIn(event: unknown): number {
  const records = typeof event === 'object' && event !== null && 'Records' in event ? event.Records : undefined;
  return Array.isArray(records) ? records.length : 0;
}
