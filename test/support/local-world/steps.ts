import type { DynamoDBRecord } from 'aws-lambda';
import type { CloudCall } from '../cloud/own/own-cloud.ts';
import type { SlackPost } from '../cloud/own/slack-receiver.ts';
import type { Published } from '../cloud/own/sns.ts';
import type { FunctionName } from './handlers.ts';

/** What happens in the world, as it happens; each comes with `at`, the world's time. */
export type Step =
  | { step: 'event'; event: unknown; matched: boolean }
  | { step: 'message'; queue: string; id: string; body: string; due: number; group?: string }
  | { step: 'dead'; queue: string; id: string; body: string; receives: number }
  | { step: 'invocation'; function: FunctionName; requestId: string; event: unknown }
  | { step: 'outcome'; function: FunctionName; requestId: string; result?: unknown; error?: unknown }
  | { step: 'log'; function: FunctionName; line: string }
  | { step: 'record'; record: DynamoDBRecord; wanted: boolean }
  | { step: 'lost'; batch: LostBatch }
  | { step: 'publish'; id: string; published: Published; to: string[] }
  | { step: 'slack'; post: SlackPost }
  | { step: 'call'; call: CloudCall };

export type TimedStep = Step & { at: number };

/** What a stream's mapping sends to its on-failure queue: where the records are, not the records. */
export interface LostBatch {
  requestContext: { requestId: string; condition: 'RetryAttemptsExhausted'; approximateInvokeCount: number };
  DDBStreamBatchInfo: { startSequenceNumber: string; endSequenceNumber: string; batchSize: number; streamArn: string };
}

export type Emit = (step: Step) => void;
