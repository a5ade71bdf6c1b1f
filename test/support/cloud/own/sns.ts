import { OwnFault, type OwnService, objectOf, type WireAnswer } from './wire.ts';

/** What was published, as SNS will hand it on. */
export interface Published {
  topic: string;
  subject?: string;
  /** By protocol; `default` is what all others get. */
  message: Readonly<Record<string, string>> & { default: string };
  attributes: Readonly<Record<string, { type: string; value: string }>>;
}

/** The topics behind the wire: answers a message id, undefined where there is no such topic. */
export type TopicDesk = (published: Published) => string | undefined;

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';
const MOST_BYTES = 256 * 1024;

/** SNS's Publish as its Query protocol has it. What AWS refuses is refused here. */
export function sns(publish: TopicDesk): OwnService {
  return {
    operationOf: ({ body }) => new URLSearchParams(body).get('Action') ?? '',
    answer({ body }) {
      const form = new URLSearchParams(body);
      const action = form.get('Action') ?? '';
      if (action !== 'Publish') throw new OwnFault('InvalidAction', `${action} is not known here.`);
      const id = publish(publishedOf(form));
      if (id === undefined) throw new OwnFault('NotFound', 'Topic does not exist', 404);
      return xml(
        200,
        `<PublishResponse xmlns="${NAMESPACE}"><PublishResult><MessageId>${id}</MessageId></PublishResult></PublishResponse>`,
      );
    },
    error: ({ code, message, status }) =>
      xml(
        status,
        `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>` +
          `<Code>${code}</Code><Message>${escaped(message)}</Message></Error></ErrorResponse>`,
      ),
  };
}

function publishedOf(form: URLSearchParams): Published {
  const text = form.get('Message') ?? '';
  const subject = form.get('Subject');
  if (text === '') throw invalid('Empty message');
  if (Buffer.byteLength(text) > MOST_BYTES) throw invalid('Message too long');
  if (subject !== null && !/^[\x21-\x7e][\x20-\x7e]{0,99}$/.test(subject)) throw invalid('Subject');
  return {
    topic: form.get('TopicArn') ?? '',
    ...(subject !== null && { subject }),
    message: form.get('MessageStructure') === 'json' ? perProtocol(text) : { default: text },
    attributes: attributesOf(form),
  };
}

function perProtocol(text: string): Published['message'] {
  const parts = Object.entries(objectOf(text)).filter((part): part is [string, string] => typeof part[1] === 'string');
  const message: Record<string, string> = Object.fromEntries(parts);
  const { default: standard } = message;
  if (standard === undefined) throw invalid('Message Structure - No default entry in JSON message body');
  return { ...message, default: standard };
}

function attributesOf(form: URLSearchParams): Published['attributes'] {
  const attributes: Record<string, { type: string; value: string }> = {};
  for (let at = 1; form.has(`MessageAttributes.entry.${at}.Name`); at += 1) {
    const entry = `MessageAttributes.entry.${at}`;
    const name = form.get(`${entry}.Name`) ?? '';
    const value = form.get(`${entry}.Value.StringValue`) ?? '';
    if (value === '') throw new OwnFault('ParameterValueInvalid', `The attribute ${name} must not be empty.`);
    attributes[name] = { type: form.get(`${entry}.Value.DataType`) ?? 'String', value };
  }
  return attributes;
}

function xml(status: number, body: string): WireAnswer {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (one) => `&#${one.charCodeAt(0)};`);
}

function invalid(what: string): OwnFault {
  return new OwnFault('InvalidParameter', `Invalid parameter: ${what}`);
}
