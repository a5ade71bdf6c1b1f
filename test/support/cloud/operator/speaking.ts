import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as monitoring from '@aws-sdk/client-cloudwatch';
import * as events from '@aws-sdk/client-eventbridge';
import * as lambda from '@aws-sdk/client-lambda';
import * as secretsmanager from '@aws-sdk/client-secrets-manager';
import * as states from '@aws-sdk/client-sfn';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import { NormalizedSchema } from '@smithy/core/schema';
import { fromJson, toJson } from '../audited/wire/json.ts';
import { fromForm } from '../audited/wire/query.ts';
import type { Shape } from '../audited/wire/schema.ts';
import { element, escapeXml, toXml } from '../audited/wire/xml.ts';
import { OwnFault, objectOf, type SignedRequest, targetOf, type WireAnswer } from '../own/wire.ts';

/** By the name in a signature, which is not always that in an IAM action. */
const SDK: Readonly<Record<string, object>> = {
  cloudformation,
  monitoring,
  events,
  lambda,
  secretsmanager,
  states,
  sns,
  sqs,
  ssm,
};
const IAM_NAMES: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };
const QUERY: readonly string[] = ['cloudformation', 'sns'];

/** What an operation is asked for, as the SDK's own schemas have it. */
export interface Asked {
  /** `cloudformation:ListStackResources` */
  action: string;
  input: Record<string, unknown>;
  output: Shape;
}

export const speaks = (service: string): boolean => Object.hasOwn(SDK, service);

export function askedIn(request: SignedRequest): Asked {
  const { service, body } = request;
  const form = new URLSearchParams(body);
  const name = QUERY.includes(service) ? (form.get('Action') ?? '') : targetOf(request) || restName(request);
  const schema = (SDK[service] as Record<string, unknown>)[`${name}$`] as [9, string, string, unknown, never, never];
  if (!schema) throw new OwnFault('UnknownOperationException', `${service}: ${name} is not known here.`);
  const input = NormalizedSchema.of(schema[4]);
  const read = QUERY.includes(service) ? fromForm(input, form, 'query') : fromJson(input, objectOf(body));
  return {
    action: `${IAM_NAMES[service] ?? service}:${name}`,
    input: { ...(read as object), ...labels(request) },
    output: NormalizedSchema.of(schema[5]),
  };
}

/** The one REST operation that is asked for here. */
const restName = ({ path }: SignedRequest): string =>
  path.startsWith('/2015-03-31/event-source-mappings/') ? 'GetEventSourceMapping' : '';
const labels = ({ service, path }: SignedRequest): object =>
  service === 'lambda' ? { UUID: path.split('/').at(-1) } : {};

export function told({ service }: SignedRequest, { action, output }: Asked, value: object): WireAnswer {
  if (!QUERY.includes(service)) {
    const headers = { 'content-type': 'application/json' };
    return { status: 200, headers, body: JSON.stringify(toJson(output, value) ?? {}) };
  }
  const name = action.split(':')[1] ?? '';
  const body = element(`${name}Response`, element(`${name}Result`, toXml(output, value)));
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}

export function refused({ service }: SignedRequest, { code, message, status }: OwnFault): WireAnswer {
  if (QUERY.includes(service)) {
    const said = element('Code', code) + element('Message', escapeXml(message));
    const body = element('ErrorResponse', element('Error', element('Type', 'Sender') + said));
    return { status, headers: { 'content-type': 'text/xml' }, body };
  }
  const headers = { 'content-type': 'application/json', 'x-amzn-errortype': code };
  return { status, headers, body: JSON.stringify({ __type: code, message }) };
}
