import { type Command, Option } from 'commander';
import { UserMistake } from '../../runtime/errors.ts';
import { type Which, withHubOptions } from '../hub-options.ts';
import type { Output } from '../output.ts';
import { duration } from './duration.ts';

export interface MuteOptions extends Which {
  baseline?: string;
  for?: number;
  reason?: string;
  evenCritical?: boolean;
  list?: boolean;
  lift?: boolean;
  format: string;
}

export function muteCommand(program: Command, output: Output): void {
  withHubOptions(program.command('mute'))
    .summary('silence the notices of a control or a cluster for some hours')
    .description(
      'Silences the notices of a control, or of all that concerns a cluster, for at most 24 hours. Findings are still judged, stored and fixed; critical ones are told all the same unless --even-critical is said. Who muted what, until when and why is kept, and told in the digest.',
    )
    .argument('[NAME]', 'a control, or the name of a cluster')
    .addOption(new Option('--for <time>', 'how long: 30m, 4h; at most 24h').argParser(duration))
    .addOption(new Option('--reason <text>', 'why; everybody reads it in the digest'))
    .addOption(new Option('--even-critical', 'critical findings too'))
    .addOption(new Option('--list', 'what is muted, or was in the last day, and how much that held back'))
    .addOption(new Option('--lift', 'end the mutes of this name now'))
    .addOption(
      new Option('--format <format>', 'of --list, for people or for programs')
        .choices(['table', 'json'])
        .default('table'),
    )
    .action(async (name: string | undefined, _: MuteOptions, command: Command) => {
      const options = command.optsWithGlobals<MuteOptions>();
      const { lift, listed, mute } = await import('./mute.ts');
      if (options.list) return output.out(await listed(options, output));
      if (name === undefined) {
        throw new UserMistake('What is to be silent? Name a control or a cluster: npx eks-warden mute --help');
      }
      output.out(options.lift ? await lift(name, options) : await mute(name, options));
    });
}
