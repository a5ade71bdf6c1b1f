import { callerOf } from '../../aws/operator/callers.ts';
import { needed, type OperatorSession, operatorSession } from '../../aws/operator/session.ts';
import { partitionOf } from '../../aws/partition.ts';
import type { Baseline } from '../../baseline/baseline.ts';
import { concurrencyCheck } from '../../deployment/checks/concurrency.ts';
import { regionsCheck } from '../../deployment/checks/regions.ts';
import { rightsCheck } from '../../deployment/checks/rights.ts';
import { secretChecks } from '../../deployment/checks/secret.ts';
import { stackChecks } from '../../deployment/checks/stack.ts';
import { tableCheck } from '../../deployment/checks/tables.ts';
import { deployerPolicy } from '../../deployment/deployer-policy.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import { watchedRegions } from '../../deployment/watched-regions.ts';
import { baselineFor } from '../baseline-file.ts';
import { deploymentFor } from '../deploy-file.ts';
import type { Output } from '../output.ts';
import { trailChecks } from './after/trails.ts';
import { type Check, exitOf } from './check.ts';
import { checksJson, checksText } from './tell.ts';

export interface BeforeDeploy {
  format: 'text' | 'json';
  baseline?: string | undefined;
  profile?: string | undefined;
  roleArn?: string | undefined;
}

/** `doctor --before-deploy`: looks at what a deployment will need, and ends as what it found says. */
export async function doctorBeforeDeploy(options: BeforeDeploy, output: Output, now: number): Promise<number> {
  const deployment = deploymentFor();
  const baseline = baselineFor(options.baseline, now);
  const { profile, roleArn } = options;
  const session = operatorSession({ region: deployment.region, profile, roleArn });
  const checks = await checksBeforeDeploy(session, deployment, baseline, now);
  output.out(options.format === 'json' ? checksJson(checks) : checksText(checks, output));
  return exitOf(checks);
}

/** Everything that can be looked at before anything is deployed; nothing is changed by it. */
async function checksBeforeDeploy(
  session: OperatorSession,
  deployment: Deployment,
  { fixed, remediation: { killSwitch } }: Pick<Baseline, 'fixed' | 'remediation'>,
  now: number,
): Promise<Check[]> {
  const { account, arn } = needed(await callerOf(session), 'AWS does not say whose credentials these are.');
  const partition = partitionOf(deployment.region);
  const policy = deployerPolicy({ partition, account, deployment, killSwitch, fixes: fixed.length > 0 });
  const checks = await Promise.all([
    regionsCheck(session, deployment),
    trailChecks(session, account, watchedRegions(deployment), now),
    concurrencyCheck(session),
    secretChecks(session, deployment),
    stackChecks(session, deployment),
    tableCheck(session, deployment),
    rightsCheck(session, arn, policy),
  ]);
  return checks.flat();
}
