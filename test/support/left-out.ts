import type { AwsBatch } from '../../shared/aws/world.ts';

type Json = Readonly<Record<string, unknown>>;

/** Every field of an answer by its path, lists without their places: `SecurityGroups[].IpPermissions[].FromPort`. */
export function pathsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((each) => pathsOf(each, `${path}[]`)))];
  if (!isPlain(value)) return [];
  return Object.entries(value).flatMap(([name, each]) => {
    const here = path === '' ? name : `${path}.${name}`;
    return each === undefined ? [] : [here, ...pathsOf(each, here)];
  });
}

/** A copy without the field, wherever the path leads. */
export function without(value: unknown, path: string): unknown {
  const [head = '', ...rest] = path.split('.');
  return left(value, head, rest);
}

function left(value: unknown, head: string, rest: readonly string[]): unknown {
  if (!isPlain(value)) return value;
  const name = head.replace(/(?:\[\])+$/, '');
  const { [name]: found, ...others } = value;
  if (found === undefined) return value;
  const [next, ...further] = rest;
  return next === undefined ? others : { ...value, [name]: within(found, next, further) };
}

function within(value: unknown, head: string, rest: readonly string[]): unknown {
  return Array.isArray(value) ? value.map((each) => within(each, head, rest)) : left(value, head, rest);
}

/** Dates and bytes are values, and have no fields. */
function isPlain(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Reads as usual, but the answers of one action come changed; `seen` is told of all. */
export function changedAnswers(batch: AwsBatch, change: (action: string, answer: unknown) => unknown): AwsBatch {
  return {
    ...batch,
    calls: () => batch.calls(),
    writer: (account, region) => batch.writer(account, region),
    forget: (account, region, action, input) => batch.forget(account, region, action, input),
    reader(account, region) {
      const reader = batch.reader(account, region);
      return {
        ...reader,
        async read(action, input) {
          const read = await reader.read(action, input);
          return read.outcome === 'found' ? { ...read, value: change(action, read.value) as typeof read.value } : read;
        },
      };
    },
  };
}
