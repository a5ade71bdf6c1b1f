import { SEVERITIES } from '../../controls/define-control.ts';
import { sentenceOf, waiverOf, whyUnread } from '../../reports/formats/rows.ts';
import type { Report, Reported } from '../../reports/report.ts';
import { keyOf } from '../../resources/resource.ts';
import type { Output } from '../output.ts';
import { severityColour } from '../severity-colour.ts';
import { type Column, tableText, widthsFor } from '../table.ts';
import { counted, plain } from '../terminal.ts';

type Screen = Pick<Output, 'colour' | 'width'>;

const COLUMNS: readonly Column[] = [
  { title: '', least: 8, fixed: true },
  { title: '', least: 16 },
  { title: '', least: 24 },
];
const INDENT = '  ';

/** A report for people: what fails by resource, the worst first; what is unknown and why; what is accepted; the counts. */
export function reportText(report: Report, screen: Screen): string {
  const of = (verdict: string) => report.verdicts.filter((each) => each.verdict === verdict);
  const [failing, unknown, waived] = [of('fail'), of('unknown'), of('waived')];
  const widths = widthsFor(COLUMNS, [...failing, ...unknown, ...waived].map(cellsOf), roomOf(screen));
  const parts = [
    groups(failing, widths, screen),
    section('Unknown: could not be judged', groups(unknown, widths, screen), screen),
    section('Waived: fails, and is accepted', groups(waived, widths, screen), screen),
    section('Not listed: what is in here was not judged', gaps(report, screen), screen),
    [...partial(report, screen), ...summary(report, screen)].join('\n'),
  ];
  return parts.filter(Boolean).join('\n\n');
}

const roomOf = ({ width }: Screen) => (width === undefined ? undefined : width - INDENT.length);

function section(title: string, body: string, { colour }: Screen): string {
  return body === '' ? '' : `${colour.bold(title)}\n${body}`;
}

/** A line for each resource, below it one for each of its verdicts; in the order of the worst of them. */
function groups(verdicts: readonly Reported[], widths: readonly number[], screen: Screen): string {
  return [...Map.groupBy(verdicts, ({ resource }) => keyOf(resource)).values()]
    .map((all) => `${heading(all, screen)}\n${indented(rowsText(all, widths, screen))}`)
    .join('\n');
}

function heading([first]: readonly Reported[], { colour, width }: Screen): string {
  if (first === undefined) return '';
  const { kind, id, account, region } = first.resource;
  const others = first.clusters.filter((cluster) => cluster !== id);
  const name = plain(`${kind} ${id}`);
  const where = plain(
    [`${account} ${region}`, ...(others.length > 0 ? [`cluster ${others.join(', ')}`] : [])].join(' · '),
  );
  const fits = width === undefined || [...`${name}  ${where}`].length <= width;
  if (fits) return `${colour.bold(name)}  ${colour.dim(where)}`;
  return [
    ...cut(name, width).map(colour.bold),
    ...cut(where, width - INDENT.length).map((line) => INDENT + colour.dim(line)),
  ].join('\n');
}

function cut(text: string, width: number): string[] {
  const characters = [...text];
  const lines = Math.max(1, Math.ceil(characters.length / width));
  return [...Array(lines).keys()].map((at) => characters.slice(at * width, (at + 1) * width).join(''));
}

function rowsText(verdicts: readonly Reported[], widths: readonly number[], screen: Screen): string {
  return tableText(verdicts.map(cellsOf), widths, { width: roomOf(screen) }, (text, column) =>
    column === 0 ? severityColour(screen.colour, text) : text,
  );
}

function cellsOf(reported: Reported): string[] {
  const said = reported.verdict === 'waived' ? [sentenceOf(reported), waiverOf(reported)] : [sentenceOf(reported)];
  return [reported.severity, reported.control, said.filter(Boolean).join(' ')];
}

function indented(text: string): string {
  return text.replace(/^/gm, INDENT);
}

function gaps({ scopes }: Report, screen: Screen): string {
  const all = scopes.flatMap(({ account, region, unread }) =>
    unread.map((each) => [`${each.kind} in ${account} ${region}: ${whyUnread(each)}`]),
  );
  return all.length === 0 ? '' : indented(tableText(all, [roomOf(screen) ?? 0], { width: roomOf(screen) }));
}

function partial(report: Report, { colour, width }: Screen): string[] {
  if (report.partial === undefined) return [];
  const text = `Incomplete: ${report.partial} What is missing is not in order.`;
  return [tableText([[text]], [width ?? 0], { width }, colour.yellow)];
}

function summary({ verdicts, controls, scopes }: Report, { colour }: Screen): string[] {
  const count = (verdict: string) => verdicts.filter((each) => each.verdict === verdict).length;
  const judged = new Set(verdicts.map(({ control }) => control));
  const resources = new Set(verdicts.map(({ resource }) => keyOf(resource))).size;
  const accounts = new Set(scopes.map(({ account }) => account)).size;
  const partly = controls.filter(({ id, notJudged }) => notJudged !== undefined && judged.has(id)).length;
  const worst = verdicts.find(({ verdict }) => verdict === 'fail');
  return [
    failures(verdicts, colour),
    `${count('unknown')} unknown · ${count('waived')} waived · ${count('pass')} pass · ${count('not-applicable')} not applicable.`,
    `${counted(judged.size, 'control')} on ${counted(resources, 'resource')} in ${counted(accounts, 'account')}.`,
    ...(partly > 0 ? [`Judging a part only: ${counted(partly, 'control')} (npx eks-warden coverage).`] : []),
    ...(worst ? [`What to do about one:\n  npx eks-warden controls ${worst.control}`] : []),
  ];
}

function failures(verdicts: readonly Reported[], colour: Screen['colour']): string {
  const failing = verdicts.filter(({ verdict }) => verdict === 'fail');
  if (failing.length === 0) return colour.green('Nothing fails.');
  const bySeverity = SEVERITIES.flatMap((severity) => {
    const count = failing.filter((each) => each.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severityColour(colour, severity)}`];
  });
  return `${colour.bold(`${failing.length} fail`)}: ${bySeverity.join(', ')}.`;
}
