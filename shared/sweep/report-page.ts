import packaged from '../../package.json' with { type: 'json' };
import type { Files } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import { byWorst } from '../reports/by-worst.ts';
import { json } from '../reports/formats/json.ts';
import { htmlReport } from '../reports/html-report/index.ts';
import { reportedControl } from '../reports/of-state.ts';
import type { Report, ReportedScope } from '../reports/report.ts';
import type { Gathered } from './gather.ts';
import type { SweepRow } from './rows.ts';

/** Writes what is not in order, as a page and as JSON, and resolves to their keys. The same again for a repeated call. */
export async function writeReport(
  files: Files,
  baseline: Pick<Baseline, 'controls'>,
  { run, ended, tally }: Pick<SweepRow, 'run' | 'ended' | 'tally'>,
  scopes: readonly ReportedScope[],
  { verdicts, left }: Pick<Gathered, 'verdicts' | 'left'>,
  earlier: readonly SweepRow[],
): Promise<Required<Pick<SweepRow, 'report' | 'json'>>> {
  const report: Report = {
    version: packaged.version,
    at: ended,
    source: 'table',
    scopes,
    controls: baseline.controls.map(reportedControl),
    verdicts: [...verdicts].sort(byWorst),
    ...(left > 0 ? { partial: `${left} more that are not in order are left out here.` } : {}),
  };
  const history = earlier.map(({ ended: at, tally }) => ({ at, failing: tally.severities }));
  const passed = Object.fromEntries(Object.entries(tally.controls).map(([id, { passes = 0 }]) => [id, passes]));
  const [page, data] = [`reports/${run}.html`, `reports/${run}.json`];
  const html = htmlReport(report, { history, title: 'The nightly sweep', passed });
  await files.write(page, html, 'text/html; charset=utf-8');
  await files.write(data, json(report));
  return { report: page, json: data };
}
