import { SEVERITIES } from '../../controls/define-control.ts';
import { plain } from '../../runtime/terminal.ts';
import { type Report, VERDICTS } from '../report.ts';
import { isoOf } from '../times.ts';
import { causeOf, type Row, requirementsOf, rowsOf, sentenceOf, waiverOf, whyUnread } from './rows.ts';

const SOURCES = { scan: 'a scan', snapshot: 'a snapshot', table: "the hub's table" } as const;

/** For a ticket, a pull request or a wiki (GitHub's dialect): what fails, what is unknown, what is accepted, then each control. */
export function markdown(report: Report): string {
  const rows = rowsOf(report);
  const of = (verdict: string) => rows.filter(({ reported }) => reported.verdict === verdict);
  const parts = [
    '# eks-warden',
    [`As of ${isoOf(report.at)}, from ${SOURCES[report.source]}, by eks-warden ${md(report.version)}.`, partOf(report)]
      .filter(Boolean)
      .join('\n\n'),
    countsTable(rows),
    section('What fails', of('fail'), ['Severity', 'Control', 'Resource', 'It says', 'Changed'], failCells),
    section('What is unknown', of('unknown'), ['Severity', 'Control', 'Resource', 'Why'], unknownCells),
    unreadList(report),
    section('What is waived', of('waived'), ['Severity', 'Control', 'Resource', 'It says', 'Waiver'], waivedCells),
    controlsTable(report, rows),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

/**
 * Text of anybody's that stays text: every mark of the dialect is escaped, also those that would make a link of an
 * address or a mention of a name.
 */
export function md(text: string): string {
  return plain(text)
    .replace(/[\\`*_{}[\]<>#|~@:&$!()]/g, '\\$&')
    .replace(/www\./gi, (www) => www.replace('.', '\\.'));
}

function partOf({ partial }: Report): string {
  return partial === undefined ? '' : `**Incomplete:** ${md(partial)} What is missing is not in order.`;
}

function countsTable(rows: readonly Row[]): string {
  const line = SEVERITIES.map((severity) => {
    const counts = VERDICTS.map(
      (verdict) => rows.filter(({ reported }) => reported.severity === severity && reported.verdict === verdict).length,
    );
    return [severity, ...counts.map(String)];
  });
  return table(['Severity', 'Fails', 'Unknown', 'Waived', 'Passes', 'Not applicable'], line);
}

function section(title: string, rows: readonly Row[], heads: readonly string[], cells: (row: Row) => string[]): string {
  if (rows.length === 0) return '';
  return `## ${title} (${rows.length})\n\n${table(heads, rows.map(cells))}`;
}

const firstCells = ({ reported, control }: Row) => [reported.severity, md(control.id), placeOf(reported)];
const failCells = (row: Row) => [...firstCells(row), md(sentenceOf(row.reported)), md(causeOf(row.reported))];
const unknownCells = (row: Row) => [...firstCells(row), md(sentenceOf(row.reported))];
const waivedCells = (row: Row) => [...firstCells(row), md(sentenceOf(row.reported)), md(waiverOf(row.reported))];

function placeOf({ resource: { kind, id, account, region } }: Row['reported']): string {
  return md(`${kind} ${id} in ${account} ${region}`);
}

function unreadList({ scopes }: Report): string {
  const gaps = scopes.flatMap(({ account, region, unread }) =>
    unread.map((each) => `* ${md(`${each.kind} in ${account} ${region}: ${whyUnread(each)}`)}`),
  );
  return gaps.length === 0 ? '' : `## What could not be listed (${gaps.length})\n\n${gaps.join('\n')}`;
}

/** A control whose every verdict passes is not shown as more than it judges. */
function controlsTable({ controls }: Report, rows: readonly Row[]): string {
  const judged = controls.flatMap((control) => {
    const own = rows.filter(({ reported }) => reported.control === control.id);
    if (own.length === 0) return [];
    const counts = VERDICTS.map((verdict) => own.filter(({ reported }) => reported.verdict === verdict).length);
    const texts = [control.title, requirementsOf(control).join(', '), control.notJudged ?? ''];
    return [[md(control.id), ...texts.map(md), ...counts.map(String)]];
  });
  if (judged.length === 0) return '';
  const heads = [
    'Control',
    'Title',
    'Requirements',
    'Not judged',
    'Fails',
    'Unknown',
    'Waived',
    'Passes',
    'Not applicable',
  ];
  return `## Controls\n\n${table(heads, judged)}`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
