import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { always, expectTime, type TimeFor } from './time-for.ts';

/**
 * Runs a step for each message of a batch. One that fails, or for which no time is left, goes back alone: to be tried
 * again, and in the end to the dead-letter queue. A step that waits its turn asks for the time again.
 */
export async function settleBatch(
  records: readonly SQSRecord[] | undefined,
  step: (record: SQSRecord, enough: TimeFor) => Promise<unknown>,
  { log, metrics }: { log: Log; metrics: Metrics },
  enough: TimeFor = always,
): Promise<SQSBatchResponse> {
  metrics.count('received', records?.length ?? 0);
  const failed = await Promise.all(
    (records ?? []).map(async (record) => {
      try {
        expectTime(enough);
        await step(record, enough);
        return [];
      } catch (error) {
        metrics.count('failed');
        log.error('A message failed and goes back to its queue.', {
          messageId: record.messageId,
          problem: error instanceof Error ? error.name : 'unknown',
          why: error instanceof Error ? error.message : 'an exception that is no error',
        });
        return [{ itemIdentifier: record.messageId }];
      }
    }),
  );
  return { batchItemFailures: failed.flat() };
}
