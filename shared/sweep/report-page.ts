import packaged from '../../package.json' with { type: 'json' };
import type { Files } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import { byWorst } from '../reports/by-worst.ts';
import { htmlReport } from '../reports/html-report/index.ts';
import { reportedControl } from '../reports/of-state.ts';
import type { Report, ReportedScope } from '../reports/report.ts';
import type { Gathered } from './gather.ts';
import type { SweepRow } from './rows.ts';

/** Writes the page of what is not in order, and resolves to its key. The same again for a repeated call. */
export async function writeReport(
  files: Files,
  baseline: Pick<Baseline, 'controls'>,
  { run, ended, tally }: Pick<SweepRow, 'run' | 'ended' | 'tally'>,
  scopes: readonly ReportedScope[],
  { verdicts, left }: Pick<Gathered, 'verdicts' | 'left'>,
  earlier: readonly SweepRow[],
): Promise<string> {
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
  const key = `reports/${run}.html`;
  await files.write(
    key,
    htmlReport(report, { history, title: 'The nightly sweep', passed }),
    'text/html; charset=utf-8',
  );
  return key;
}
