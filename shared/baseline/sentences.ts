import type { z } from 'zod';
import type { Path } from './positions.ts';
import { didYouMean, oneOf } from './suggest.ts';

type Issue = z.core.$ZodIssue;

/** A problem without its place in the file. `at: 'key'` points at the key rather than its value. */
export interface Complaint {
  path: Path;
  at: 'key' | 'value';
  problem: string;
}

/** What a sentence may draw on: the keys that a mapping may have, and a value as it stands in the file. */
export interface Sources {
  keysAt(path: Path): readonly string[];
  writtenAt(path: Path): string | undefined;
}

/** One sentence for each thing that is wrong: which value, and what to write instead. */
export function complaintsOf(issues: readonly Issue[], sources: Sources, base: Path = []): Complaint[] {
  return issues.flatMap((issue): Complaint[] => {
    const path = [...base, ...issue.path];
    if (issue.code === 'invalid_union') return ofUnion(issue, sources, path);
    if (issue.code !== 'unrecognized_keys')
      return [{ path, at: 'value', problem: sentenceOf(issue, sources.writtenAt(path)) }];
    const known = sources.keysAt(path);
    return issue.keys.map((key) => ({ path: [...path, key], at: 'key', problem: unknownKey(path, key, known) }));
  });
}

/**
 * Of the shapes a value may have, the one whose own kind of value it is, is complained of; where that is none or
 * several, all are named.
 */
function ofUnion(issue: Issue & { code: 'invalid_union' }, sources: Sources, path: Path): Complaint[] {
  const fits = issue.errors.filter((issues) => !issues.some(isOfAnotherType));
  const [fit] = fits;
  if (fit !== undefined && fits.length === 1) return complaintsOf(fit, sources, path);
  const wanted = [...new Set(issue.errors.map(([first]) => wantedOf(first)))];
  return [{ path, at: 'value', problem: `must be ${oneOf(wanted)}, got ${shown(issue.input)}.` }];
}

function isOfAnotherType(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  return issue.code === 'invalid_type' || (issue.code === 'invalid_value' && typeof issue.input !== 'string');
}

function unknownKey(path: Path, key: string, known: readonly string[]): string {
  const last = path.at(-1);
  const what =
    last === 'controls'
      ? 'no control of this catalogue'
      : last === 'params'
        ? 'no param of this control'
        : 'no key here';
  return `${shown(key)} is ${what}.${didYouMean(key, known)}`;
}

function sentenceOf(issue: Issue, written: string | undefined): string {
  if (issue.code === 'custom') return issue.message;
  if (issue.input === undefined) return `is missing: it must be ${wantedOf(issue)}.`;
  if (issue.code === 'invalid_value' && typeof issue.input === 'string') {
    return `${shown(issue.input)} is not known here.${didYouMean(issue.input, issue.values.map(String))}`;
  }
  if (issue.code === 'invalid_type' && issue.expected === 'string' && typeof issue.input !== 'object') {
    return `must be text: put it in quotes, "${written ?? String(issue.input)}".`;
  }
  return `must be ${wantedOf(issue)}, got ${shown(issue.input)}.`;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

const FORMATS: Readonly<Record<string, string>> = {
  cidrv4: 'an IPv4 network such as 203.0.113.0/24',
  cidrv6: 'an IPv6 network such as 2001:db8::/48',
  date: 'a date such as 2027-01-31',
  datetime: 'a time such as 2026-11-20T09:00:00Z',
};

function wantedOf(issue: Issue | undefined): string {
  if (issue?.code === 'invalid_type') return TYPES[issue.expected] ?? issue.expected;
  if (issue?.code === 'invalid_value') return oneOf(issue.values.map(String));
  if (issue?.code === 'invalid_format') {
    // A regex of ours brings its own words as its message; zod's message for one without words begins so.
    const own = issue.format === 'regex' && !issue.message.startsWith('Invalid') ? issue.message : undefined;
    return own ?? FORMATS[issue.format] ?? `text of the form ${issue.pattern ?? issue.format}`;
  }
  if (issue?.code === 'too_small') return `${bound('at least', issue.minimum, issue.origin, issue.inclusive)}`;
  if (issue?.code === 'too_big') return `${bound('at most', issue.maximum, issue.origin, issue.inclusive)}`;
  return issue ? lowerFirst(issue.message) : 'something else';
}

function bound(most: 'at least' | 'at most', limit: number | bigint, origin: string, inclusive = true): string {
  const words = inclusive ? most : most === 'at least' ? 'more than' : 'less than';
  if (origin === 'string' && most === 'at least' && Number(limit) === 1) return 'text that is not empty';
  if (origin === 'string') return `text of ${words} ${limit} characters`;
  if (origin === 'array' || origin === 'set')
    return `a list of ${words} ${limit} ${Number(limit) === 1 ? 'entry' : 'entries'}`;
  return `${words} ${limit}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** A value as it may be quoted in a sentence: short, and on one line. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
