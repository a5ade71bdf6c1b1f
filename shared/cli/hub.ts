import type { OperatorSession } from '../aws/operator/session.ts';
import { needed, operatorSession } from '../aws/operator/session.ts';
import { type StackResource, stackResources } from '../aws/operator/stack.ts';
import { readDeployment } from '../deployment/deploy-file.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { UserMistake } from '../runtime/errors.ts';
import { deployText } from './deploy-file.ts';
import type { Which } from './hub-options.ts';

/** A deployed hub as commands reach it. */
export interface Hub {
  session: OperatorSession;
  stack: string;
  region: string;
  /** Undefined where no `deploy.yml` is at hand and region or stack were named instead. */
  deployment: Deployment | undefined;
  resources: readonly StackResource[];
}

const DEFAULT_STACK = 'eks-warden';

/** Finds the hub's stack and what it consists of. Throws `UserMistake` where there is none. */
export async function hubOf(which: Which): Promise<Hub> {
  const found = deployText();
  const deployment = found && readDeployment(found.text, found.file);
  const region = which.hubRegion ?? deployment?.region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  if (region === undefined) {
    throw new UserMistake(
      'There is no deploy.yml here: run this where it is, or name the hub with --hub-region (and --stack).',
    );
  }
  const stack = which.stack ?? deployment?.name ?? DEFAULT_STACK;
  const { profile, roleArn } = which;
  const session = operatorSession({ region, profile, roleArn });
  const resources = needed(
    await stackResources(session, stack),
    `There is no stack ${stack} in ${region}: deploy it first (npm run deploy), or name another with --stack and --hub-region.`,
  );
  return { session, stack, region, deployment, resources };
}

/** The physical id of one of the hub's own things; undefined where this deployment has none. */
export function idOf({ resources }: Pick<Hub, 'resources'>, logicalId: string): string | undefined {
  return resources.find((each) => each.logicalId === logicalId)?.physicalId;
}

/** The same, of what every deployment has. */
export function ownId(hub: Pick<Hub, 'resources' | 'stack' | 'region'>, logicalId: string): string {
  const id = idOf(hub, logicalId);
  if (id !== undefined) return id;
  throw new UserMistake(
    `The stack ${hub.stack} in ${hub.region} has no ${logicalId}: it is no hub of this version. Deploy again (npm run deploy), or name another with --stack.`,
  );
}
