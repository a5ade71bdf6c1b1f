import type { Queue } from '../world.ts';
import { type Calling, clientConfig, once } from './calling.ts';

/** SQS delays no longer than this (s). */
const MOST_DELAY = 900;

/** A queue over SQS. A longer delay than SQS knows becomes its longest: what arrives early waits again. */
export function sqsQueue(url: string, calling: Calling): Queue<unknown> {
  const connect = once(async () => {
    const { SQSClient, SendMessageCommand } = await import('@aws-sdk/client-sqs');
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
