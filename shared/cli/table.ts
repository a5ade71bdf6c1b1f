import type { Output } from './output.ts';
import { plain } from './terminal.ts';

export interface Column {
  title: string;
  /** Least width; a column of what never grows (a time) has it as its width too. */
  least: number;
  /** Never made narrower than its content. */
  fixed?: boolean;
}

const GAP = 2;

/** Widths that hold the rows and fit the terminal: wide columns give way first, none below its least. */
export function widthsFor(columns: readonly Column[], rows: readonly (readonly string[])[], width?: number): number[] {
  const wanted = columns.map(({ title, least }, index) =>
    rows.reduce((most, row) => Math.max(most, [...plain(row[index] ?? '')].length), Math.max(least, title.length)),
  );
  if (width === undefined) return wanted;
  const widths = [...wanted];
  const room = width - GAP * (columns.length - 1);
  const canShrink = (index: number) => !columns[index]?.fixed && (widths[index] ?? 0) > (columns[index]?.least ?? 0);
  while (widths.reduce((sum, each) => sum + each, 0) > room) {
    const shrinkable = [...widths.keys()].filter(canShrink);
    const widest = shrinkable.reduce<number | undefined>(
      (best, index) => (best === undefined || (widths[index] ?? 0) > (widths[best] ?? 0) ? index : best),
      undefined,
    );
    if (widest === undefined) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

/** The titles of columns, above their rows. */
export function headText(
  columns: readonly Column[],
  widths: readonly number[],
  output: Pick<Output, 'colour' | 'width'>,
): string {
  return tableText([columns.map(({ title }) => title)], widths, output, output.colour.bold);
}

/**
 * Rows in columns without borders. On a terminal cells wrap within their widths; elsewhere a row stays one line,
 * whatever its length. What a cell holds is made harmless first, then `paint` may colour it.
 */
export function tableText(
  rows: readonly (readonly string[])[],
  widths: readonly number[],
  { width }: { width: number | undefined },
  paint: (text: string, column: number) => string = (text) => text,
): string {
  const lines = width === undefined ? rows.map((row) => inLine(row, widths)) : wrappedRows(rows, widths, paint);
  return lines.map((line) => line.trimEnd()).join('\n');
}

function inLine(row: readonly string[], widths: readonly number[]): string {
  return row.map((cell, column) => plain(cell).padEnd(widths[column] ?? 0)).join(' '.repeat(GAP));
}

/** Each row as high as its highest cell; padding stands outside the colours, which have no width. */
function wrappedRows(
  rows: readonly (readonly string[])[],
  widths: readonly number[],
  paint: (text: string, column: number) => string,
): string[] {
  return rows.flatMap((row) => {
    const cells = row.map((cell, column) => brokenAt(plain(cell), widths[column] ?? 1));
    const height = Math.max(1, ...cells.map((lines) => lines.length));
    return [...Array(height).keys()].map((line) =>
      cells
        .map((lines, column) => painted(lines[line] ?? '', widths[column] ?? 0, column, paint))
        .join(' '.repeat(GAP)),
    );
  });
}

function painted(text: string, width: number, column: number, paint: (text: string, column: number) => string): string {
  const padding = ' '.repeat(Math.max(0, width - [...text].length));
  return text === '' ? padding : `${paint(text, column)}${padding}`;
}

/**
 * Lines of at most `width` characters, broken behind a space or a mark where one is near the end. Colours come after:
 * their codes have no width.
 */
function brokenAt(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = [...text];
  while (rest.length > width) {
    const near = rest.slice(0, width).findLastIndex((character) => ' ,/:-@#'.includes(character)) + 1;
    const end = rest[width] !== ' ' && near > width / 2 ? near : width;
    lines.push(rest.slice(0, end).join('').trimEnd());
    rest = rest.slice(rest[end] === ' ' ? end + 1 : end);
  }
  return [...lines, rest.join('')];
}
