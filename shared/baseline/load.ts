import { CATALOGUE, groupOf } from '../controls/catalogue.ts';
import { KINDS } from '../resources/kinds.ts';
import { BaselineError } from '../runtime/errors.ts';
import type { Baseline } from './baseline.ts';
import { readyBaseline } from './compile.ts';
import { type Known, readBaseline } from './read.ts';
import type { BaselineFile } from './schema.ts';
import { type WrittenOut, writtenOut } from './write-out.ts';

/** What every baseline of this version is checked against. */
export function known(now: number): Known {
  return { catalogue: CATALOGUE, kinds: KINDS, groups: [...new Set(CATALOGUE.map(groupOf))].sort(), now };
}

/** A baseline as a file says it, as a bundle holds it, and ready for use. */
export interface Loaded {
  data: BaselineFile;
  written: WrittenOut;
  baseline: Baseline;
}

/** Reads, checks and compiles a baseline; throws a `BaselineError` with every problem of it. */
export function loadBaseline(text: string, file: string, now: number): Loaded {
  const read = readBaseline(text, known(now));
  if ('problems' in read) throw new BaselineError(file, read.problems);
  const written = writtenOut(read.data, CATALOGUE);
  return { data: read.data, written, baseline: readyBaseline(written, CATALOGUE) };
}
