import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { known } from '../../../shared/baseline/load.ts';
import { readBaseline } from '../../../shared/baseline/read.ts';
import type { Complaint } from '../../../shared/baseline/sentences.ts';
import { merge } from '../../support/cloud/audited/index.ts';
import type { Story } from './schema.ts';

const SHIPPED = join(import.meta.dirname, '..', '..', '..', 'baseline.yml');

/** The shipped baseline with what the story wants otherwise. */
export function baselineOf({ baseline }: Pick<Story, 'baseline'>): string {
  return stringify(merge(parse(readFileSync(SHIPPED, 'utf8')), baseline));
}

/** What is wrong with it, at its place in the story. */
export function baselineComplaints(story: Story): Complaint[] {
  const read = readBaseline(baselineOf(story), known(Date.now()));
  if (!('problems' in read)) return [];
  return read.problems.map(({ path, problem }) => ({
    path: ['baseline', ...stepsOf(path)],
    at: 'key',
    problem: problem.startsWith(`${path}: `) ? problem.slice(path.length + 2) : problem,
  }));
}

/** `controls["node-no-ssh"].params` as steps. */
function stepsOf(path: string): PropertyKey[] {
  return [...path.matchAll(/\[(\d+)\]|\["([^"]*)"\]|(\w+)/g)].map(([, index, quoted, word]) =>
    index === undefined ? (quoted ?? word ?? '') : Number(index),
  );
}
