import type { Output } from '../output.ts';
import { severityColour } from '../severity-colour.ts';
import { type Column, tableText, widthsFor } from '../table.ts';
import { counted, plain } from '../terminal.ts';
import type { Counts, ErrorLine, RecheckLine, Seen, Setting, Teller } from './replayed.ts';

const COLUMNS: readonly Column[] = [
  { title: 'Time (UTC)', least: 10 },
  { title: 'Event', least: 10 },
  { title: 'Read again', least: 10 },
  { title: 'Who', least: 8 },
  { title: 'With', least: 7 },
  { title: 'From', least: 11 },
  { title: 'Controls', least: 12 },
];
/** Rows that are looked at together for the widths of the columns. */
const BATCH = 500;

/** A row for each resource that would be read again, then what was ignored and why, then what could not be read. */
export function tableTeller(output: Output): Teller {
  const { colour } = output;
  const errors: ErrorLine[] = [];
  let rows: string[][] = [];
  let widths: number[] | undefined;
  let told = 0;

  const flush = () => {
    if (rows.length === 0) return;
    if (widths === undefined || output.width === undefined) widths = widthsFor(COLUMNS, rows, output.width);
    if (told === 0) output.out(tableText([COLUMNS.map(({ title }) => title)], widths, output, colour.bold));
    output.out(
      tableText(rows, widths, output, (text, column) => (column === 0 || column === 5 ? colour.dim(text) : text)),
    );
    told += rows.length;
    rows = [];
  };
  const add = (line: RecheckLine, setting: Setting, isSighting: boolean) => {
    rows.push(rowOf(line, setting, isSighting));
    if (rows.length >= BATCH) flush();
  };
  return {
    recheck: (line, setting) => add(line, setting, false),
    sighting: (line, setting) => add(line, setting, true),
    error: (line) => void errors.push(line),
    end(counts, seen) {
      flush();
      if (told > 0) output.out('');
      for (const line of seenLines(seen, output)) output.out(line);
      output.out(summary(counts, told, errors.length, output));
      for (const { file, record, problem } of errors) {
        output.err(`${colour.yellow(plain(record === null ? file : `${file}: record ${record}`))}: ${plain(problem)}`);
      }
    },
  };
}

function rowOf(
  { event, kind, id, account, region, actor, channel, controls }: RecheckLine,
  at: Setting,
  isSighting: boolean,
): string[] {
  const resource = id === null ? `every ${kind}` : `${kind} ${id}`;
  const time = new Date(at.time).toISOString().slice(0, 19).replace('T', ' ');
  const what = isSighting ? `${resource} (seen in ${account} ${region})` : `${resource} (${account} ${region})`;
  return [time, event, what, actor, channel, at.address ?? '', controls.join(', ')];
}

function summary({ events, ignored }: Counts, told: number, errors: number, { colour }: Output): string {
  const reasons = Object.entries(ignored).sort(([, a], [, b]) => b - a);
  const count = reasons.reduce((sum, [, each]) => sum + each, 0);
  const why = reasons.map(([reason, each]) => `${each} ${reason}`).join(', ');
  const parts = [
    counted(events, 'event'),
    `${told} to read again or seen`,
    `${count} ignored${why ? ` (${why})` : ''}`,
    ...(errors > 0 ? [colour.yellow(`${errors} that could not be read`)] : []),
  ];
  return `${parts.join(' · ')}.`;
}

function seenLines({ verdicts, findings, notices }: Seen, { colour }: Output): string[] {
  if (verdicts.length === 0 && findings.length === 0) return [];
  const lines = findings.map(
    ({ severity, state, control, resource, text }) =>
      `${severityColour(colour, severity)} ${state}  ${colour.bold(plain(control))}  ${plain(resource)}\n  ${plain(text)}`,
  );
  return [
    ...lines,
    `${counted(verdicts.length, 'verdict')}, ${counted(findings.length, 'finding')}, ${counted(notices.length, 'notice')}.`,
    '',
  ];
}
