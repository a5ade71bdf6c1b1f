import { type Command, Option } from 'commander';
import type { Output } from '../output.ts';

export interface DiffOptions {
  baseline?: string;
  format: 'text' | 'json';
}

const DESCRIPTION =
  'Compares two snapshots, or two reports in JSON: what is worse, better, new and gone, and who changed it where that is known.';

const MORE = `
A and B are snapshots (npx eks-warden snapshot) or reports (scan or report with --format json); one of each will do.
Snapshots are judged by the same baseline, each as of its own time. A report of the table knows who changed what.
What B did not read is told apart from what is gone.

  npx eks-warden diff before.json.gz after.json.gz
  npx eks-warden diff monday.json friday.json --format json

Exit codes: 0 nothing is worse, 1 something is worse or newly fails, 2 could not run.`;

export function diffCommand(program: Command, output: Output): void {
  program
    .command('diff')
    .summary('what changed between two snapshots or reports')
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
