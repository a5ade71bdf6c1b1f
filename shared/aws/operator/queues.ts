import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Calling, clientConfig } from '../own/calling.ts';
import { sqsQueue } from '../own/queue.ts';
import type { Read } from '../read.ts';
import { asked, type OperatorSession } from './session.ts';

/** How many messages wait, are worked on, or are not due yet; SQS counts approximately. */
export interface QueueDepth {
  waiting: number;
  working: number;
  delayed: number;
}

const ATTRIBUTES = {
  waiting: 'ApproximateNumberOfMessages',
  working: 'ApproximateNumberOfMessagesNotVisible',
  delayed: 'ApproximateNumberOfMessagesDelayed',
} as const;

const isGone = ({ name }: Error) => /QueueDoesNotExist|NonExistentQueue/.test(name);

/** An endpoint that the person has set is meant for queues too, whatever host their URLs name. */
export function callingQueues(session: OperatorSession, region?: string): Calling {
  const { client, ...calling } = session.calling(region);
  const hasOwn = Boolean(process.env.AWS_ENDPOINT_URL_SQS || process.env.AWS_ENDPOINT_URL);
  return { ...calling, client: { ...client, useQueueUrlAsEndpoint: !hasOwn } };
}

export function queueDepth(session: OperatorSession, url: string, region?: string): Promise<Read<QueueDepth>> {
  const sqs = new SQSClient(clientConfig(callingQueues(session, region)));
  return asked(
    'sqs:GetQueueAttributes',
    async () => {
      const names = Object.values(ATTRIBUTES);
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: names }));
      const count = (name: keyof typeof ATTRIBUTES) => Number(Attributes?.[ATTRIBUTES[name]] ?? 0);
      return { waiting: count('waiting'), working: count('working'), delayed: count('delayed') };
    },
    isGone,
  );
}

export function sendMessage(session: OperatorSession, url: string, message: object): Promise<Read<true>> {
  const queue = sqsQueue(url, callingQueues(session));
  return asked('sqs:SendMessage', () => queue.send(message).then(() => true as const), isGone);
}
