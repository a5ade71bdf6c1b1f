import { expect, it } from 'vitest';
import { processOutput } from '../../shared/cli/output.ts';

it('writes a large text whole, in parts that end with a line', () => {
  const written: string[] = [];
  const stdout = { on: () => {}, write: (some: string) => written.push(some) } as unknown as typeof process.stdout;
  const lines = Array.from({ length: 10_000 }, (_, at) => `${at} 𝄞 of a score`).join('\n');
  processOutput({ ...process, stdout } as typeof process).out(lines);
  expect(written.join('')).toBe(`${lines}\n`);
  expect(written.filter((some) => !some.endsWith('\n'))).toEqual([written.at(-2)]);
  expect(Math.max(...written.map(({ length }) => length))).toBeLessThan(66_000);
});
