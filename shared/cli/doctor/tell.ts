import type { Output } from '../output.ts';
import { counted, plain, safeJson } from '../terminal.ts';
import { wrapped } from '../wrapped.ts';
import type { Check } from './check.ts';

const MARKS: Readonly<Record<Check['state'], string>> = { fine: '✓', wrong: '✗', unknown: '?' };

/** A line a check, and below what is wrong what mends it. */
export function checksText(checks: readonly Check[], { colour, width }: Pick<Output, 'colour' | 'width'>): string {
  const paint = { fine: colour.green, wrong: colour.red, unknown: colour.yellow };
  const room = width ?? Number.POSITIVE_INFINITY;
  const lines = checks.flatMap(({ state, title, why, mend }) => {
    const [first = '', ...rest] = wrapped(plain(`${title}: ${why}`), room);
    const head = `${paint[state](MARKS[state])} ${first.trimStart()}`;
    const mending = mend === '' ? [] : wrapped(plain(`  ${mend}`), room).map((line) => colour.dim(line));
    return [head, ...rest, ...mending];
  });
  return [...lines, '', sumOf(checks)].join('\n');
}

export function checksJson(checks: readonly Check[]): string {
  return safeJson({ ok: checks.every(({ state }) => state === 'fine'), checks }, 2);
}

function sumOf(checks: readonly Check[]): string {
  const count = (state: Check['state']) => checks.filter((check) => check.state === state).length;
  const [wrong, unknown] = [count('wrong'), count('unknown')];
  const parts = [
    ...(wrong > 0 ? [`${wrong} wrong`] : []),
    ...(unknown > 0 ? [`${unknown} could not be looked at`] : []),
  ];
  return `${counted(checks.length, 'check')}: ${parts.join(', ') || 'all fine'}.`;
}
