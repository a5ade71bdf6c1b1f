import type { Output } from '../output.ts';
import { type Column, headText, tableText, widthsFor } from '../table.ts';
import { counted, plain } from '../terminal.ts';
import { wrapped } from '../wrapped.ts';
import { type FixLine, STATUSES } from './line.ts';

const COLUMNS: readonly Column[] = [
  { title: 'Since (UTC)', least: 16, fixed: true },
  { title: 'State', least: 7, fixed: true },
  { title: 'Control', least: 12 },
  { title: 'Resource', least: 12 },
  { title: 'Fix', least: 8, fixed: true },
];
/** As much of an id as tells fixes apart, and `undo` takes. */
export const SHORT = 8;

/** A row for each fix, and below it what it calls or what holds it. */
export function fixesText(lines: readonly FixLine[], output: Pick<Output, 'colour' | 'width'>): string {
  const { colour, width } = output;
  if (lines.length === 0) return 'No fix was begun or is held.';
  const rows = lines.map(rowOf);
  const widths = widthsFor(COLUMNS, rows, width);
  const head = headText(COLUMNS, widths, output);
  const paint = (text: string, column: number) => (column === 1 ? statusColour(colour, text) : text);
  const body = rows.flatMap((row, at) => [tableText([row], widths, output, paint), ...below(lines[at], width)]);
  return [head, ...body, '', sumOf(lines)].join('\n');
}

function rowOf({ fix, status, control, resource, at }: FixLine): string[] {
  const { kind, id, account, region } = resource;
  const since = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  return [since, status, control, `${kind} ${id} (${account} ${region})`, fix.slice(0, SHORT)];
}

function below(line: FixLine | undefined, width: number | undefined): string[] {
  if (line === undefined) return [];
  const text = [line.why, line.calls.length === 0 ? '' : `Calls ${line.calls.join(', ')}.`].filter(Boolean).join(' ');
  return text === '' ? [] : wrapped(plain(text), width ?? Number.POSITIVE_INFINITY);
}

function statusColour(colour: Output['colour'], text: string): string {
  const status = text.trim();
  if (status === 'failed') return colour.red(text);
  return status === 'held' || status === 'running' || status === 'undoing' ? colour.yellow(text) : text;
}

function sumOf(lines: readonly FixLine[]): string {
  const groups = STATUSES.flatMap((status) => {
    const count = lines.filter((line) => line.status === status).length;
    return count > 0 ? [`${count} ${status}`] : [];
  });
  return `${counted(lines.length, 'line')}: ${groups.join(', ')}. Take one back: npx eks-warden undo FIX`;
}
