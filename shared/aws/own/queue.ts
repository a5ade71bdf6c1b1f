import type { Queue } from '../world.ts';
import { type Calling, clientConfig, once } from './calling.ts';

/** SQS delays no longer than this (s). */
const MOST_DELAY = 900;
/** Nor hides one for longer (s). */
const MOST_HIDDEN = 43_200;

/** A queue over SQS. A longer delay than SQS knows becomes its longest: what arrives early waits again. */
export function sqsQueue(url: string, calling: Calling): Queue<unknown> {
  const connect = once(async () => {
    const { SQSClient, SendMessageCommand } = await import('./sqs.ts');
    return { sqs: new SQSClient(clientConfig(calling)), SendMessageCommand };
  });
  return {
    async send(message, { delay = 0, group } = {}) {
      const { sqs, SendMessageCommand } = await connect();
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: url,
          MessageBody: JSON.stringify(message),
          DelaySeconds: Math.min(MOST_DELAY, Math.max(0, Math.ceil(delay))),
          ...(group === undefined ? {} : { MessageGroupId: group }),
        }),
      );
    },
  };
}

/** Keeps a received message of a queue out of sight for so many seconds (12 hours at most): it comes back then, and counts as received once more. */
export function sqsHider(url: string, calling: Calling): (receiptHandle: string, seconds: number) => Promise<void> {
  const connect = once(async () => {
    const { SQSClient, ChangeMessageVisibilityCommand } = await import('./sqs.ts');
    return { sqs: new SQSClient(clientConfig(calling)), ChangeMessageVisibilityCommand };
  });
  return async (receiptHandle, seconds) => {
    const { sqs, ChangeMessageVisibilityCommand } = await connect();
    const VisibilityTimeout = Math.min(MOST_HIDDEN, Math.max(0, Math.ceil(seconds)));
    await sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: receiptHandle, VisibilityTimeout }),
    );
  };
}
