import { type Command, Option } from 'commander';
import { type Which, withHubOptions } from '../hub-options.ts';
import type { Output } from '../output.ts';

interface DoctorOptions extends Which {
  beforeDeploy?: boolean;
  baseline?: string;
  format: 'text' | 'json';
}

export function doctorCommand(program: Command, output: Output): void {
  withHubOptions(program.command('doctor'))
    .summary('whether it lives, and what mends it')
    .description(
      'Looks at everything that eks-warden needs to work, and says what is wrong and what mends it. Reads only.',
    )
    .addOption(new Option('--before-deploy', 'look at the account before anything is deployed'))
    .addOption(new Option('--format <format>', 'for people or for programs').choices(['text', 'json']).default('text'))
    .action(async (_: DoctorOptions, command: Command) => {
      const options = command.optsWithGlobals<DoctorOptions>();
      process.exitCode = options.beforeDeploy ? await before(options, output) : await after(options, output);
    });
}

async function before(options: DoctorOptions, output: Output): Promise<number> {
  const { doctorBeforeDeploy } = await import('./before-deploy.ts');
  return doctorBeforeDeploy(options, output, Date.now());
}

async function after(options: DoctorOptions, output: Output): Promise<number> {
  const [{ afterDeploy }, { checksJson, checksText }, { exitOf }] = await Promise.all([
    import('./after-deploy.ts'),
    import('./tell.ts'),
    import('./check.ts'),
  ]);
  const checks = await afterDeploy(options, options.baseline);
  output.out(options.format === 'json' ? checksJson(checks) : checksText(checks, output));
  return exitOf(checks);
}
