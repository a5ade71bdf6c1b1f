import type { Report } from '../../reports/report.ts';
import { UserMistake } from '../../runtime/errors.ts';
import { baselineFor } from '../baseline-file.ts';
import { EXIT, type Output } from '../output.ts';
import { exitOf, isEmptyHanded } from '../reporting/exit-code.ts';
import { missingIn } from '../reporting/missing.ts';
import { progressLine } from '../reporting/progress.ts';
import { reportOfScan, type ScanOptions } from '../reporting/report-of-scan.ts';
import { reportOfSnapshot } from '../reporting/report-of-snapshot.ts';
import { selectionOf } from '../reporting/selection.ts';
import { endNow, stoppable } from '../reporting/stopping.ts';
import { checkTelling, tellReport } from '../reporting/write-out.ts';
import { plain } from '../terminal.ts';
import type { ScanCommandOptions } from './command.ts';

/** Judges, tells, and sets the process's exit code. */
export async function scan(options: ScanCommandOptions, output: Output): Promise<void> {
  checkTelling(options);
  if (options.snapshot !== undefined) {
    const { baseline, snapshot } = options;
    refuseAccess(options);
    const report = await reportOfSnapshot(snapshot, baselineFor(baseline, Date.now()), selectionOf(options));
    tellReport(report, options, output);
    process.exitCode = exitOf(report, options);
    return;
  }
  await live(options, output);
}

async function live(options: ScanCommandOptions, output: Output): Promise<void> {
  const stopping = stoppable();
  const line = progressLine();
  const note = (text: string) => output.err(output.colour.yellow(plain(text)));
  let report: Report;
  try {
    report = await reportOfScan(scanOptions(options), { stop: stopping.signal, tell: line.tell, note });
  } finally {
    line.end();
  }
  tellReport(report, options, output);
  stopping.release();
  if (stopping.signal.aborted) {
    endNow(EXIT.stopped);
    return;
  }
  if (report.partial !== undefined) {
    output.err(`eks-warden: ${plain(report.partial)}`);
    endNow(EXIT.failed);
    return;
  }
  if (isEmptyHanded(report)) throw new UserMistake(`Nothing could be judged${becauseOf(report)}.`);
  process.exitCode = exitOf(report, options);
}

/** What the engine takes, from what was typed. */
export function scanOptions(options: Omit<ScanCommandOptions, 'failOn' | 'format'>): ScanOptions {
  const { baseline, profile, roleArn, region, pace } = options;
  return {
    ...selectionOf(options),
    ...{ baseline, pace },
    ...(profile === undefined ? {} : { profile }),
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(region && { regions: region }),
  };
}

function refuseAccess({ profile, roleArn, region }: ScanCommandOptions): void {
  if (profile === undefined && roleArn === undefined && region === undefined) return;
  throw new UserMistake('A snapshot is judged without AWS: leave out --profile, --role-arn and --region.');
}

function becauseOf(report: Report): string {
  const missing = missingIn(report);
  if (missing.length > 0) return `: these permissions are missing: ${missing.join(', ')}`;
  const why = report.scopes.flatMap(({ unread }) => unread.map((each) => each.why))[0];
  return why === undefined ? '' : `: ${why.replace(/\.$/, '')}`;
}
