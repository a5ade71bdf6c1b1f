import { type Command, Option } from 'commander';
import type { Clock } from '../../runtime/clock.ts';
import { type Which, withHubOptions } from '../hub-options.ts';
import type { Output } from '../output.ts';

export interface WaiveOptions extends Which {
  baseline?: string;
  reason: string;
  ticket?: string;
  until: string;
  approver: string;
  requester?: string;
  from?: string;
  snapshot?: string;
  dryRun?: boolean;
}

const FORMS = `
FINDING is an id, 'account#region#kind#id#control' in quotes, or CONTROL and
  'account#region#kind#id'         one resource by its key
  'glob:account#region#kind#id'    several: a * stands for anything within its part
  NAME                             a resource or cluster by its name, looked up in the hub's table, --from or --snapshot
With --from or --snapshot it is refused where nothing in it is covered.

  npx eks-warden waive '111122223333#eu-west-1#cluster#lab#eks-endpoint-public-disabled' \\
    --reason 'It holds nothing of value' --ticket SEC-1042 --until 2026-12-31 --approver ben@example.com

The file is baseline.yml of this folder, or the one of --baseline. It is checked as a whole and replaced in one step, so
it is never half written; deploy it to make it hold (npm run deploy). Exit codes: 0 written, 2 refused.`;

export function waiveCommand(program: Command, output: Output, now: Clock): void {
  withHubOptions(program.command('waive'))
    .summary('accept a finding for a time, in baseline.yml')
    .description('Writes a waiver into baseline.yml and shows what changed; comments and layout stay as they are.')
    .argument('<FINDING...>', 'a finding; see below')
    .requiredOption('--reason <text>', 'why it is accepted')
    .option('--ticket <text>', 'where it is tracked')
    .requiredOption(
      '--until <date>',
      'the last day (UTC) on which it holds, such as 2026-12-31; at most 365 days from today',
    )
    .requiredOption('--approver <who>', 'who accepts it: another person than who asks')
    .option('--requester <who>', 'who asks for it (default: your e-mail address in git)')
    .addOption(new Option('--from <file>', 'what there is: a scan or report written with --format json'))
    .addOption(new Option('--snapshot <file>', 'what there is: a snapshot').conflicts('from'))
    .option('--dry-run', 'show what would change, and write nothing')
    .addHelpText('after', FORMS)
    .action(async (words: string[], _: WaiveOptions, command: Command) => {
      const { waive } = await import('./waive.ts');
      await waive(words, command.optsWithGlobals<WaiveOptions>(), output, now());
    });
}
