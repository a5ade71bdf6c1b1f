import { type Command, Option } from 'commander';
import type { Output } from '../output.ts';

export interface InitOptions {
  region?: string[];
  profile?: string;
  roleArn?: string;
  email?: string;
  slackSecret?: string;
  force?: boolean;
}

export function initCommand(program: Command, output: Output): void {
  program
    .command('init')
    .summary('look at the account and write baseline.yml and deploy.yml')
    .description(
      'Judges the account as it is, changes nothing in it, and writes a commented baseline.yml and deploy.yml into this folder: what fails today is in observe, so that only what gets worse is told; the regions are those that have clusters. Nothing is overwritten without --force.',
    )
    .addOption(
      new Option(
        '--region <region>',
        'only this region; may be repeated. The first is where eks-warden will stand',
      ).argParser((region: string, before: string[] = []) => [...before, region]),
    )
    .addOption(new Option('--email <address>', 'who gets notices and alarms; else you are asked'))
    .addOption(new Option('--slack-secret <arn>', 'the secret with the webhook or token of Slack'))
    .addOption(new Option('--profile <name>', 'a profile of your AWS configuration'))
    .addOption(new Option('--role-arn <arn>', 'a role to take on first'))
    .addOption(new Option('--force', 'write over the files that are here'))
    .action(async (options: InitOptions) => {
      const { init } = await import('./init.ts');
      process.exitCode = await init(options, output);
    });
}
