import { membersOf, requiredOf, type Shape } from './schema.ts';

/** Fields that AWS keeps as JSON text; in a document they may be written as the object itself. */
const JSON_TEXT: ReadonlySet<string> = new Set([
  'AssumeRolePolicyDocument',
  'Document',
  'PolicyDocument',
  'policyText',
]);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What is wrong with a plain document by the SDK's schema: unknown fields, wrong types, and (for requests) missing
 * ones. A null or undefined field counts as absent.
 */
export function problemsOf(shape: Shape, value: unknown, path: string, options: { required: boolean }): string[] {
  if (shape.isUnitSchema() || shape.isDocumentSchema()) return [];
  if (shape.isStructSchema()) return ofStructure(shape, value, path, options);
  if (shape.isListSchema()) {
    if (!Array.isArray(value)) return [`${path} must be a list`];
    return value.flatMap((item, at) => problemsOf(shape.getValueSchema(), item, `${path}[${at}]`, options));
  }
  if (shape.isMapSchema()) {
    if (!isObject(value)) return [`${path} must be an object`];
    return Object.entries(value).flatMap(([key, item]) =>
      problemsOf(shape.getValueSchema(), item, `${path}.${key}`, options),
    );
  }
  return ofScalar(shape, value) ? [] : [`${path} must be ${scalarName(shape)}`];
}

function ofStructure(shape: Shape, value: unknown, path: string, options: { required: boolean }): string[] {
  if (!isObject(value)) return [`${path} must be an object`];
  const members = new Map(membersOf(shape));
  const missing = options.required ? requiredOf(shape).filter((name) => value[name] == null) : [];
  return [
    ...missing.map((name) => `${path}.${name} is required`),
    ...Object.entries(value).flatMap(([name, item]) => {
      if (item == null) return [];
      const member = members.get(name);
      if (member === undefined) return [`${path}.${name} is unknown`];
      if (JSON_TEXT.has(name) && isObject(item)) return [];
      return problemsOf(member, item, `${path}.${name}`, options);
    }),
  ];
}

function ofScalar(shape: Shape, value: unknown): boolean {
  if (shape.isBooleanSchema()) return typeof value === 'boolean';
  if (shape.isTimestampSchema()) return typeof value === 'string' && !Number.isNaN(Date.parse(value));
  if (shape.isStringSchema() || shape.isBlobSchema()) return typeof value === 'string';
  return typeof value === 'number' && Number.isFinite(value);
}

function scalarName(shape: Shape): string {
  if (shape.isBooleanSchema()) return 'true or false';
  if (shape.isTimestampSchema()) return 'a date as ISO text';
  return shape.isStringSchema() || shape.isBlobSchema() ? 'text' : 'a number';
}
