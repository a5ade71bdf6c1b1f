import { type Command, Option } from 'commander';
import { partitionOf } from '../aws/partition.ts';
import type { Baseline } from '../baseline/baseline.ts';
import { deployerPolicy } from '../deployment/deployer-policy.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { jsonText } from '../derive/json.ts';
import { readPolicy, writePolicy } from '../derive/policies.ts';
import { TEMPLATE_SITE } from '../derive/site.ts';
import type { Clock } from '../runtime/clock.ts';
import { UserMistake } from '../runtime/errors.ts';
import { baselineFor } from './baseline-file.ts';
import { deploymentFor } from './deploy-file.ts';
import type { Output } from './output.ts';
import { safeJson } from './terminal.ts';

const WHOSE = ['deployer', 'reader', 'fixer'] as const;
type Whose = (typeof WHOSE)[number];

interface Options {
  format: 'text' | 'json';
  account?: string;
  profile?: string;
}

const DESCRIPTION = `Prints an IAM policy, derived from baseline.yml and deploy.yml:
  deployer  what npm run deploy takes, and doctor --before-deploy
  reader    what judging takes: the role eks-warden-read of a watched account
  fixer     what fixing takes: the role eks-warden-fix of an account that may be fixed`;

export function policyCommand(program: Command, output: Output, now: Clock): void {
  program
    .command('policy')
    .summary('the IAM policy of who deploys, reads or fixes')
    .description(DESCRIPTION)
    .argument('<WHOSE>', WHOSE.join(', '))
    .addOption(new Option('--format <format>', 'for people or for programs').choices(['text', 'json']).default('text'))
    .option('--account <id>', 'the account it is for (default: the one of your credentials)')
    .option('--profile <name>', 'a profile of your AWS configuration')
    .action(async (whose: string, options: Options, { parent }: Command) => {
      const named = WHOSE.find((each) => each === whose);
      if (named === undefined)
        throw new UserMistake(`There is no policy ${JSON.stringify(whose)}: ${WHOSE.join(', ')}.`);
      const baseline = baselineFor(parent?.opts<{ baseline?: string }>().baseline, now());
      const policy = policyFor(named, baseline, deploymentFor(), await accountFor(options));
      if (options.format === 'json') return output.out(safeJson(policy));
      output.out(jsonText(policy).trimEnd());
      output.err(
        `${JSON.stringify(policy).length} characters; IAM takes 6,144 in a managed policy, 10,240 inline in a role.`,
      );
    });
}

function policyFor(whose: Whose, baseline: Baseline, deployment: Deployment, account: string): object {
  const partition = partitionOf(deployment.region);
  if (whose === 'deployer') {
    const { killSwitch } = baseline.remediation;
    return deployerPolicy({ partition, account, deployment, killSwitch, fixes: baseline.fixed.length > 0 });
  }
  const site = { ...TEMPLATE_SITE, partition, account, region: deployment.region, rolePath: deployment.rolePath };
  const policy = whose === 'reader' ? readPolicy(baseline, site) : writePolicy(baseline, site);
  if (policy !== undefined) return policy;
  throw new UserMistake(
    whose === 'reader'
      ? 'Nothing is judged: no control of the baseline is on, so there is no such role.'
      : 'Nothing may be fixed: no control of the baseline is in approve or remediate, so there is no such role.',
  );
}

/** AWS is asked only where nobody said the account. */
async function accountFor({ account, profile }: Options): Promise<string> {
  if (account === undefined) {
    const { region } = deploymentFor();
    const [{ callerOf }, { needed, operatorSession }] = await Promise.all([
      import('../aws/operator/callers.ts'),
      import('../aws/operator/session.ts'),
    ]);
    const caller = await callerOf(operatorSession({ region, profile }));
    return needed(caller, 'AWS does not say whose credentials these are.').account;
  }
  if (/^\d{12}$/.test(account)) return account;
  throw new UserMistake(`${JSON.stringify(account)} is no account: write its twelve digits.`);
}
