import { stringify } from 'csv-stringify/sync';
import { plain } from '../../runtime/terminal.ts';
import type { Report } from '../report.ts';
import { isoOf } from '../times.ts';
import { causeOf, type Row, requirementsOf, rowsOf, sentenceOf, waiverOf } from './rows.ts';

/** The columns, in their order: new ones are only ever added at the end. */
export const CSV_COLUMNS = {
  verdict: ({ reported }) => reported.verdict,
  severity: ({ reported }) => reported.severity,
  control: ({ control }) => control.id,
  title: ({ control }) => control.title,
  account: ({ reported }) => reported.resource.account,
  region: ({ reported }) => reported.resource.region,
  kind: ({ reported }) => reported.resource.kind,
  resource: ({ reported }) => reported.resource.id,
  clusters: ({ reported }) => reported.clusters.join(' '),
  says: ({ reported }) => sentenceOf(reported),
  shows: ({ reported }) => reported.shows ?? '',
  'missing permission': ({ reported }) => reported.unread?.missing ?? '',
  waiver: ({ reported }) => waiverOf(reported),
  state: ({ reported }) => reported.state ?? '',
  'first seen': ({ reported }) => timeOf(reported.firstSeen),
  since: ({ reported }) => timeOf(reported.since),
  cause: ({ reported }) => causeOf(reported),
  'how to fix': ({ control }) => control.howToFix,
  requirements: ({ control }) => requirementsOf(control).join('; '),
  'not judged': ({ control }) => control.notJudged ?? '',
  id: ({ reported }) => reported.id,
} as const satisfies Record<string, (row: Row) => string>;

/**
 * RFC 4180 with a heading. A cell that a spreadsheet would take for a formula begins with an apostrophe; what a
 * terminal would act on, line ends too, is shown as its escape, so that a record is a line.
 */
export function csv(report: Report): string {
  const columns = Object.entries<(row: Row) => string>(CSV_COLUMNS);
  const records = rowsOf(report).map((row) => columns.map(([, cell]) => plain(cell(row))));
  return stringify([columns.map(([name]) => name), ...records], { escape_formulas: true, record_delimiter: '\r\n' });
}

const timeOf = (at: number | undefined) => (at === undefined ? '' : isoOf(at));
