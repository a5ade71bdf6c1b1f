import { type Command, Option } from 'commander';
import { accountId, count } from '../arguments.ts';
import { type Which, withHubOptions } from '../hub-options.ts';
import type { Output } from '../output.ts';

export interface SweepOptions extends Which {
  baseline?: string;
  account?: string;
  region?: string;
}

export interface HistoryOptions extends Which {
  last: number;
  format: 'text' | 'json';
}

export function sweepCommand(program: Command, output: Output): void {
  const sweep = program
    .command('sweep')
    .summary('judge everything that is watched, now')
    .description('Judges everything that is watched, whether or not an event came; it runs by itself every night.');
  withHubOptions(sweep.command('start'))
    .summary('start a sweep')
    .description('Starts a sweep of everything, or of one account in one region. It changes nothing in AWS.')
    .addOption(new Option('--account <account>', 'only this account; with --region').argParser(accountId))
    .addOption(new Option('--region <region>', 'only this region of it; global for IAM'))
    .action(async (options: SweepOptions, command: Command) => {
      const { startSweep } = await import('./start.ts');
      output.out(await startSweep(options, command.optsWithGlobals<SweepOptions>().baseline));
    });
  withHubOptions(sweep.command('status'))
    .summary('what the newest sweep is at')
    .description('Tells whether a sweep runs, and what became of the last ones.')
    .action(async (options: SweepOptions) => {
      const { sweepStatus } = await import('./status.ts');
      output.out(await sweepStatus(options));
    });
  withHubOptions(sweep.command('history'))
    .summary('how everything stood after each sweep')
    .description('Tells of each sweep of everything what passed, failed, was unknown or waived, and what it changed.')
    .addOption(new Option('--last <number>', 'so many sweeps, the newest first').argParser(count).default(14))
    .addOption(new Option('--format <format>', 'for people or for machines').choices(['text', 'json']).default('text'))
    .action(async (options: HistoryOptions) => {
      const { sweepHistory } = await import('./history.ts');
      output.out(await sweepHistory(options, output.width));
    });
}
