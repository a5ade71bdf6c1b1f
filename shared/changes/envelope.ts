import { field, type Json, list, object, text } from '../resources/json.ts';
import { jsonOf } from '../runtime/json-of.ts';
import type { IgnoredReason } from './change.ts';

/** The detail-types that are understood, and what one of them that is no CloudTrail record is called here. */
export const DETAIL_TYPES: Readonly<Record<string, string | null>> = {
  'AWS API Call via CloudTrail': null,
  'AWS Service Event via CloudTrail': null,
  'AWS Console Sign In via CloudTrail': null,
  'ECR Image Action': 'ecr:ImageAction',
  'ECR Image Scan': 'ecr:ImageScan',
  'Inspector2 Finding': 'inspector2:Finding',
  'Inspector2 Scan': 'inspector2:Scan',
};

const DETAIL_TYPE_OF: Readonly<Record<string, string>> = {
  AwsApiCall: 'AWS API Call via CloudTrail',
  AwsServiceEvent: 'AWS Service Event via CloudTrail',
  AwsConsoleSignIn: 'AWS Console Sign In via CloudTrail',
};

const ACCOUNT = /^\d{12}$/;
const REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d$/;
const SERVICE = /\.amazonaws\.com(?:\.cn)?$/;
/** Longest event name and event id that go on from here; AWS's own are far shorter. */
const LONGEST = 128;

/** An event whose shape and origin were checked. Everything in `detail` is still whatever JSON came in. */
export interface Envelope {
  /** `eks:CreateCluster`; native events have names of our own. */
  event: string;
  eventId: string;
  /** Of CloudTrail: an API call, a service event or a sign-in, by its name without the service. Undefined: a native event. */
  call: string | undefined;
  account: string;
  region: string;
  /** As written, unchecked against any clock; undefined where it is no time. */
  time: number | undefined;
  detail: Json;
  /** ARNs that stand beside the request: the record's own, and those of the envelope. */
  arns: readonly string[];
}

export type Parsed = { envelope: Envelope } | { reason: IgnoredReason; event: string; eventId: string };

/** Checks an EventBridge event, as JSON text or parsed. Nothing in it is trusted, followed through a prototype, or recursed into. */
export function parseEnvelope(input: unknown): Parsed {
  const json = typeof input === 'string' ? jsonOf(input) : input;
  const detail = object(json, 'detail');
  const type = text(json, 'detail-type') ?? '';
  const native = Object.hasOwn(DETAIL_TYPES, type) ? DETAIL_TYPES[type] : undefined;
  const call = native ? undefined : text(detail, 'eventName');
  const source = text(detail, 'eventSource')?.replace(SERVICE, '');
  const event = (native ?? (source && call ? `${source}:${call}` : 'unknown')).slice(0, LONGEST);
  const eventId = (text(detail, 'eventID') ?? text(json, 'id') ?? 'unknown').slice(0, LONGEST);

  const account = text(json, 'account') ?? '';
  const region = text(json, 'region') ?? '';
  const ignored = (reason: IgnoredReason) => ({ reason, event, eventId });
  if (type === '' || !ACCOUNT.test(account) || !REGION.test(region)) return ignored('not an event');
  if (!text(json, 'source')?.startsWith('aws.')) return ignored('not from AWS');
  if (native === undefined) return ignored('not watched');
  if (event === 'unknown' || field(json, 'detail') !== detail) return ignored('not an event');
  if (isOther(field(detail, 'recipientAccountId'), account)) return ignored('account mismatch');
  if (isOther(field(detail, 'awsAccountId'), account)) return ignored('about another account');
  const time = timeOf(text(detail, 'eventTime') ?? text(json, 'time'));
  return { envelope: { event, eventId, call, account, region, time, detail, arns: arnsOf(json, detail) } };
}

/** Wraps a CloudTrail record, as it stands in a file, the way EventBridge would have delivered it. */
export function envelopeOf(record: unknown): unknown {
  const source = text(record, 'eventSource')?.replace(SERVICE, '');
  return {
    id: text(record, 'eventID'),
    'detail-type': DETAIL_TYPE_OF[text(record, 'eventType') ?? 'AwsApiCall'],
    source: source && `aws.${source}`,
    account: text(record, 'recipientAccountId') ?? text(object(record, 'userIdentity'), 'accountId'),
    region: text(record, 'awsRegion'),
    time: text(record, 'eventTime'),
    resources: [],
    detail: record,
  };
}

/**
 * The account that an event is about must be the one that its envelope vouches for: also on a bus that other accounts and
 * regions deliver to, EventBridge itself writes the sender there, and the region in which the event occurred. An
 * administrator of Inspector gets the findings of its members too, who report them themselves.
 */
function isOther(named: unknown, account: string): boolean {
  return (named ?? account) !== account;
}

function timeOf(written: string | undefined): number | undefined {
  const time = written && /^\d{4}-\d\d-\d\dT/.test(written) ? Date.parse(written) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

function arnsOf(json: unknown, detail: Json): string[] {
  const beside = list(detail, 'resources').flatMap((each) => text(each, 'ARN') ?? text(each, 'arn') ?? []);
  return [...beside, ...list(json, 'resources').filter((each) => typeof each === 'string')];
}
