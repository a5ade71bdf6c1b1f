import type { Command } from 'commander';
import type { Output } from '../output.ts';
import { type AccountOptions, withAccountOptions, withSelectionOptions } from '../reporting/options.ts';
import type { SelectionOptions } from '../reporting/selection.ts';

export interface SnapshotCommandOptions extends AccountOptions, SelectionOptions {
  baseline?: string;
  anonymize?: string | true;
}

const DESCRIPTION =
  'Writes all that a scan reads into one compressed file, for work without AWS: scan, replay, report, diff, explain and ' +
  'coverage take it with --snapshot. Secrets never enter it: user data, environments and tokens are hashed.';

const MORE = `
--anonymize gives pseudonyms to account ids, ARNs, names, ids and addresses, so that the file can be shared. Equal stays
equal, and the verdicts are the same. Without a key of your own nobody can make the same pseudonyms again; with one, two
snapshots can be compared. What your baseline names (scopes, waivers, own values) is not recognised in it.

  npx eks-warden snapshot account.json.gz
  npx eks-warden snapshot shared.json.gz --anonymize
  npx eks-warden scan --snapshot account.json.gz

Exit codes: 0 written, 2 could not run, 3 written, but something could not be read, 130 stopped (Ctrl-C): what was read
by then is written.`;

export function snapshotCommand(program: Command, output: Output): void {
  const command = program
    .command('snapshot')
    .summary('write what a scan reads to one file')
    .description(DESCRIPTION)
    .argument('<FILE>', 'the file to write, gzip')
    .option('--anonymize [key]', 'with pseudonyms, so that it can be shared');
  withSelectionOptions(withAccountOptions(command))
    .addHelpText('after', MORE)
    .action(async (file: string, _: SnapshotCommandOptions, own: Command) => {
      const { takeSnapshot } = await import('./take.ts');
      await takeSnapshot(file, own.optsWithGlobals<SnapshotCommandOptions>(), output);
    });
}
