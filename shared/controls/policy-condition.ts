import type { Json } from '../resources/json.ts';
import { hasWildcard } from './wildcard.ts';

/** One key of a condition block. A statement holds only where all its conditions do, each by one of its values. */
export interface Condition {
  /** In small letters and without what is said apart: `stringequals` of `ForAnyValue:StringEqualsIfExists`. */
  operator: string;
  ifExists: boolean;
  each: 'any' | 'all' | undefined;
  /** In small letters: IAM compares keys whatever their case. */
  key: string;
  values: readonly string[];
}

const OPERATOR = /^(?:for(any|all)values?:)?([a-z]+?)(ifexists)?$/;

/** The operators that ask for a value; the others (`StringNotEquals`, `Null` …) leave open all that they do not name. */
const ASKING =
  /^(?:string(?:equals|equalsignorecase|like)|arn(?:equals|like)|ipaddress|bool|binaryequals|(?:numeric|date)\w+)$/;
const WILD = new Set(['stringlike', 'arnequals', 'arnlike']);

/** Of a statement's `Condition`, which may be absent. What is no condition block throws. */
export function conditionsOf(block: unknown, where: string): Condition[] {
  if (block === undefined) return [];
  return entriesOf(block, where).flatMap(([name, keys]) => {
    const [, each, operator, ifExists] = OPERATOR.exec(name.toLowerCase()) ?? [];
    if (operator === undefined) throw new TypeError(`${where} has a condition operator that is none`);
    return entriesOf(keys, where).map(([key, value]) => ({
      operator,
      ifExists: ifExists !== undefined,
      each: each as Condition['each'],
      key: key.toLowerCase(),
      values: valuesOf(value, where),
    }));
  });
}

function entriesOf(value: unknown, where: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${where} has a condition that is no object`);
  }
  return Object.entries(value as Json);
}

/** Booleans and numbers may stand without quotes. */
function valuesOf(value: unknown, where: string): string[] {
  const all = [value].flat();
  if (all.length === 0 || all.some((each) => !['string', 'boolean', 'number'].includes(typeof each))) {
    throw new TypeError(`${where} has a condition value that is no text`);
  }
  return all.map(String);
}

/** The key must have one of the values. A negated operator lets through whatever it does not name. */
export function asks({ operator }: Condition): boolean {
  return ASKING.test(operator) && !operator.includes('not');
}

/**
 * A request without the key is refused. `IfExists` and `ForAllValues` let it through: an anonymous caller has no
 * organisation, so such a condition on it keeps nobody out.
 */
export function isRequired(condition: Condition): boolean {
  return asks(condition) && !condition.ifExists && condition.each !== 'all';
}

/** Each value stands for itself: no wildcard where the operator knows them, no policy variable but the one allowed. */
export function isExact({ operator, values }: Condition, variable?: string): boolean {
  return values.every(
    (value) => value === variable || (!value.includes('${') && !(WILD.has(operator) && hasWildcard(value))),
  );
}
