import type { Command } from 'commander';
import { type Which, withHubOptions } from '../hub-options.ts';
import type { Output } from '../output.ts';
import { type TellingOptions, withSelectionOptions, withTellingOptions } from '../reporting/options.ts';
import type { SelectionOptions } from '../reporting/selection.ts';

export interface ReportOptions extends TellingOptions, SelectionOptions, Which {
  baseline?: string;
  from?: string;
  snapshot?: string;
}

const DESCRIPTION =
  "Shows what the hub's table holds, or what a scan's JSON or a snapshot shows, for people or in formats for machines. It reads only.";

const MORE = `
  npx eks-warden report --format html,csv --output-directory reports
  npx eks-warden report --from scan.json --format markdown --redact
  npx eks-warden report --severity critical,high --clusters payments

Files are named eks-warden-ACCOUNT-TIME.EXTENSION (many: of several accounts);
docs/formats.md describes each format.
Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 could not run,
3 something is unknown and nothing was found.`;

export function reportCommand(program: Command, output: Output): void {
  withTellingOptions(withSelectionOptions(withHubOptions(program.command('report'))))
    .summary('what is known, in many formats')
    .description(DESCRIPTION)
    .option('--from <file>', "a report that was written with --format json, or a snapshot, instead of the hub's table")
    .option('--snapshot <file>', "what this snapshot shows, instead of the hub's table")
    .addHelpText('after', MORE)
    .action(async (_: ReportOptions, own: Command) => {
      const { report } = await import('./report.ts');
      process.exitCode = await report(own.optsWithGlobals<ReportOptions>(), output);
    });
}
