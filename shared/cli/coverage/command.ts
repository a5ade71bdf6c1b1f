import { type Command, Option } from 'commander';
import { FRAMEWORK_NAMES, type FrameworkName } from '../../reports/frameworks/index.ts';
import type { Clock } from '../../runtime/clock.ts';
import { type Which, withHubOptions } from '../hub-options.ts';
import type { Output } from '../output.ts';

export interface CoverageOptions extends Which {
  baseline?: string;
  from?: string;
  snapshot?: string;
  table?: boolean;
  framework?: FrameworkName;
  format: 'text' | 'json';
}

const FORMS = `
Without --from, --snapshot or --table: what the baseline has on, and which ids of the frameworks that answers to.
With one of them: also on how many resources each control gave a verdict, and why on others it could not.

  npx eks-warden coverage --framework cis
  npx eks-warden coverage --snapshot monday.snapshot --format json`;

export function coverageCommand(program: Command, output: Output, now: Clock): void {
  withHubOptions(program.command('coverage'))
    .summary('what is judged, and what is not')
    .description(
      'Every control on every kind it is for: judged, unknown and why, not enabled, not applicable, not judged; and the ids of CIS EKS 1.8, Security Hub, NIST and PCI: which a control answers to, which only a person can judge, which none covers yet.',
    )
    .addOption(new Option('--from <file>', 'a scan or report written with --format json'))
    .addOption(new Option('--snapshot <file>', 'a snapshot').conflicts('from'))
    .addOption(new Option('--table', "the hub's table").conflicts(['from', 'snapshot']))
    .addOption(new Option('--framework <name>', 'this framework only, id by id').choices([...FRAMEWORK_NAMES]))
    .addOption(new Option('--format <format>', 'for people or for programs').choices(['text', 'json']).default('text'))
    .addHelpText('after', FORMS)
    .action(async (_: CoverageOptions, command: Command) => {
      const { coverage } = await import('./coverage.ts');
      output.out(await coverage(command.optsWithGlobals<CoverageOptions>(), output, now()));
    });
}
