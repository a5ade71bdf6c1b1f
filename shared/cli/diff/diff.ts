import { type Differences, differences } from '../../reports/differences.ts';
import { baselineFor } from '../baseline-file.ts';
import { EXIT, type Output } from '../output.ts';
import { reportOfFile } from '../report/report-of-file.ts';
import { safeJson } from '../terminal.ts';
import type { DiffOptions } from './command.ts';
import { differencesText } from './text.ts';

/** Compares, tells, and sets the process's exit code. */
export async function diff(before: string, after: string, options: DiffOptions, output: Output): Promise<void> {
  const baseline = () => baselineFor(options.baseline, Date.now());
  const [one, other] = [await reportOfFile(before, baseline), await reportOfFile(after, baseline)];
  const found = differences(one, other);
  output.out(
    options.format === 'json'
      ? safeJson({ from: one.at, to: other.at, ...found }, 2)
      : differencesText(found, { from: one.at, to: other.at }, output),
  );
  process.exitCode = isWorse(found) ? EXIT.findings : EXIT.fine;
}

/** What newly fails is worse; what is new and unknown is not known to be. */
function isWorse({ worse, new: added }: Differences): boolean {
  return worse.length > 0 || added.some(({ verdict }) => verdict === 'fail');
}
