import { type Differences, differences } from '../../reports/differences.ts';
import { UserMistake } from '../../runtime/errors.ts';
import { baselineFor } from '../baseline-file.ts';
import { EXIT, type Output } from '../output.ts';
import { reportOfFile } from '../reporting/report-in-file.ts';
import { safeJson } from '../terminal.ts';
import type { DiffOptions } from './command.ts';
import { type Compared, isSweep, reportsOfSweeps } from './sweeps.ts';
import { differencesText } from './text.ts';

/** Compares, tells, and sets the process's exit code. */
export async function diff(before: string, after: string, options: DiffOptions, output: Output): Promise<void> {
  const { one, other, ended } = await both(before, after, options);
  const found = withEnds(differences(one, other), ended);
  output.out(
    options.format === 'json'
      ? safeJson({ from: one.at, to: other.at, ...found }, 2)
      : differencesText(found, { from: one.at, to: other.at }, output),
  );
  process.exitCode = isWorse(found) ? EXIT.findings : EXIT.fine;
}

async function both(before: string, after: string, options: DiffOptions): Promise<Compared> {
  if (isSweep(before) !== isSweep(after)) {
    throw new UserMistake('A sweep lists only what is not in order, so it is compared with a sweep: name two of them.');
  }
  if (isSweep(before)) return reportsOfSweeps(before, after, options);
  const baseline = () => baselineFor(options.baseline, Date.now());
  return { one: await reportOfFile(before, baseline), other: await reportOfFile(after, baseline) };
}

function withEnds(found: Differences, ended: Compared['ended']): Differences {
  const gone = found.gone.map((each) => {
    const goneBy = ended?.get(each.id);
    return goneBy === undefined ? each : { ...each, goneBy };
  });
  return { ...found, gone };
}

/** What newly fails is worse; what is new and unknown is not known to be. */
function isWorse({ worse, new: added }: Differences): boolean {
  return worse.length > 0 || added.some(({ verdict }) => verdict === 'fail');
}
