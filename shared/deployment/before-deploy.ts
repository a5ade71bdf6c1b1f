import type { OperatorSession } from '../aws/operator/session.ts';
import type { Check } from './check.ts';
import { regionsCheck } from './checks/regions.ts';
import { secretChecks } from './checks/secret.ts';
import { stackChecks } from './checks/stack.ts';
import type { Deployment } from './deployment.ts';

/** What must hold before a deployment begins. */
export async function checksOfDeploy(session: OperatorSession, deployment: Deployment): Promise<Check[]> {
  const checks = await Promise.all([
    regionsCheck(session, deployment),
    secretChecks(session, deployment),
    stackChecks(session, deployment),
  ]);
  return checks.flat();
}
