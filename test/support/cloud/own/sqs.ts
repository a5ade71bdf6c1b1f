import { createHash } from 'node:crypto';
import { jsonService, OwnFault, type OwnService, textOf } from './wire.ts';

/** An attribute as SQS takes it. */
export interface MessageAttribute {
  DataType: string;
  StringValue?: string;
  BinaryValue?: string;
}

/** A message as its sender gave it. `delay` in seconds; undefined: the queue's own. */
export interface Sent {
  body: string;
  delay?: number;
  group?: string;
  attributes?: Readonly<Record<string, MessageAttribute>>;
}

/** The queues behind the wire. */
export interface QueueDesk {
  /** Undefined where there is no such queue. Answers the message's id. */
  send(queue: string, message: Sent): string | undefined;
  /** `unknown`: not a handle of this queue; `not in flight`: nobody holds the message. */
  hide(queue: string, receiptHandle: string, seconds: number): 'done' | 'unknown' | 'not in flight' | undefined;
}

type Input = Record<string, unknown>;

const MOST_DELAY = 900;
const LONGEST_INVISIBLE = 43_200;
const MOST_BYTES = 1024 * 1024;
const MOST_ENTRIES = 10;
/** What SQS refuses in a body: all that XML 1.0 cannot hold. */
const REFUSED = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** SQS as its JSON protocol has it. What AWS refuses is refused here. */
export function sqs(desk: QueueDesk): OwnService {
  return jsonService('1.0', {
    SendMessage: (input) => send(desk, queueOf(input), input),
    SendMessageBatch: (input) => sendBatch(desk, input),
    ChangeMessageVisibility: (input) => hide(desk, input),
  });
}

function send(desk: QueueDesk, queue: string, input: Input) {
  const message = sentOf(input);
  const MessageId = desk.send(queue, message);
  if (MessageId === undefined) throw noQueue();
  return { MessageId, MD5OfMessageBody: createHash('md5').update(message.body).digest('hex') };
}

function sendBatch(desk: QueueDesk, input: Input) {
  const queue = queueOf(input);
  const entries = Array.isArray(input.Entries) ? (input.Entries as Input[]) : [];
  const ids = entries.map((entry) => textOf(entry, 'Id', 'AWS.SimpleQueueService.InvalidBatchEntryId'));
  if (entries.length === 0) throw new OwnFault('com.amazonaws.sqs#EmptyBatchRequest', 'There are no entries.');
  if (entries.length > MOST_ENTRIES) {
    throw new OwnFault('com.amazonaws.sqs#TooManyEntriesInBatchRequest', `At most ${MOST_ENTRIES} entries.`);
  }
  if (new Set(ids).size < ids.length) {
    throw new OwnFault('com.amazonaws.sqs#BatchEntryIdsNotDistinct', 'Two entries have one id.');
  }
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const [index, entry] of entries.entries()) {
    const Id = ids[index];
    try {
      Successful.push({ Id, ...send(desk, queue, entry) });
    } catch (fault) {
      if (!(fault instanceof OwnFault) || fault.code.endsWith('QueueDoesNotExist')) throw fault;
      Failed.push({ Id, Code: fault.code.replace(/^.*#/, ''), Message: fault.message, SenderFault: true });
    }
  }
  return { Successful, ...(Failed.length > 0 && { Failed }) };
}

function hide(desk: QueueDesk, input: Input): object {
  const seconds = input.VisibilityTimeout;
  if (typeof seconds !== 'number' || seconds < 0 || seconds > LONGEST_INVISIBLE) {
    throw invalid(`VisibilityTimeout must be between 0 and ${LONGEST_INVISIBLE}.`);
  }
  const done = desk.hide(queueOf(input), textOf(input, 'ReceiptHandle'), seconds);
  if (done === undefined) throw noQueue();
  if (done === 'unknown') throw new OwnFault('com.amazonaws.sqs#ReceiptHandleIsInvalid', 'No such receipt handle.');
  if (done === 'not in flight') {
    throw new OwnFault('com.amazonaws.sqs#MessageNotInflight', 'The message is not in flight.');
  }
  return {};
}

function sentOf(input: Input): Sent {
  const { DelaySeconds: delay, MessageGroupId: group, MessageAttributes: attributes } = input;
  const body = textOf(input, 'MessageBody', 'com.amazon.coral.service#MissingParameter');
  if (Buffer.byteLength(body) > MOST_BYTES) throw invalid(`The message is longer than ${MOST_BYTES} bytes.`);
  if (REFUSED.test(body)) {
    throw new OwnFault('com.amazonaws.sqs#InvalidMessageContents', 'The body holds a character that SQS refuses.');
  }
  if (delay !== undefined && (typeof delay !== 'number' || delay < 0 || delay > MOST_DELAY)) {
    throw invalid(`DelaySeconds must be between 0 and ${MOST_DELAY}.`);
  }
  if (group !== undefined && (typeof group !== 'string' || !/^[\x21-\x7e]{1,128}$/.test(group))) {
    throw invalid('MessageGroupId must be 1 to 128 letters, digits and punctuation.');
  }
  return {
    body,
    ...(delay !== undefined && { delay }),
    ...(group !== undefined && { group }),
    ...(attributes !== undefined && { attributes: attributes as Record<string, MessageAttribute> }),
  };
}

/** A queue is named by the last part of its URL. */
function queueOf(input: Input): string {
  return textOf(input, 'QueueUrl').split('/').at(-1) ?? '';
}

function invalid(message: string): OwnFault {
  return new OwnFault('com.amazonaws.sqs#InvalidParameterValue', message);
}

function noQueue(): OwnFault {
  return new OwnFault('com.amazonaws.sqs#QueueDoesNotExist', 'The specified queue does not exist.');
}
