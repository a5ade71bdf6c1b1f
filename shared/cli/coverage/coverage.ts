import type { Baseline } from '../../baseline/baseline.ts';
import { CATALOGUE } from '../../controls/catalogue.ts';
import { frameworks } from '../../reports/frameworks/index.ts';
import type { Report } from '../../reports/report.ts';
import { baselineFor } from '../baseline-file.ts';
import type { Output } from '../output.ts';
import { safeJson } from '../terminal.ts';
import type { CoverageOptions } from './command.ts';
import { coverageRows } from './rows.ts';
import { coverageText, frameworkText } from './text.ts';

/** What is judged and what is not, as text or JSON. */
export async function coverage(options: CoverageOptions, output: Output, now: number): Promise<string> {
  const baseline = baselineFor(options.baseline, now);
  const report = await reportFor(options, baseline);
  const { framework: only } = options;
  const all = frameworks(baseline.controls).filter(({ name }) => only === undefined || name === only);
  const rows = coverageRows(baseline, report);
  if (options.format === 'json') {
    const notJudged = Object.fromEntries(CATALOGUE.flatMap(({ id, notJudged: some }) => (some ? [[id, some]] : [])));
    const source = report === undefined ? null : { source: report.source, at: report.at, scopes: report.scopes };
    return safeJson({ report: source, controls: rows, notJudged, frameworks: all }, 2);
  }
  const [first] = all;
  return only !== undefined && first
    ? frameworkText(first, output)
    : coverageText({ rows, frameworks: all, report }, output);
}

async function reportFor(options: CoverageOptions, baseline: Baseline): Promise<Report | undefined> {
  const { from, snapshot, table } = options;
  if (from !== undefined) return (await import('../reporting/report-in-file.ts')).reportIn(from);
  if (snapshot === undefined && !table) return undefined;
  const reporting = await import('../reporting/index.ts');
  if (snapshot !== undefined) return reporting.reportOfSnapshot(snapshot, baseline);
  const { hubOf } = await import('../hub.ts');
  return reporting.reportOfTable(await hubOf(options), baseline);
}
