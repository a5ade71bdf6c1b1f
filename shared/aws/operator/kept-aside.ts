import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { clientConfig } from '../own/calling.ts';
import type { Read } from '../read.ts';
import { callingQueues } from './queues.ts';
import { asked, type OperatorSession } from './session.ts';

/** A message of a queue that keeps what could not be handled. */
export interface KeptMessage {
  id: string;
  body: string;
  /** When it was first sent, before it was set aside (ms). */
  sentAt: number;
  /** How often it was received, by whomever. */
  received: number;
  group?: string;
  /** Texts that EventBridge and SNS add: why they could not deliver it. */
  attributes: Readonly<Record<string, string>>;
}

interface Held extends KeptMessage {
  receipt: string;
  carried: Record<string, MessageAttributeValue> | undefined;
}

/** One such queue, from the first look until it is let go: what was read stays hidden from others for a while. */
export interface KeptAside {
  /** All that was there, the oldest first. */
  messages: readonly KeptMessage[];
  /** Hands a message to another queue as it was, and only then takes it out of this one. */
  moveTo(url: string, message: KeptMessage): Promise<Read<true>>;
  drop(message: KeptMessage): Promise<Read<true>>;
  /** Shows what was neither moved nor dropped to others again. */
  letGo(): Promise<void>;
}

/** Seconds for which what was read is nobody else's: longer than any move of so many takes. */
const HIDDEN = 900;
const MOST = 10_000;
const isGone = ({ name }: Error) => /QueueDoesNotExist|NonExistentQueue/.test(name);

/** `to` reaches the queues that messages are moved to, where they are in another region or account. */
export function keptAside(session: OperatorSession, url: string, to = session): Promise<Read<KeptAside>> {
  const [sqs, there] = [session, to].map((each) => new SQSClient(clientConfig(callingQueues(each)))) as [
    SQSClient,
    SQSClient,
  ];
  return asked('sqs:ReceiveMessage', async () => handling(sqs, url, await received(sqs, url), there), isGone);
}

async function received(sqs: SQSClient, url: string): Promise<Held[]> {
  const all = new Map<string, Held>();
  for (let empty = 0; empty < 2 && all.size < MOST; ) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: HIDDEN,
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
    );
    const fresh = Messages.map(heldOf).filter(({ id }) => !all.has(id));
    for (const each of fresh) all.set(each.id, each);
    // One answer may miss some of a queue's servers.
    empty = fresh.length === 0 ? empty + 1 : 0;
  }
  return [...all.values()].sort((a, b) => a.sentAt - b.sentAt);
}

function heldOf({ MessageId = '', Body = '', ReceiptHandle = '', Attributes = {}, MessageAttributes }: Message): Held {
  const { SentTimestamp, ApproximateReceiveCount, MessageGroupId } = Attributes;
  const texts = Object.entries(MessageAttributes ?? {}).map(([name, { StringValue = '' }]) => [name, StringValue]);
  return {
    id: MessageId,
    body: Body,
    sentAt: Number(SentTimestamp ?? 0),
    received: Number(ApproximateReceiveCount ?? 1),
    ...(MessageGroupId === undefined ? {} : { group: MessageGroupId }),
    attributes: Object.fromEntries(texts),
    receipt: ReceiptHandle,
    carried: MessageAttributes,
  };
}

function handling(sqs: SQSClient, url: string, held: readonly Held[], there: SQSClient): KeptAside {
  const left = new Map(held.map((each) => [each.id, each]));
  const take = async (id: string): Promise<true> => {
    const one = left.get(id);
    if (one === undefined) return true;
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: one.receipt }));
    left.delete(id);
    return true;
  };
  return {
    messages: held,
    async moveTo(to, { id, body, group }) {
      const carried = left.get(id)?.carried;
      const sent = await asked('sqs:SendMessage', () =>
        there.send(
          new SendMessageCommand({
            QueueUrl: to,
            MessageBody: body,
            ...(group === undefined ? {} : { MessageGroupId: group }),
            ...(carried === undefined ? {} : { MessageAttributes: carried }),
          }),
        ),
      );
      return sent.outcome === 'found' ? asked('sqs:DeleteMessage', () => take(id), isGone) : sent;
    },
    drop: ({ id }) => asked('sqs:DeleteMessage', () => take(id), isGone),
    async letGo() {
      for (const { receipt } of left.values()) {
        await asked('sqs:ChangeMessageVisibility', () =>
          sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: receipt, VisibilityTimeout: 0 })),
        );
      }
    },
  };
}
