import { type Command, Option } from 'commander';
import { type Which, withHubOptions } from '../hub-options.ts';
import type { Output } from '../output.ts';

export interface AckOptions extends Which {
  note?: string;
}

export function ackCommand(program: Command, output: Output): void {
  withHubOptions(program.command('ack'))
    .summary('say that somebody has a finding')
    .description(
      'Keeps that you have a finding: with your name and the time, until it closes. It is then not told again as one that nobody has (`remindAfter` of baseline.yml). It changes nothing in AWS, and accepts nothing: for that there are waivers.',
    )
    .argument('<FINDING>', 'the id of a finding, in quotes: account#region#kind#id#control')
    .addOption(new Option('--note <text>', 'what you do about it'))
    .action(async (finding: string, options: AckOptions) => {
      const { acknowledge } = await import('./acknowledge.ts');
      output.out(await acknowledge(finding, options));
    });
}
