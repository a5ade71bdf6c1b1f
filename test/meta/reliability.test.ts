import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const PAGE = join(ROOT, 'docs', 'reliability.md');

/** What is promised: letters, and the first and last number; a single number stands for itself. */
const PROMISED: readonly [letters: string, ...numbers: (number | [first: number, last: number])[]][] = [
  ['D', [1, 6]],
  ['R', [1, 7]],
  ['B', [1, 8]],
  ['ST', [1, 5]],
  ['M', [1, 5]],
  ['DY', [1, 5], 7],
  ['E', [1, 5]],
  ['H', [1, 4]],
  ['U', [1, 5]],
  ['L', 1, 2, 4],
  ['F', 2, 3, [5, 7]],
  ['A', 3],
  ['N', 1, 2, [4, 7]],
  ['IN', [1, 8]],
  ['Z', [1, 4]],
  ['V', [1, 5]],
  ['Y', [1, 4]],
  ['S', [1, 6]],
  ['K', [1, 4]],
  ['G', [1, 4]],
  ['C', [1, 5]],
  ['P', [1, 2]],
  ['W', [1, 7]],
  ['X', [1, 5]],
  ['T', 1, 3],
  ['O', 1, 4],
  ['Q', [1, 3], 5],
];

const IDS: readonly string[] = PROMISED.flatMap(([letters, ...numbers]) =>
  numbers
    .flatMap((one) => {
      const [first, last] = typeof one === 'number' ? [one, one] : one;
      return Array.from({ length: last - first + 1 }, (_, at) => first + at);
    })
    .map((number) => `${letters}-${String(number).padStart(2, '0')}`),
);

/** The rows of the page: id, what it promises, and the files that its links lead to. */
const rows = readFileSync(PAGE, 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, id, promise = '', rest = ''] = /^\| ([A-Z]+-\d\d) \| (.+?) \| (.+) \|$/.exec(line) ?? [];
    const files = [...rest.matchAll(/\]\(([^)]+)\)/g)].map(([, to = '']) => join(dirname(PAGE), to));
    return id === undefined ? [] : [{ id, promise, files }];
  });

/** The ids that the names of a file's tests begin with. */
function idsIn(file: string): Set<string> {
  const names = readFileSync(file, 'utf8').matchAll(/['`"]((?:[A-Z]{1,2}-\d\d(?:, |: ))+)/g);
  return new Set([...names].flatMap(([, ids = '']) => ids.match(/[A-Z]{1,2}-\d\d/g) ?? []));
}

const tests = globSync('test/**/*.ts', { cwd: ROOT }).map((file) => join(ROOT, file));

it('the page has a row for each promise and no other, each in a sentence', () => {
  expect(rows.map(({ id }) => id).sort()).toEqual([...IDS].sort());
  expect(rows.filter(({ promise }) => !/^[A-Z].*\.$/.test(promise))).toEqual([]);
});

it('every promise stands in the name of a test, and every link of the page leads to a file', () => {
  const named = new Set(tests.flatMap((file) => [...idsIn(file)]));
  expect(IDS.filter((id) => !named.has(id))).toEqual([]);
  expect(rows.flatMap(({ files }) => files).filter((file) => !existsSync(file))).toEqual([]);
});

it('a row names tests of its promise, and no file that has none', () => {
  const listed = rows.map(({ id, files }) => ({ id, tests: files.filter((file) => file.endsWith('.ts')) }));
  expect(listed.filter(({ tests: own }) => own.length === 0)).toEqual([]);
  expect(listed.flatMap(({ id, tests: own }) => own.filter((file) => !idsIn(file).has(id)))).toEqual([]);
});
