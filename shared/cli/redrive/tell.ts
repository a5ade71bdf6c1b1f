import { DAY, HOUR, MINUTE } from '../../runtime/clock.ts';
import type { Output } from '../output.ts';
import { type Column, tableText, widthsFor } from '../table.ts';
import { counted, plain } from '../terminal.ts';
import { wrapped } from '../wrapped.ts';
import type { KeptLine } from './kept.ts';
import type { Redriven } from './redrive.ts';

const COLUMNS: readonly Column[] = [
  { title: 'Age', least: 7, fixed: true },
  { title: 'Tries', least: 5, fixed: true },
  { title: 'What', least: 30 },
];
/** Lines of one queue that a person reads; the rest is counted. */
const MOST_LINES = 20;

/** Each queue with what stands in it and what became of it; then what was not looked at, and why. */
export function keptText(
  all: readonly Redriven[],
  unseen: readonly string[],
  now: number,
  output: Pick<Output, 'colour' | 'width'>,
): string {
  const full = all.filter(({ lines }) => lines.length > 0);
  const room = output.width ?? Number.POSITIVE_INFINITY;
  const nothing = full.length === 0 ? [`Nothing was set aside in ${counted(all.length, 'queue')}.`] : [];
  const notLooked = unseen.flatMap((why) => wrapped(plain(`${why}.`), room));
  return [
    ...nothing,
    ...full.map((each) => queueText(each, now, output)),
    ...(notLooked.length > 0 ? [['Not looked at:', ...notLooked].join('\n')] : []),
  ].join('\n\n');
}

function queueText({ queue, lines, said }: Redriven, now: number, output: Pick<Output, 'colour' | 'width'>): string {
  const shown = lines.slice(0, MOST_LINES);
  const rows = shown.map((line) => [ageOf(now - line.sentAt), String(line.received), line.about]);
  const widths = widthsFor(COLUMNS, rows, output.width);
  const room = output.width ?? Number.POSITIVE_INFINITY;
  const body = rows.flatMap((row, at) => [
    tableText([row], widths, output),
    ...whyBelow(shown, at).flatMap((text) => wrapped(plain(text), room)),
  ]);
  const more = lines.length - shown.length;
  return [
    output.colour.bold(`${queue}: ${counted(lines.length, 'message')}; ${plain(said)}.`),
    tableText([COLUMNS.map(({ title }) => title)], widths, output),
    ...body,
    ...(more > 0 ? [`… and ${more} more (--format json has them).`] : []),
  ].join('\n');
}

/** A reason is said once for all the lines in a row that share it. */
function whyBelow(lines: readonly KeptLine[], at: number): string[] {
  const why = lines[at]?.why;
  return why === undefined || lines[at + 1]?.why === why ? [] : [why];
}

/** Pure. */
export function ageOf(milliseconds: number): string {
  if (milliseconds >= 2 * DAY) return `${Math.floor(milliseconds / DAY)} d`;
  if (milliseconds >= 2 * HOUR) return `${Math.floor(milliseconds / HOUR)} h`;
  return `${Math.max(0, Math.floor(milliseconds / MINUTE))} min`;
}
