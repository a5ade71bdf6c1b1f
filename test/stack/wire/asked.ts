import { PROTOCOLS, type WireRequest } from '../../support/cloud/audited/wire/protocol.ts';
import type { ServiceName } from '../../support/cloud/audited/wire/schema.ts';

/** Where IAM calls a service otherwise than the signature does. */
const IAM_NAMES: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };
/** Speak in paths; their operations come from the SDK's own schemas. */
const IN_PATHS: readonly ServiceName[] = ['eks', 'inspector2'];

/** The action that a signed request asks for, as IAM calls it: `dynamodb:PutItem`. */
export function actionOf(service: string, request: WireRequest): string {
  return `${IAM_NAMES[service] ?? service}:${operationOf(service, request)}`;
}

function operationOf(service: string, request: WireRequest): string {
  const target = request.headers['x-amz-target'];
  if (target) return target.split('.').at(-1) ?? target;
  const inPaths = IN_PATHS.find((name) => name === service);
  if (inPaths) return PROTOCOLS[inPaths].read(request)?.operation.name ?? `${request.method} ${request.path}`;
  if (service === 's3') return objectOperation(request);
  return new URLSearchParams(request.body).get('Action') ?? `${request.method} ${request.path}`;
}

/** What our functions do with objects. */
function objectOperation({ method, path }: WireRequest): string {
  if (path.includes('list-type=2')) return 'ListBucket';
  return { PUT: 'PutObject', DELETE: 'DeleteObject', GET: 'GetObject', HEAD: 'GetObject' }[method] ?? method;
}
