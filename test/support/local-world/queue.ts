import { createHash } from 'node:crypto';
import type { SQSRecord } from 'aws-lambda';
import { type Clock, SECOND } from '../../../shared/runtime/clock.ts';
import type { MessageAttribute, Sent } from '../cloud/own/sqs.ts';
import { type Chance, idMaker } from './chance.ts';
import type { Emit } from './steps.ts';

export interface QueueSettings {
  /** Seconds that a received message stays hidden from others. */
  visibilityTimeout: number;
  /** Received more often than this, a message goes to the dead-letter queue. */
  maxReceiveCount: number;
}

export interface Message {
  id: string;
  body: string;
  group: string | undefined;
  attributes: Readonly<Record<string, MessageAttribute>>;
  sentAt: number;
  visibleAt: number;
  receives: number;
  firstReceivedAt: number | undefined;
  /** Of the last receive; empty before the first. */
  handle: string;
  /** Was delivered twice on purpose already. */
  repeated: boolean;
}

export interface QueueOptions {
  name: string;
  arn: string;
  settings: QueueSettings;
  now: Clock;
  emit: Emit;
  /** Where given, visible messages are received in any order, as SQS does. */
  chance: Chance | undefined;
}

/** A standard queue in memory with its dead-letter queue. */
export class MemoryQueue {
  /** What was received too often. */
  readonly dead: Message[] = [];
  /** Told whenever a message may become visible earlier than before. */
  onChange: () => void = () => undefined;
  readonly #options: QueueOptions;
  readonly #nextId: () => string;
  #messages: Message[] = [];

  constructor(options: QueueOptions) {
    this.#options = options;
    this.#nextId = idMaker(`message ${options.name}`);
  }

  /** Everything in the queue, delayed and in flight included, in the order of sending. */
  get messages(): readonly Message[] {
    return this.#messages;
  }

  send({ body, delay = 0, group, attributes = {} }: Sent): string {
    const { name, now, emit } = this.#options;
    const id = this.#nextId();
    const due = now() + delay * SECOND;
    const rest = { receives: 0, firstReceivedAt: undefined, handle: '', repeated: false };
    this.#messages.push({ id, body, group, attributes, sentAt: now(), visibleAt: due, ...rest });
    emit({ step: 'message', queue: name, id, body, due, ...(group !== undefined && { group }) });
    this.onChange();
    return id;
  }

  /** Takes what is visible, and hides it for the visibility timeout. What was received too often is moved away instead. */
  receive(most: number): Message[] {
    const { settings, now, chance } = this.#options;
    const visible = this.#messages.filter(({ visibleAt }) => visibleAt <= now());
    const ranked = visible.map((message) => ({ message, rank: chance ? chance() : message.visibleAt }));
    const taken: Message[] = [];
    for (const { message } of ranked.sort((a, b) => a.rank - b.rank)) {
      if (taken.length === most) break;
      if (message.receives >= settings.maxReceiveCount) {
        this.#bury(message);
        continue;
      }
      message.receives += 1;
      message.firstReceivedAt ??= now();
      message.handle = `${message.id}/${message.receives}`;
      message.visibleAt = now() + settings.visibilityTimeout * SECOND;
      taken.push(message);
    }
    return taken;
  }

  delete(message: Message): void {
    this.#messages = this.#messages.filter((one) => one !== message);
  }

  /** Lets a message be received once more although it was done: standard queues promise only at least once. */
  repeat(message: Message): void {
    message.repeated = true;
    message.receives -= 1;
    message.visibleAt = this.#options.now();
  }

  hide(handle: string, seconds: number): 'done' | 'unknown' | 'not in flight' {
    const { now } = this.#options;
    const message = this.#messages.find((one) => one.handle !== '' && one.handle === handle);
    if (message === undefined) return 'unknown';
    if (message.visibleAt <= now()) return 'not in flight';
    message.visibleAt = now() + seconds * SECOND;
    this.onChange();
    return 'done';
  }

  /** When the next message is to be had; undefined for an empty queue. */
  get nextVisible(): number | undefined {
    const times = this.#messages.map(({ visibleAt }) => visibleAt);
    return times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b));
  }

  get visible(): number {
    return this.#messages.filter(({ visibleAt }) => visibleAt <= this.#options.now()).length;
  }

  /** A message as a function gets it. */
  record({ id, body, handle, receives, sentAt, firstReceivedAt = sentAt, group, attributes }: Message): SQSRecord {
    const { arn } = this.#options;
    return {
      messageId: id,
      receiptHandle: handle,
      body,
      attributes: {
        ApproximateReceiveCount: String(receives),
        SentTimestamp: String(sentAt),
        SenderId: 'AROAEXAMPLEWARDEN0001:eks-warden',
        ApproximateFirstReceiveTimestamp: String(firstReceivedAt),
        ...(group !== undefined && { MessageGroupId: group }),
      },
      messageAttributes: recordedAttributes(attributes),
      md5OfBody: createHash('md5').update(body).digest('hex'),
      eventSource: 'aws:sqs',
      eventSourceARN: arn,
      awsRegion: arn.split(':')[3] ?? '',
    };
  }

  #bury(message: Message): void {
    const { name, emit } = this.#options;
    this.delete(message);
    this.dead.push(message);
    emit({ step: 'dead', queue: name, id: message.id, body: message.body, receives: message.receives });
  }
}

function recordedAttributes(attributes: Message['attributes']): SQSRecord['messageAttributes'] {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      {
        dataType: DataType as 'String',
        stringListValues: [],
        binaryListValues: [],
        ...(StringValue !== undefined && { stringValue: StringValue }),
        ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
      },
    ]),
  );
}
