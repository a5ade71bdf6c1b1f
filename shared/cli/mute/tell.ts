import { holds, type Mute } from '../../notices/mutes.ts';
import { utc } from '../../notices/time.ts';
import type { Output } from '../output.ts';
import { type Column, headText, tableText, widthsFor } from '../table.ts';
import { plain } from '../terminal.ts';
import { wrapped } from '../wrapped.ts';

const COLUMNS: readonly Column[] = [
  { title: 'State', least: 6, fixed: true },
  { title: 'What', least: 7, fixed: true },
  { title: 'Name', least: 12 },
  { title: 'Until', least: 23, fixed: true },
  { title: 'Critical', least: 8, fixed: true },
  { title: 'Held back', least: 9, fixed: true },
];

/** A row for each mute, the newest first, and below it who asked for it and why. */
export function mutesText(
  lines: readonly { mute: Mute; held: number }[],
  now: number,
  output: Pick<Output, 'colour' | 'width'>,
): string {
  if (lines.length === 0) return 'Nothing is muted, and nothing was in the last day.';
  const { width = Number.POSITIVE_INFINITY } = output;
  const rows = lines.map(({ mute, held }) => rowOf(mute, held, now));
  const widths = widthsFor(COLUMNS, rows, output.width);
  const head = headText(COLUMNS, widths, output);
  const body = rows.flatMap((row, at) => [
    tableText([row], widths, output),
    ...belowOf(lines[at]?.mute).flatMap((text) => wrapped(plain(text), width)),
  ]);
  return [head, ...body].join('\n');
}

function rowOf(mute: Mute, held: number, now: number): string[] {
  const { what, name, until, lifted, evenCritical } = mute;
  const state = holds(mute, now) ? 'silent' : lifted ? 'lifted' : 'over';
  return [state, what, name, utc(lifted?.at ?? until), evenCritical ? 'silent' : 'told', String(held)];
}

function belowOf(mute: Mute | undefined): string[] {
  if (mute === undefined) return [];
  const lifted = mute.lifted === undefined ? [] : [`Lifted by ${mute.lifted.by}.`];
  return [`${mute.reason} (${mute.by}, ${utc(mute.since)})`, ...lifted];
}
