import { expect, it } from 'vitest';
import { lineOf, progressLine } from '../../../shared/cli/reporting/progress.ts';

const step = { kind: 'nodegroup', region: 'eu-west-1', done: 120, total: 500, calls: 640 } as const;

/** What was written to a screen while these moments passed (ms). */
function written(isTTY: boolean, moments: readonly number[]): string[] {
  const texts: string[] = [];
  let now = 0;
  const line = progressLine({ isTTY, columns: 40, write: (text) => texts.push(text) }, () => now);
  for (const moment of moments) {
    now = moment;
    line.tell(step);
  }
  line.end();
  return texts;
}

it('says what it does, how far it is, how many calls it made, and how long it still takes', () => {
  expect([lineOf(step, 12_000), lineOf({ ...step, done: 0 }, 10), lineOf({ ...step, done: 500 }, 10)]).toEqual([
    'Judging nodegroup in eu-west-1: 120 of 500 · 640 calls · about 38 s left',
    'Judging nodegroup in eu-west-1: 0 of 500 · 640 calls',
    'Judging nodegroup in eu-west-1: 500 of 500 · 640 calls',
  ]);
});

it('shows a line that fits after a second, not more often than one can read, and takes it away', () => {
  expect(written(true, [10, 999, 1000, 1050, 1100])).toEqual([
    '\r\u001b[2KJudging nodegroup in eu-west-1: 120 of ',
    '\r\u001b[2KJudging nodegroup in eu-west-1: 120 of ',
    '\r\u001b[2K',
  ]);
});

it('writes nothing where there is no terminal, or it was quick', () => {
  expect([written(false, [2000]), written(true, [900])]).toEqual([[], []]);
});
