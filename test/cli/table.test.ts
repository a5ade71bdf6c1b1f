import fc from 'fast-check';
import { expect, it } from 'vitest';
import { processOutput } from '../../shared/cli/output.ts';
import { tableText, widthsFor } from '../../shared/cli/table.ts';

const columns = [
  { title: 'Id', least: 8, fixed: true },
  { title: 'What', least: 10 },
  { title: 'Why', least: 6 },
];
const cell = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '/', '-', '\u001b', 'é'), maxLength: 60 });
const rows = fc.array(fc.tuple(fc.constant('12345678'), cell, cell), { minLength: 1, maxLength: 6 });

it('fits a table to the terminal and keeps every character of it', () => {
  const squeezed = (text: string) => text.replace(/\s/g, '').split('').sort().join('');
  fc.assert(
    fc.property(rows, fc.integer({ min: 28, max: 140 }), (all, width) => {
      const text = tableText(all, widthsFor(columns, all, width), { width });
      const whole = tableText(all, widthsFor(columns, all), { width: undefined });
      expect([Math.max(...text.split('\n').map((line) => line.length)) <= width, squeezed(text)]).toEqual([
        true,
        squeezed(whole),
      ]);
    }),
  );
});

it('keeps a row on one line where there is no terminal', () => {
  const all = [
    ['12345678', 'x'.repeat(300), 'because'],
    ['12345678', 'y', 'too'],
  ];
  expect(tableText(all, widthsFor(columns, all), { width: undefined })).toBe(
    `12345678  ${'x'.repeat(300)}  because\n12345678  y${' '.repeat(299)}  too`,
  );
});

it('colours on a terminal only, and not where NO_COLOR or a dumb terminal says so', () => {
  const output = (isTTY: boolean, env: Record<string, string>) => {
    const stdout = { ...process.stdout, isTTY, columns: 100, on: () => {} } as unknown as typeof process.stdout;
    const { colour, width } = processOutput({ ...process, stdout, env } as typeof process);
    return [colour.red('x'), width];
  };
  expect([
    output(true, {}),
    output(true, { NO_COLOR: '1' }),
    output(true, { TERM: 'dumb' }),
    output(false, {}),
  ]).toEqual([
    ['\u001b[31mx\u001b[39m', 100],
    ['x', 100],
    ['x', 100],
    ['x', undefined],
  ]);
});
