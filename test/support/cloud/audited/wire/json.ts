import { AwsFault } from '../call.ts';
import { membersOf, type Shape } from './schema.ts';

const jsonName = (name: string, shape: Shape): string =>
  (shape.getMemberTraits() as { jsonName?: string }).jsonName ?? name;

/** A plain document as the JSON protocols send it: dates are seconds since 1970, absent fields are left out. */
export function toJson(shape: Shape, value: unknown): unknown {
  return walk(shape, value, (scalar, item) => (scalar.isTimestampSchema() ? Date.parse(String(item)) / 1000 : item));
}

/** The inverse. What does not fit the schema stays as it is, for the check to name. */
export function fromJson(shape: Shape, value: unknown): unknown {
  return walk(shape, value, (scalar, item) =>
    scalar.isTimestampSchema() && typeof item === 'number' ? new Date(item * 1000).toISOString() : item,
  );
}

function walk(shape: Shape, value: unknown, scalar: (shape: Shape, value: unknown) => unknown): unknown {
  if (value === undefined || value === null || shape.isUnitSchema()) return undefined;
  if (shape.isListSchema()) {
    return Array.isArray(value) ? value.map((item) => walk(shape.getValueSchema(), item, scalar)) : value;
  }
  if (typeof value !== 'object' || shape.isDocumentSchema()) return scalar(shape, value);
  if (shape.isMapSchema()) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, walk(shape.getValueSchema(), item, scalar)]),
    );
  }
  if (!shape.isStructSchema()) return value;
  const members = new Map(membersOf(shape).map(([name, member]) => [jsonName(name, member), member]));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const member = members.get(name);
      return [name, member ? walk(member, item, scalar) : item];
    }),
  );
}

/** The body of a request; none is an empty object. */
export function parsedJson(body: string): unknown {
  if (body === '') return {};
  try {
    return JSON.parse(body) as unknown;
  } catch (cause) {
    throw new AwsFault('SerializationException', `The body is no JSON: ${String(cause)}`);
  }
}
