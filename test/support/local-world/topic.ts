import type { Clock } from '../../../shared/runtime/clock.ts';
import type { Published } from '../cloud/own/sns.ts';
import type { QueueName } from './bindings.ts';
import { idMaker } from './chance.ts';
import type { Emit } from './steps.ts';

/** Values that an attribute may have; every attribute named must have one of its own. */
export type FilterPolicy = Readonly<Record<string, readonly string[]>>;

/** `queue` for protocol sqs; the others are recorded as delivered. */
export type Subscription = { filter?: FilterPolicy } & (
  | { protocol: 'sqs'; queue: QueueName }
  | { protocol: 'email' | 'https' | 'lambda'; name: string }
);

/** What somebody outside got. */
export interface Delivery {
  at: number;
  id: string;
  name: string;
  protocol: 'email' | 'https' | 'lambda';
  subject: string | undefined;
  message: string;
}

export interface TopicOptions {
  arn: string;
  subscriptions: readonly Subscription[];
  send: (queue: QueueName, body: string) => void;
  deliveries: Delivery[];
  now: Clock;
  emit: Emit;
}

/** A topic that hands on at once what it gets, to each subscription whose filter fits. Undefined for another topic's ARN. */
export function topic({ arn, subscriptions, send, deliveries, now, emit }: TopicOptions) {
  const nextId = idMaker('notice');
  return (published: Published): string | undefined => {
    if (published.topic !== arn) return undefined;
    const id = nextId();
    const fitting = subscriptions.filter(({ filter }) => fits(published, filter));
    const to = fitting.map((one) => (one.protocol === 'sqs' ? one.queue : one.name));
    emit({ step: 'publish', id, published, to });
    for (const one of fitting) {
      if (one.protocol === 'sqs') {
        send(one.queue, JSON.stringify(envelope(id, published, now())));
        continue;
      }
      const { name, protocol } = one;
      const message = published.message[protocol] ?? published.message.default;
      deliveries.push({ at: now(), id, name, protocol, subject: published.subject, message });
    }
    return id;
  };
}

function fits({ attributes }: Published, filter: FilterPolicy = {}): boolean {
  return Object.entries(filter).every(([name, values]) => values.includes(attributes[name]?.value ?? ''));
}

/** A notification as a queue gets it without raw delivery. */
function envelope(id: string, { topic: arn, subject, message, attributes }: Published, at: number): object {
  return {
    Type: 'Notification',
    MessageId: id,
    TopicArn: arn,
    ...(subject !== undefined && { Subject: subject }),
    Message: message.sqs ?? message.default,
    Timestamp: new Date(at).toISOString(),
    SignatureVersion: '1',
    Signature: 'EXAMPLE',
    SigningCertURL: 'https://sns.example.com/SimpleNotificationService-example.pem',
    UnsubscribeURL: 'https://sns.example.com/?Action=Unsubscribe',
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, { type, value }]) => [name, { Type: type, Value: value }]),
    ),
  };
}
