import { type Command, Option } from 'commander';
import { accountId, count } from '../arguments.ts';
import { type Which, withHubOptions } from '../hub-options.ts';
import type { Output } from '../output.ts';
import { safeJson } from '../terminal.ts';

interface Options extends Which {
  account?: string;
  region?: string;
  cluster?: string;
  most: number;
  format: string;
}

export function fixesCommand(program: Command, output: Output): void {
  const fixes = withHubOptions(program.command('fixes'))
    .summary('what is fixed, is held back, or was fixed')
    .description('Lists fixes, the newest first: running, held with the reason, ended, failed, undone.')
    .addOption(new Option('--account <account>', 'only of this account').argParser(accountId))
    .addOption(new Option('--region <region>', 'only of this region; global for IAM'))
    .addOption(new Option('--cluster <name>', 'only of this cluster'))
    .addOption(new Option('--most <count>', 'at most so many').argParser(count).default(20))
    .addOption(
      new Option('--format <format>', 'for people or for programs').choices(['table', 'json']).default('table'),
    )
    .action(async (options: Options, command: Command) => {
      const { showFixes } = await import('./show.ts');
      const { fixing, lines } = await showFixes(options, command.optsWithGlobals());
      if (options.format === 'json') output.out(safeJson({ fixing, fixes: lines }, 2));
      else {
        const [{ fixingText }, { fixesText }] = await Promise.all([import('./kill-switch.ts'), import('./tell.ts')]);
        output.out(`${fixingText(fixing)}\n\n${fixesText(lines, output)}`);
      }
    });
  for (const [to, summary] of [
    ['pause', 'no fix begins until somebody resumes'],
    ['resume', 'fixes may run again'],
  ] as const) {
    withHubOptions(fixes.command(to))
      .summary(summary)
      .description(`Turns the kill switch: ${summary}. It holds within seconds.`)
      .action(async (_: Which, command: Command) => {
        const [{ hubOf }, { turn }] = await Promise.all([import('../hub.ts'), import('./kill-switch.ts')]);
        output.out(await turn(await hubOf(command.optsWithGlobals<Which>()), to));
      });
  }
}
