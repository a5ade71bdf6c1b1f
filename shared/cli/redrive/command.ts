import { type Command, Option } from 'commander';
import { type Which, withHubOptions } from '../hub-options.ts';
import type { Output } from '../output.ts';
import { words } from '../reporting/options.ts';

export interface RedriveOptions extends Which {
  baseline?: string;
  dryRun?: boolean;
  /** Of other accounts, whose collectors are looked at too. */
  collectorRole?: readonly string[];
  format: string;
}

export function redriveCommand(program: Command, output: Output): void {
  withHubOptions(program.command('redrive'))
    .summary('what could not be handled: look, and handle it again')
    .description(
      'Shows what stands in the dead-letter queues and why, and hands it to the functions again in the order in which it came. What was done meanwhile is not done twice. Notices that could not be told are made again from the table. Events that a collector could not deliver are handed to the hub.',
    )
    .argument('[QUEUE]', 'only this one, such as RechecksDeadLetters; without it all')
    .addOption(
      new Option(
        '--collector-role <arns>',
        'roles of other accounts, to look at what their collectors could not deliver; repeat it, or use commas',
      ).argParser(words),
    )
    .addOption(new Option('--dry-run', 'only show what is there'))
    .addOption(
      new Option('--format <format>', 'for people or for programs').choices(['table', 'json']).default('table'),
    )
    .action(async (queue: string | undefined, _: RedriveOptions, command: Command) => {
      const { redrive } = await import('./redrive.ts');
      process.exitCode = await redrive(queue, command.optsWithGlobals<RedriveOptions>(), output);
    });
}
