import ipaddr from 'ipaddr.js';

export type Leaf = string | number | boolean | null;
/** Whether one value of a field is what was asked for. */
export type Matches = (value: Leaf) => boolean;

/** A pattern that EventBridge refuses. */
export class PatternError extends Error {
  override name = 'PatternError';
}

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
};

/** The comparison operators of leaf fields; `exists` is about fields, not values, and stands with the matcher. */
const OPERATORS: Readonly<Record<string, (operand: unknown) => Matches>> = {
  prefix: (operand) => affix(operand, (text, part) => text.startsWith(part)),
  suffix: (operand) => affix(operand, (text, part) => text.endsWith(part)),
  'equals-ignore-case': (operand) => ofText(text(operand).toLowerCase(), (a, b) => a.toLowerCase() === b),
  wildcard: (operand) => wildcard(text(operand)),
  cidr: (operand) => cidr(text(operand)),
  numeric,
  'anything-but': anythingBut,
};

/** One element of a field's list: a value to equal, or an operator by its name. */
export function operator(element: unknown): Matches {
  if (isLeaf(element)) return (value) => value === element;
  const [name, operand] = single(element);
  const make = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (make === undefined) throw new PatternError(`Unrecognised match type ${name}`);
  return make(operand);
}

export function isLeaf(value: unknown): value is Leaf {
  return value === null || typeof value !== 'object';
}

/** An operator is an object with one key. */
export function single(element: unknown): [name: string, operand: unknown] {
  const entries = isLeaf(element) || Array.isArray(element) ? [] : Object.entries(element as object);
  const [first] = entries;
  if (first === undefined || entries.length > 1) throw new PatternError('Only one key allowed in match expression');
  return first;
}

function text(operand: unknown): string {
  if (typeof operand !== 'string') throw new PatternError(`${JSON.stringify(operand)} must be a string`);
  return operand;
}

function ofText(part: string, compare: (value: string, part: string) => boolean): Matches {
  return (value) => typeof value === 'string' && compare(value, part);
}

function affix(operand: unknown, compare: (text: string, part: string) => boolean): Matches {
  if (isLeaf(operand)) return ofText(text(operand), compare);
  const [name, part] = single(operand);
  if (name !== 'equals-ignore-case') throw new PatternError(`Unrecognised match type ${name}`);
  return ofText(text(part).toLowerCase(), (value, lower) => compare(value.toLowerCase(), lower));
}

/** `*` is anything, `\*` a star, `\\` a backslash; nothing else is escaped, and stars do not stand together. */
function wildcard(pattern: string): Matches {
  const tokens = pattern.match(/\\[\s\S]?|\*+|[^\\*]+/g) ?? [];
  const source = tokens.map((token) => {
    if (token.startsWith('**')) throw new PatternError('Consecutive wildcard characters');
    if (token === '*') return '[\\s\\S]*';
    if (token.startsWith('\\') && token !== '\\*' && token !== '\\\\') throw new PatternError('Invalid escape');
    return (token.startsWith('\\') ? token.slice(1) : token).replace(/[^\w\s]/g, '\\$&');
  });
  const regex = new RegExp(`^${source.join('')}$`);
  return (value) => typeof value === 'string' && regex.test(value);
}

function cidr(range: string): Matches {
  if (!ipaddr.isValidCIDR(range)) throw new PatternError(`${range} is no CIDR`);
  const [network, bits] = ipaddr.parseCIDR(range);
  return (value) => {
    if (typeof value !== 'string' || !ipaddr.isValid(value)) return false;
    const address = ipaddr.parse(value);
    return address.kind() === network.kind() && address.match(network, bits);
  };
}

/** One comparison, or two that make a range. */
function numeric(operand: unknown): Matches {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) {
    throw new PatternError('numeric takes one comparison or a range');
  }
  const pairs = [operand.slice(0, 2), operand.slice(2)].filter(({ length }) => length > 0);
  const comparisons = pairs.map(([name, limit]): Matches => {
    const compare = COMPARE[String(name)];
    if (compare === undefined || typeof limit !== 'number') throw new PatternError('Invalid numeric comparison');
    return (value) => typeof value === 'number' && compare(value, limit);
  });
  return (value) => comparisons.every((holds) => holds(value));
}

/** Of values, or of one other operator with a value or several. */
function anythingBut(operand: unknown): Matches {
  if (isLeaf(operand) || Array.isArray(operand)) {
    const values = [operand].flat();
    const types = new Set(values.map((value) => typeof value));
    if (values.length === 0 || types.size > 1 || !(types.has('string') || types.has('number'))) {
      throw new PatternError('anything-but takes strings or numbers');
    }
    return (value) => !values.includes(value);
  }
  const [name, inner] = single(operand);
  if (!['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(name)) {
    throw new PatternError(`Unsupported anything-but pattern ${name}`);
  }
  const matchers = [inner].flat().map((each) => operator({ [name]: each }));
  if (matchers.length === 0) throw new PatternError('anything-but takes a value');
  return (value) => !matchers.some((matches) => matches(value));
}
