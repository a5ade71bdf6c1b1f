import { expect, it } from 'vitest';
import { functionsOf, linesOf, sourceFiles } from '../support/source-files.ts';

const code = sourceFiles('shared/**/*.ts', 'functions/**/*.ts').filter(({ path }) => !path.endsWith('.d.ts'));

/** The most lines of a file, by where it stands; the first that fits holds. */
const BUDGETS: readonly [where: RegExp, lines: number][] = [
  [/^functions\/[^/]+\/index\.ts$/, 30],
  [/^shared\/controls\/[^/]+\/[^/]+\.ts$/, 80],
  [/./, 200],
];
const LONGEST_FUNCTION = 40;

it('entries, controls and modules are as short as promised', () => {
  const long = code.flatMap((file) => {
    const most = BUDGETS.find(([where]) => where.test(file.path))?.[1] ?? 0;
    return linesOf(file) > most ? [`${file.path} has ${linesOf(file)} lines of ${most}`] : [];
  });
  expect(long).toEqual([]);
});

it('functions are as short as promised', () => {
  const long = code.flatMap((file) =>
    functionsOf(file)
      .filter(({ lines }) => lines > LONGEST_FUNCTION)
      .map(({ line, lines }) => `${file.path}:${line} has ${lines} lines`),
  );
  expect(long).toEqual([]);
});
