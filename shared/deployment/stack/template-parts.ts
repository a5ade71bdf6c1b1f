import { arnOfThe, type Intrinsic, ref, sub } from '../../derive/cloudformation.ts';

/** A resource of a template. */
export interface Resource {
  Type: string;
  DependsOn?: readonly string[];
  DeletionPolicy?: 'Retain' | 'Delete';
  UpdateReplacePolicy?: 'Retain' | 'Delete';
  Metadata?: unknown;
  Properties: Readonly<Record<string, unknown>>;
}
export type Resources = Record<string, Resource>;

/** Each text with a name of the template in it becomes an `Fn::Sub`: a policy that was derived for a site becomes one for the template. */
export function filledIn(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('${') ? sub(value) : value;
  if (Array.isArray(value)) return value.map(filledIn);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filledIn(each)]));
}

interface Sending {
  Sid: string;
  service: string;
  /** The ARNs of what may send. */
  senders: readonly Intrinsic[];
}

/** Lets one service send to queues, for these things of ours only, and nobody without TLS. */
export function queuePolicy(id: string, sendings: readonly Sending[], queue = id): Resource {
  const allowed = sendings.map(({ Sid, service, senders }) => ({
    Sid,
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 'sqs:SendMessage',
    Resource: arnOfThe(queue),
    Condition: { ArnEquals: { 'aws:SourceArn': senders } },
  }));
  return {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: [ref(queue)],
      PolicyDocument: { Version: '2012-10-17', Statement: [...allowed, onlyOverTls('sqs:*', arnOfThe(queue))] },
    },
  };
}

/** Refuses whoever comes without TLS. */
export function onlyOverTls(action: string, ...resources: readonly Intrinsic[]) {
  return {
    Sid: 'OnlyOverTls',
    Effect: 'Deny',
    Principal: '*',
    Action: action,
    Resource: resources,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}

/** Why checkov is not asked about something, beside the resource that it is about. */
export function unchecked(reasons: Readonly<Record<string, string>>) {
  return { checkov: { skip: Object.entries(reasons).map(([id, comment]) => ({ id, comment })) } };
}
