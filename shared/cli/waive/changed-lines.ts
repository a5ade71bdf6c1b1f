import type { Output } from '../output.ts';
import { plain } from '../terminal.ts';

/** Lines shown before and after what changed. */
const AROUND = 3;

/** What became of a text whose change is in one place, as `diff -u` shows it. */
export function changedLines(file: string, before: string, after: string, { colour }: Pick<Output, 'colour'>): string {
  const [was, is] = [linesOf(before), linesOf(after)];
  const most = Math.min(was.length, is.length);
  let same = 0;
  while (same < most && was[same] === is[same]) same++;
  let tail = 0;
  while (tail < most - same && was[was.length - 1 - tail] === is[is.length - 1 - tail]) tail++;
  const first = Math.max(0, same - AROUND);
  const behind = is.slice(is.length - tail, is.length - tail + AROUND);
  const [gone, come] = [was.slice(same, was.length - tail), is.slice(same, is.length - tail)];
  const ahead = is.slice(first, same);
  const size = (lines: readonly string[]) => ahead.length + lines.length + behind.length;
  return [
    `--- ${plain(file)}`,
    `+++ ${plain(file)}`,
    colour.cyan(`@@ -${first + 1},${size(gone)} +${first + 1},${size(come)} @@`),
    ...ahead.map((line) => ` ${shown(line)}`),
    ...gone.map((line) => colour.red(`-${shown(line)}`)),
    ...come.map((line) => colour.green(`+${shown(line)}`)),
    ...behind.map((line) => ` ${shown(line)}`),
  ].join('\n');
}

/** A line's end at the end of a text begins no further line. */
const linesOf = (text: string) => text.replace(/\n$/, '').split('\n');
const shown = (line: string) => plain(line.replace(/\r$/, ''));
