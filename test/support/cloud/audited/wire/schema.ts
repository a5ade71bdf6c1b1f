import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as ec2 from '@aws-sdk/client-ec2';
import * as ecr from '@aws-sdk/client-ecr';
import * as eks from '@aws-sdk/client-eks';
import * as iam from '@aws-sdk/client-iam';
import * as inspector2 from '@aws-sdk/client-inspector2';
import * as kms from '@aws-sdk/client-kms';
import * as sts from '@aws-sdk/client-sts';
import { NormalizedSchema } from '@smithy/core/schema';

/** A shape of the SDK's own schemas; what it describes is a plain JSON document, with dates as ISO text. */
export type Shape = NormalizedSchema;

const SDK: Readonly<Record<string, unknown>> = { cloudtrail, ec2, ecr, eks, iam, inspector2, kms, logs, sts };

export type ServiceName = 'cloudtrail' | 'ec2' | 'ecr' | 'eks' | 'iam' | 'inspector2' | 'kms' | 'logs' | 'sts';

export interface Operation {
  name: string;
  input: Shape;
  output: Shape;
  /** Method and path template; only where the protocol is REST. */
  http?: { method: string; path: string };
}

const exported = (service: ServiceName): Record<string, unknown> => SDK[service] as Record<string, unknown>;
const isOperation = (schema: unknown): schema is [9, string, string, unknown, never, never] =>
  Array.isArray(schema) && schema[0] === 9;

/** The shape that the SDK exports under this name; a name that it lacks is a mistake in these files. */
export function shapeOf(service: ServiceName, name: string): Shape {
  const schema = exported(service)[`${name}$`];
  if (schema === undefined) throw new Error(`The SDK client of ${service} has no shape ${name}.`);
  return NormalizedSchema.of(schema as never);
}

export function operationOf(service: ServiceName, name: string): Operation | undefined {
  const schema = exported(service)[`${name}$`];
  if (!isOperation(schema)) return undefined;
  const { http } = NormalizedSchema.of([0, '', '', schema[3] as never, 0]).getMergedTraits() as {
    http?: [string, string, number];
  };
  return {
    name,
    input: NormalizedSchema.of(schema[4]),
    output: NormalizedSchema.of(schema[5]),
    ...(http && { http: { method: http[0], path: http[1].split('?')[0] ?? '' } }),
  };
}

const operations = new Map<ServiceName, Operation[]>();

export function operationsOf(service: ServiceName): readonly Operation[] {
  const known = operations.get(service);
  if (known) return known;
  const found = Object.entries(exported(service)).flatMap(([name, schema]) =>
    isOperation(schema) ? (operationOf(service, name.slice(0, -1)) ?? []) : [],
  );
  operations.set(service, found);
  return found;
}

/** The members that must be there: schemas list them first and count them. */
export function requiredOf(shape: Shape): readonly string[] {
  const schema = shape.getSchema() as readonly unknown[];
  const count = typeof schema[6] === 'number' ? schema[6] : 0;
  return (schema[4] as string[]).slice(0, count);
}

export function membersOf(shape: Shape): readonly (readonly [string, Shape])[] {
  return shape.isUnitSchema() ? [] : [...shape.structIterator()];
}

/** The name of a member in XML, and in the query forms of AWS Query. */
export const xmlNameOf = (name: string, shape: Shape): string =>
  (shape.getMemberTraits() as { xmlName?: string }).xmlName ?? name;
