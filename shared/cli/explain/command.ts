import { type Command, Option } from 'commander';
import type { Clock } from '../../runtime/clock.ts';
import { type Which, withHubOptions } from '../hub-options.ts';
import type { Output } from '../output.ts';

export interface ExplainOptions extends Which {
  baseline?: string;
  from?: string;
  snapshot?: string;
  region?: string;
  format: 'text' | 'json';
}

const FORMS = `
WHAT is one of
  'account#region#kind#id#control'   a finding by its id, in quotes
  CONTROL NAME                       a finding by its control and the name of a resource or a cluster
  7c1a3c52-59a0-4c8e-…               an event by the id that CloudTrail gave it
  FILE or -                          an event in a file or on standard input

A finding comes from the hub's table, or from --from or --snapshot. An event is asked of CloudTrail, which keeps 90 days.
Nothing is called that changes anything. Exit codes: 0 explained, 2 not found or could not run.

  npx eks-warden explain eks-endpoint-public-cidrs payments
  npx eks-warden scan --format json > scan.json; npx eks-warden explain --from scan.json node-no-ssh`;

export function explainCommand(program: Command, output: Output, now: Clock): void {
  withHubOptions(program.command('explain'))
    .summary('why a finding is one, or an event was acted on')
    .description(
      'Explains a finding: what was found and expected, who did it, every step since, how to put it right with each tool, how to accept it. Or an event: why it was or was not acted on, and what came of it.',
    )
    .argument('<WHAT...>', 'a finding or an event; see below')
    .addOption(new Option('--from <file>', 'a finding of a scan or report written with --format json'))
    .addOption(new Option('--snapshot <file>', 'a finding as this snapshot shows it').conflicts('from'))
    .addOption(new Option('--region <region>', 'the region of the call, for the id of an event'))
    .addOption(new Option('--format <format>', 'for people or for programs').choices(['text', 'json']).default('text'))
    .addHelpText('after', FORMS)
    .action(async (words: string[], _: ExplainOptions, command: Command) => {
      const { explain } = await import('./explain.ts');
      output.out(await explain(words, command.optsWithGlobals<ExplainOptions>(), output, now()));
    });
}
