import type { AwsFault } from './call.ts';
import type { Caller } from './callers.ts';
import { numberedId } from './ids.ts';
import { toJson } from './wire/json.ts';
import { membersOf, type Operation, type ServiceName, type Shape, xmlNameOf } from './wire/schema.ts';

/** What CloudTrail says of one call: the `detail` of the event that EventBridge delivers. */
export type EventDetail = Record<string, unknown> & {
  eventID: string;
  eventName: string;
  eventTime: string;
  awsRegion: string;
  recipientAccountId: string;
};

export interface Recorded {
  service: ServiceName;
  operation: Operation;
  input: Readonly<Record<string, unknown>>;
  /** Absent for a call that failed. */
  output?: object;
  fault?: AwsFault;
  caller: Caller;
  account: string;
  region: string;
  at: string;
  requestId: string;
  eventId: string;
}

type Json = Record<string, unknown>;

const lower = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

/** EKS as on the wire, but the cluster is always `name`, and what travels in the path stays URL-encoded. */
function ofRest(shape: Shape, value: object): Json {
  const labels = new Set(
    membersOf(shape)
      .filter(([, member]) => (member.getMemberTraits() as { httpLabel?: 1 }).httpLabel)
      .map(([name]) => name),
  );
  return Object.fromEntries(
    Object.entries(toJson(shape, value) as Json).map(([name, item]) =>
      labels.has(name) ? [name === 'clusterName' ? 'name' : name, encodeURIComponent(String(item))] : [name, item],
    ),
  );
}

/** Names begin in lower case; EC2 takes its wire names, puts lists into `items`, and shows empty ones as `{}`. */
function ofOthers(shape: Shape, value: unknown, ec2: boolean, inside = false): unknown {
  if (value === undefined || value === null) return undefined;
  if (shape.isListSchema()) {
    if (!Array.isArray(value)) return value;
    const items = value.map((item) => ofOthers(shape.getValueSchema(), item, ec2, true));
    if (!ec2) return items;
    return items.length > 0 ? { items } : {};
  }
  if (shape.isTimestampSchema()) return clockText(String(value));
  if (!shape.isStructSchema() || typeof value !== 'object') return value;
  const fields = value as Json;
  const entries = membersOf(shape).map(([name, member]) => {
    const said = ofOthers(
      member,
      fields[name] ?? (ec2 && inside && member.isListSchema() ? [] : undefined),
      ec2,
      inside,
    );
    return [lower(ec2 ? xmlNameOf(name, member) : name), said];
  });
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

/** `Nov 20, 2026, 10:12:00 AM`, as CloudTrail writes dates inside answers. */
function clockText(iso: string): string {
  if (Number.isNaN(Date.parse(iso))) return iso;
  const format = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });
  return format.format(new Date(iso)).replaceAll('\u202f', ' ');
}

function said(service: ServiceName, shape: Shape, value: object): Json {
  if (service === 'eks' || service === 'inspector2') return ofRest(shape, value);
  return (ofOthers(shape, value, service === 'ec2') ?? {}) as Json;
}

/** Writes that answer nothing have null; EC2 always says that it did it. */
function responseOf({ service, operation, output, requestId }: Recorded): Json | null {
  if (output === undefined) return null;
  const { return: _, ...rest } = said(service, operation.output, output);
  if (service === 'ec2') return { requestId, _return: true, ...rest };
  return Object.keys(rest).length === 0 ? null : rest;
}

/** IAM is global and speaks in one region of each partition only. */
export function recordedIn(service: ServiceName, region: string): string {
  if (service !== 'iam') return region;
  if (region.startsWith('us-gov-')) return 'us-gov-west-1';
  return region.startsWith('cn-') ? 'cn-north-1' : 'us-east-1';
}

/** A write as CloudTrail records it, failed ones with their code. */
export function record(recorded: Recorded): EventDetail {
  const { service, operation, input, fault, caller, account, at, requestId, eventId } = recorded;
  const awsRegion = recordedIn(service, recorded.region);
  const suffix = awsRegion.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const host = service === 'iam' ? `iam.${suffix}` : `${service}.${awsRegion}.${suffix}`;
  return {
    eventVersion: '1.11',
    userIdentity: { ...caller.userIdentity },
    eventTime: at.replace(/\.\d+Z$/, 'Z'),
    eventSource: `${service}.amazonaws.com`,
    eventName: operation.name,
    awsRegion,
    sourceIPAddress: caller.sourceIPAddress ?? '198.51.100.24',
    userAgent: caller.userAgent ?? 'aws-sdk-js/3',
    ...(fault && { errorCode: service === 'ec2' ? `Client.${fault.code}` : fault.code, errorMessage: fault.message }),
    requestParameters: said(service, operation.input, input),
    responseElements: responseOf(recorded),
    requestID: requestId,
    eventID: eventId,
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: caller.tlsVersion ?? 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: host,
    },
    ...(caller.sessionCredentialFromConsole && { sessionCredentialFromConsole: 'true' }),
  };
}

/** The event as EventBridge delivers it; the envelope's id is its own. */
export function delivered(detail: EventDetail): Record<string, unknown> {
  return {
    version: '0',
    id: numberedId(detail.eventID, 0),
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${String(detail.eventSource).split('.')[0]}`,
    account: detail.recipientAccountId,
    time: detail.eventTime,
    region: detail.awsRegion,
    resources: [],
    detail,
  };
}
