import { text } from '../../resources/json.ts';
import type { Output } from '../output.ts';
import { severityColour } from '../severity-colour.ts';
import { type Column, headText, tableText, widthsFor } from '../table.ts';
import { counted, plain } from '../terminal.ts';
import { wrapped } from '../wrapped.ts';
import type { Counts, ErrorLine, RecheckLine, Seen, Setting, Teller } from './replayed.ts';

const COLUMNS: readonly Column[] = [
  { title: 'Time (UTC)', least: 10 },
  { title: 'Event', least: 8 },
  { title: 'Read again', least: 9 },
  { title: 'Who', least: 7 },
  { title: 'With', least: 7 },
  { title: 'From', least: 8 },
];
const CONTROLS = { title: 'Controls', least: 12 };
/** From this width on a time stands on one line. */
const WIDE = 100;
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
    const columns = columnsFor(output.width);
    if (widths === undefined || output.width === undefined) widths = widthsFor(columns, rows, output.width);
    if (told === 0) output.out(headText(columns, widths, output));
    output.out(rowsText(rows, widths, output));
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

function columnsFor(width: number | undefined): readonly Column[] {
  if (width === undefined) return [...COLUMNS, CONTROLS];
  return COLUMNS.map((column, index) => ({ ...column, fixed: index === 0 && width >= WIDE }));
}

/** On a terminal the controls, which are many and long, stand below their row. */
function rowsText(rows: readonly string[][], widths: readonly number[], output: Output): string {
  const { width, colour } = output;
  const dim = (text: string, column: number) => (column === 0 || column === 5 ? colour.dim(text) : text);
  if (width === undefined) return tableText(rows, widths, output, dim);
  const lines = rows.flatMap((row) => [
    tableText([row.slice(0, COLUMNS.length)], widths, output, dim),
    ...wrapped(row.at(-1) ?? '', width),
  ]);
  return lines.join('\n');
}

function rowOf(
  { event, kind, id, account, region, actor, channel, controls }: RecheckLine,
  at: Setting,
  isSighting: boolean,
): string[] {
  const resource = id === null ? `every ${kind}` : `${kind} ${isSighting ? shortOf(id) : id}`;
  const time = at.time === 0 ? '' : new Date(at.time).toISOString().slice(0, 19).replace('T', ' ');
  const what = isSighting ? `${resource} (seen in ${account} ${region})` : `${resource} (${account} ${region})`;
  return [time, event, what, shortOf(actor), channel, at.address ?? '', controls.join(', ')];
}

/** An ARN without what the row says anyway: `terraform-deploy/GitHubActions`. */
function shortOf(actor: string): string {
  return actor.replace(/^arn:[\w-]+:(?:iam|sts)::\d{12}:(?:assumed-role\/|role\/|user\/)?/, '');
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
    `${verdictsText(verdicts)}, ${counted(findings.length, 'finding')}, ${counted(notices.length, 'notice')}.`,
    '',
  ];
}

/** `4 verdicts (3 pass, 1 unknown)`: what could not be judged is never left out. */
function verdictsText(verdicts: Seen['verdicts']): string {
  const words = verdicts.map((each) => text(each, 'verdict') ?? '');
  const counts = [...Map.groupBy(words, (word) => word)].map(([word, all]) => `${all.length} ${word}`).sort(byWord);
  return `${counted(verdicts.length, 'verdict')} (${counts.join(', ')})`;
}

const byWord = (a: string, b: string) => (a.replace(/^\d+ /, '') < b.replace(/^\d+ /, '') ? -1 : 1);
