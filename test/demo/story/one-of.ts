import { z } from 'zod';
import { keysAt } from '../../../shared/baseline/keys-at.ts';
import { complaintsOf } from '../../../shared/baseline/sentences.ts';
import { didYouMean, oneOf } from '../../../shared/baseline/suggest.ts';

type Options = Readonly<Record<string, z.ZodType>>;

/**
 * A mapping whose one telling key says which of several schemas it has to fit, so that what is wrong with it is said of
 * the one that was meant.
 */
export function byKey<const O extends Options>(options: O): z.ZodType<z.output<O[keyof O]>> {
  const known = Object.keys(options);
  return z.unknown().transform((value, context) => {
    const keys = isMapping(value) ? Object.keys(value).filter((key) => Object.hasOwn(options, key)) : [];
    const [key] = keys;
    const schema = key === undefined ? undefined : options[key];
    if (schema === undefined || keys.length > 1) {
      context.issues.push({ code: 'custom', message: missing(value, keys, known), input: value });
      return z.NEVER;
    }
    const read = schema.safeParse(value, { reportInput: true });
    if (read.success) return read.data as z.output<O[keyof O]>;
    const sources = { keysAt: (path: readonly PropertyKey[]) => keysAt(schema, path), writtenAt: () => undefined };
    for (const { path, problem } of complaintsOf(read.error.issues, sources)) {
      context.issues.push({ code: 'custom', message: problem, path: [...path], input: value });
    }
    return z.NEVER;
  });
}

function missing(value: unknown, keys: readonly string[], known: readonly string[]): string {
  if (!isMapping(value)) return `must be a mapping with ${oneOf(known)}.`;
  if (keys.length > 1) return `is ${keys.join(' and ')} at once: make it two.`;
  const [first = ''] = Object.keys(value);
  return `must have one of the keys ${oneOf(known)}; it has ${JSON.stringify(first)}.${didYouMean(first, known)}`;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
