/** Reads fields of JSON that anyone may have written: what is not there, or of another type, is undefined. */
export type Json = Readonly<Record<string, unknown>>;

const NOTHING: Json = Object.freeze({});

/** An own field only: `__proto__` and inherited names are never followed. */
export function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, name) ? (of as Json)[name] : undefined;
}

export function object(of: unknown, name: string): Json {
  const value = field(of, name);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : NOTHING;
}

/** A non-empty string, or undefined. */
export function text(of: unknown, name: string): string | undefined {
  const value = field(of, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function list(of: unknown, name: string): readonly unknown[] {
  const value = field(of, name);
  return Array.isArray(value) ? value : [];
}

/** Follows a path of own fields: `at(detail, 'userIdentity', 'sessionContext')`. */
export function at(of: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => field(value, name), of);
}
