import { CATALOGUE } from '../../controls/catalogue.ts';
import { utc } from '../../notices/time.ts';
import type { Answered, Framework } from '../../reports/frameworks/index.ts';
import type { Report } from '../../reports/report.ts';
import { paragraphs } from '../explain/paragraphs.ts';
import type { Output } from '../output.ts';
import { type Column, headText, tableText, widthsFor } from '../table.ts';
import type { CoverageRow } from './rows.ts';

type Where = Pick<Output, 'colour' | 'width'>;

const COLUMNS: readonly Column[] = [
  { title: 'Control', least: 20, fixed: true },
  { title: 'Kind', least: 8 },
  { title: 'Coverage', least: 14, fixed: true },
  { title: 'Judged', least: 6, fixed: true },
  { title: 'Unknown', least: 7, fixed: true },
  { title: 'N/A', least: 4, fixed: true },
];
const OF_BASELINE = COLUMNS.slice(0, 3);
const OF_FRAMEWORKS: readonly Column[] = [
  { title: 'Framework', least: 28, fixed: true },
  { title: 'Automated', least: 9, fixed: true },
  { title: 'By a person', least: 11, fixed: true },
  { title: 'Not yet', least: 7, fixed: true },
];
const OF_IDS: readonly Column[] = [
  { title: 'Id', least: 6, fixed: true },
  { title: 'Status', least: 9, fixed: true },
  { title: 'About', least: 20 },
  { title: 'Controls', least: 20 },
];

export function coverageText(
  {
    rows,
    frameworks,
    report,
  }: { rows: readonly CoverageRow[]; frameworks: readonly Framework[]; report: Report | undefined },
  output: Where,
): string {
  const { part } = paragraphs(output);
  const columns = report === undefined ? OF_BASELINE : COLUMNS;
  const cells = rows.map((row) => cellsOf(row).slice(0, columns.length));
  return [
    report === undefined ? 'What the baseline has on.' : `What ${SOURCES[report.source]} of ${utc(report.at)} shows.`,
    '',
    table(columns, cells, output),
    ...part('Unknown because', whys(rows)),
    ...part('Not judged', limits()),
    '',
    table(OF_FRAMEWORKS, frameworks.map(countsOf), output),
    ...part('Of the frameworks', [
      'NIST and PCI: only the ids that controls refer to. Id by id: npx eks-warden coverage --framework cis',
    ]),
  ].join('\n');
}

const SOURCES = { scan: 'the scan', snapshot: 'the snapshot', table: 'the findings table' } as const;

/** One framework id by id, and below it why some are not automated. */
export function frameworkText({ title, complete, requirements }: Framework, output: Where): string {
  const { part } = paragraphs(output);
  const rows = requirements.map(({ id, status, about = '', controls }) => [
    id,
    STATUS[status],
    about,
    controls.join(', '),
  ]);
  const reasons = Map.groupBy(
    requirements.filter(({ why }) => why !== undefined),
    ({ why }) => why,
  );
  return [
    `${output.colour.bold(title)}${complete ? '' : ': the ids that are listed here'}`,
    '',
    table(OF_IDS, rows, output),
    ...part(
      'Why not',
      [...reasons].map(([why, some]) => `${some.map(({ id }) => id).join(', ')}: ${why}`),
    ),
    ...part('In all', [
      countsOf({ title, requirements })
        .slice(1)
        .map((count, at) => `${count} ${Object.values(STATUS)[at]}`)
        .join(', ')
        .concat('.'),
    ]),
  ].join('\n');
}

const STATUS = { automated: 'automated', manual: 'by a person', 'not yet': 'not yet' } as const;

function countsOf({ title, requirements }: Pick<Framework, 'title' | 'requirements'>): string[] {
  const count = (wanted: Answered['status']) => String(requirements.filter(({ status }) => status === wanted).length);
  return [title, count('automated'), count('manual'), count('not yet')];
}

function cellsOf({ control, kind, status, judged, unknown, notApplicable }: CoverageRow): string[] {
  return [
    control,
    kind,
    status,
    ...[judged, unknown, notApplicable].map((count) => (count === 0 ? '' : String(count))),
  ];
}

/** Each reason once, with the controls that it keeps from judging. */
function whys(rows: readonly CoverageRow[]): string[] {
  const all = new Map<string, Set<string>>();
  for (const { control, why, missing } of rows) {
    const lacks = missing.length === 0 ? '' : ` Missing: ${missing.join(', ')}.`;
    for (const each of why) all.set(each + lacks, (all.get(each + lacks) ?? new Set()).add(control));
  }
  return [...all].map(([why, controls]) => `${[...controls].join(', ')}: ${why}`);
}

function limits(): string[] {
  return CATALOGUE.flatMap(({ id, notJudged = {} }) => Object.values(notJudged).map((why) => `${id}: ${why}`));
}

function table(columns: readonly Column[], rows: readonly (readonly string[])[], output: Where): string {
  const widths = widthsFor(columns, rows, output.width);
  return [headText(columns, widths, output), tableText(rows, widths, output)].join('\n');
}
