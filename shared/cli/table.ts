import Table from 'cli-table3';
import { plain } from './terminal.ts';

export interface Column {
  title: string;
  /** Least width; a column of what never grows (a time) has it as its width too. */
  least: number;
  /** Never made narrower than its content. */
  fixed?: boolean;
}

const BARE = {
  top: '', 'top-mid': '', 'top-left': '', 'top-right': '',
  bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '',
  left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '',
  middle: '  ',
};
const GAP = 2;

/** Widths that hold the rows and fit the terminal: wide columns give way first, none below its least. */
export function widthsFor(columns: readonly Column[], rows: readonly (readonly string[])[], width?: number): number[] {
  const wanted = columns.map(({ title, least }, index) =>
    rows.reduce((most, row) => Math.max(most, plain(row[index] ?? '').length), Math.max(least, title.length)),
  );
  if (width === undefined) return wanted;
  const widths = [...wanted];
  const room = width - GAP * (columns.length - 1);
  const canShrink = (index: number) => !columns[index]?.fixed && (widths[index] ?? 0) > (columns[index]?.least ?? 0);
  while (widths.reduce((sum, each) => sum + each, 0) > room) {
    const shrinkable = widths.keys().filter(canShrink).toArray();
    const widest = shrinkable.reduce<number | undefined>(
      (best, index) => (best === undefined || (widths[index] ?? 0) > (widths[best] ?? 0) ? index : best),
      undefined,
    );
    if (widest === undefined) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

/** Rows in columns without borders; cells wrap. Whatever a cell holds is made harmless, then `paint` may colour it. */
export function tableText(
  rows: readonly (readonly string[])[],
  widths: readonly number[],
  paint: (text: string, column: number) => string = (text) => text,
): string {
  const table = new Table({
    chars: BARE,
    colWidths: widths.map((each) => each),
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    wordWrap: true,
    wrapOnWordBoundary: false,
  });
  for (const row of rows) table.push(row.map((cell, column) => paint(plain(cell), column)));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
