import type { Command } from 'commander';
import type { Output } from '../output.ts';
import {
  type AccountOptions,
  type TellingOptions,
  withAccountOptions,
  withSelectionOptions,
  withTellingOptions,
} from '../reporting/options.ts';
import type { SelectionOptions } from '../reporting/selection.ts';

export interface ScanCommandOptions extends AccountOptions, SelectionOptions, TellingOptions {
  baseline?: string;
  snapshot?: string;
}

const DESCRIPTION =
  'Judges an AWS account now, with nothing deployed, by the same rules as the deployed functions. It reads and never writes.';

const MORE = `
Lists (--controls, --region …) take commas, or are repeated.

  npx eks-warden scan --region eu-west-1 --severity critical,high
  npx eks-warden scan --format sarif,csv --output-directory reports
  npx eks-warden scan --snapshot account.json.gz --clusters payments

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 could not run,
3 something could not be judged and nothing was found, 130 stopped (Ctrl-C): what was known by then is told.
What the reads take: npx eks-warden policy reader`;

export function scanCommand(program: Command, output: Output): void {
  const command = program.command('scan').summary('judge an account now').description(DESCRIPTION);
  withTellingOptions(withSelectionOptions(withAccountOptions(command)))
    .option('--snapshot <file>', 'judge what this snapshot shows, without asking AWS')
    .addHelpText('after', MORE)
    .action(async (_: ScanCommandOptions, own: Command) => {
      const { scan } = await import('./scan.ts');
      await scan(own.optsWithGlobals<ScanCommandOptions>(), output);
    });
}
