import { isLeaf, type Leaf, type Matches, operator, PatternError, single } from './event-operators.ts';

/** A value of an event with the elements of lists that it stands in: `{ 'detail.resources': 1 }`. */
interface Value {
  value: Leaf;
  within: ReadonlyMap<string, number>;
}

/** What is asked of one field. `absent` is asked of the event as a whole. */
interface Asked {
  path: string;
  values: readonly Matches[];
  present: boolean;
  absent: boolean;
}

/** Words that are operators; `$or` over one of them would be a field's name. */
const RESERVED = /^(?:exact|prefix|suffix|exists|anything-but|numeric|cidr|wildcard|equals-ignore-case)$/;

/**
 * Whether EventBridge would deliver an event by a pattern. Throws `PatternError` for a pattern that it would refuse.
 * All fields of one match come from the same elements of a list; a field that holds an object or an empty list has no
 * value, so it is absent.
 */
export function matchesPattern(pattern: unknown, event: unknown): boolean {
  const rules = rulesOf(pattern, '');
  const fields = Map.groupBy(valuesOf(event, '', new Map()), ({ path }) => path);
  return rules.some((rule) => holds(rule, fields, new Map()));
}

/** A pattern as alternatives, each a list of fields that must all match: `$or` multiplies out. */
function rulesOf(pattern: unknown, path: string): Asked[][] {
  if (isLeaf(pattern) || Array.isArray(pattern)) throw new PatternError(`${path || 'The pattern'} must be an object`);
  const entries = Object.entries(pattern as object);
  if (entries.length === 0) throw new PatternError(`${path || 'The pattern'} is empty`);
  const alternatives = entries.map(([name, wanted]): Asked[][] => {
    if (name === '$or' && isOr(wanted)) return wanted.flatMap((branch) => rulesOf(branch, path));
    const field = path === '' ? name : `${path}.${name}`;
    return Array.isArray(wanted) ? [[askedOf(field, wanted)]] : rulesOf(wanted, field);
  });
  return alternatives.reduce((all, some) => all.flatMap((rule) => some.map((more) => [...rule, ...more])));
}

function isOr(wanted: unknown): wanted is object[] {
  return (
    Array.isArray(wanted) &&
    wanted.length > 1 &&
    wanted.every((branch) => !isLeaf(branch) && !Object.keys(branch).some((name) => RESERVED.test(name)))
  );
}

function askedOf(path: string, wanted: readonly unknown[]): Asked {
  if (wanted.length === 0) throw new PatternError(`${path} is an empty list`);
  const exists = wanted.map((element) => (isLeaf(element) ? undefined : existsOf(element)));
  return {
    path,
    values: wanted.filter((_, at) => exists[at] === undefined).map(operator),
    present: exists.includes(true),
    absent: exists.includes(false),
  };
}

function existsOf(element: unknown): boolean | undefined {
  const [name, operand] = single(element);
  if (name !== 'exists') return undefined;
  if (typeof operand !== 'boolean') throw new PatternError('exists must be true or false');
  return operand;
}

function valuesOf(node: unknown, path: string, within: Value['within']): (Value & { path: string })[] {
  if (isLeaf(node)) return [{ path, value: node, within }];
  if (Array.isArray(node)) {
    return node.flatMap((each, at) =>
      valuesOf(each, path, isLeaf(each) ? within : new Map([...within, [placeOf(path, within), at]])),
    );
  }
  return Object.entries(node as object).flatMap(([name, each]) =>
    valuesOf(each, path === '' ? name : `${path}.${name}`, within),
  );
}

/** Lists within lists have the same path: their depth tells them apart. */
function placeOf(path: string, within: Value['within']): string {
  return `${path}[${[...within.keys()].filter((key) => key.startsWith(`${path}[`)).length}]`;
}

/** Finds a value for every field, such that no two come from different elements of one list. */
function holds(
  [asked, ...rest]: readonly Asked[],
  fields: ReadonlyMap<string, readonly Value[]>,
  taken: Value['within'],
): boolean {
  if (asked === undefined) return true;
  const values = fields.get(asked.path) ?? [];
  if (asked.absent && values.length === 0 && holds(rest, fields, taken)) return true;
  return values.some(
    ({ value, within }) =>
      (asked.present || asked.values.some((matches) => matches(value))) &&
      [...within].every(([list, at]) => (taken.get(list) ?? at) === at) &&
      holds(rest, fields, new Map([...taken, ...within])),
  );
}
