import type { Report } from '../../reports/report.ts';
import { UserMistake } from '../../runtime/errors.ts';
import { baselineFor } from '../baseline-file.ts';
import { hubOf } from '../hub.ts';
import type { Output } from '../output.ts';
import { exitOf } from '../reporting/exit-code.ts';
import { reportOfFile } from '../reporting/report-in-file.ts';
import { reportOfSnapshot } from '../reporting/report-of-snapshot.ts';
import { reportOfTable } from '../reporting/report-of-table.ts';
import { selectionOf } from '../reporting/selection.ts';
import { checkTelling, tellReport } from '../reporting/write-out.ts';
import type { ReportOptions } from './command.ts';

/** Reads, tells, and says what the process ends with. */
export async function report(options: ReportOptions, output: Output): Promise<number> {
  checkTelling(options);
  const found = await reportFrom(options);
  tellReport(found, options, output);
  return exitOf(found, options);
}

async function reportFrom(options: ReportOptions): Promise<Report> {
  const { from, snapshot } = options;
  if (from !== undefined && snapshot !== undefined) {
    throw new UserMistake('--from and --snapshot each name what to report on: leave one out.');
  }
  const selection = selectionOf(options);
  const baseline = () => baselineFor(options.baseline, Date.now());
  if (from !== undefined) return reportOfFile(from, baseline, selection);
  if (snapshot !== undefined) return reportOfSnapshot(snapshot, baseline(), selection);
  return reportOfTable(await hubOf(options), baseline(), selection);
}
