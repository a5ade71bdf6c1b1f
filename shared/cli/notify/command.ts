import { type Command, Option } from 'commander';
import { UserMistake } from '../../runtime/errors.ts';
import { count } from '../arguments.ts';
import { type Which, withHubOptions } from '../hub-options.ts';
import type { Output } from '../output.ts';

export interface NotifyOptions extends Which {
  baseline?: string;
  test?: boolean;
  wait: number;
  format: string;
}

export function notifyCommand(program: Command, output: Output): void {
  withHubOptions(program.command('notify'))
    .summary('send a test notice down every route')
    .description('Sends one notice, marked as a test, down every route of the baseline. It opens no finding.')
    .addOption(new Option('--test', 'send it; nothing else can be sent by hand'))
    .addOption(new Option('--wait <seconds>', 'how long to wait for Slack').argParser(count).default(60))
    .addOption(new Option('--format <format>', 'for people or for programs').choices(['text', 'json']).default('text'))
    .action(async (options: NotifyOptions, command: Command) => {
      if (!options.test) throw new UserMistake('Only a test can be sent by hand: npx eks-warden notify --test');
      const { sendTest } = await import('./send-test.ts');
      process.exitCode = await sendTest(command.optsWithGlobals<NotifyOptions>(), output);
    });
}
