import { type Command, Option } from 'commander';
import { type Which, withHubOptions } from '../hub-options.ts';
import type { Output } from '../output.ts';

export interface DiffOptions extends Which {
  baseline?: string;
  format: 'text' | 'json';
}

const DESCRIPTION =
  'Compares two snapshots, two reports in JSON, or two sweeps: what is worse, better, new and gone, and who changed it where that is known.';

const MORE = `
A and B are snapshots (npx eks-warden snapshot) or reports (scan or report with --format json); one of each will do.
Snapshots are judged by the same baseline, each as of its own time. A report of the table knows who changed what.
What B did not read is told apart from what is gone.
sweep:last, sweep:last~1 (the one before it), sweep:2026-11-21 (the day on which it ended) and sweep:RUN name sweeps
of everything; their reports are kept for 30 days. Who changed what comes from the history of each finding.

  npx eks-warden diff before.json.gz after.json.gz
  npx eks-warden diff monday.json friday.json --format json
  npx eks-warden diff sweep:last~7 sweep:last

Exit codes: 0 nothing is worse, 1 something is worse or newly fails, 2 could not run.`;

export function diffCommand(program: Command, output: Output): void {
  withHubOptions(program.command('diff'))
    .summary('what changed between two snapshots, reports or sweeps')
    .description(DESCRIPTION)
    .argument('<A>', 'the earlier one')
    .argument('<B>', 'the later one')
    .addOption(new Option('--format <format>', 'for people or for programs').choices(['text', 'json']).default('text'))
    .addHelpText('after', MORE)
    .action(async (before: string, after: string, _: DiffOptions, own: Command) => {
      const { diff } = await import('./diff.ts');
      await diff(before, after, own.optsWithGlobals<DiffOptions>(), output);
    });
}
