import { CATALOGUE, groupOf } from '../controls/catalogue.ts';
import { KINDS } from '../resources/kinds.ts';
import { BaselineError } from '../runtime/errors.ts';
import type { Baseline } from './baseline.ts';
import { compileBaseline } from './compile.ts';
import { type Known, readBaseline } from './read.ts';
import type { BaselineFile } from './schema.ts';

/** What every baseline of this version is checked against. */
export function known(now: number): Known {
  return { catalogue: CATALOGUE, kinds: KINDS, groups: [...new Set(CATALOGUE.map(groupOf))].sort(), now };
}

/** Reads, checks and compiles a baseline; throws a `BaselineError` with every problem of it. */
export function loadBaseline(text: string, file: string, now: number): { data: BaselineFile; baseline: Baseline } {
  const read = readBaseline(text, known(now));
  if ('problems' in read) throw new BaselineError(file, read.problems);
  return { data: read.data, baseline: compileBaseline(read.data, CATALOGUE) };
}
