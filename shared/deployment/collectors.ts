import { needed, type OperatorSession, unreadText } from '../aws/operator/session.ts';
import { type Outcome, putStack, removeStack, stackState } from '../aws/operator/stacks.ts';
import type { Read } from '../aws/read.ts';
import { UserMistake } from '../runtime/errors.ts';
import { collectorParameters, collectorStack } from './collector.ts';
import type { Deployment } from './deployment.ts';
import { collectorRegions } from './watched-regions.ts';

export interface Collected {
  region: string;
  outcome: Outcome | 'removed';
}

/** Every region of our own account that is watched gets its collector, and those that are no longer watched lose it. */
export async function putCollectors(
  session: OperatorSession,
  deployment: Deployment,
  { template, hubBus, enabled }: { template: string; hubBus: string; enabled: readonly string[] },
): Promise<Collected[]> {
  const wanted = collectorRegions(deployment);
  const stack = {
    name: collectorStack(deployment),
    template,
    parameters: collectorParameters(deployment, hubBus),
    tags: { ...deployment.tags, 'eks-warden': deployment.name },
  };
  const put = wanted.map(async (region): Promise<Collected> => {
    const { outcome, status } = neededIn(region, await putStack(session, stack, region));
    if (/ROLLBACK|FAILED/.test(status)) throw failed(stack.name, region, status);
    return { region, outcome };
  });
  const made = await Promise.all(put);
  const elsewhere = enabled.filter((region) => region !== deployment.region && !wanted.includes(region));
  return [...made, ...(await removeCollectors(session, deployment, elsewhere))];
}

/** Removes the collectors of these regions; those without one are not named. */
export async function removeCollectors(
  session: OperatorSession,
  deployment: Pick<Deployment, 'name'>,
  regions: readonly string[],
): Promise<Collected[]> {
  const stack = collectorStack(deployment);
  const removed = await Promise.all(
    regions.map(async (region): Promise<Collected[]> => {
      if (!(await isOurs(session, stack, region))) return [];
      const { removed: gone, status = '' } = neededIn(region, await removeStack(session, stack, region));
      if (!gone && status !== '') throw failed(stack, region, status);
      return [{ region, outcome: 'removed' }];
    }),
  );
  return removed.flat();
}

/** Which regions have a collector of this deployment. */
export async function collectorsIn(
  session: OperatorSession,
  deployment: Pick<Deployment, 'name'>,
  regions: readonly string[],
): Promise<string[]> {
  const stack = collectorStack(deployment);
  const found = await Promise.all(regions.map((region) => isOurs(session, stack, region)));
  return regions.filter((_, at) => found[at]);
}

/** Its id names the region: what answers for several regions at once must not lose a stack by that. */
async function isOurs(session: OperatorSession, stack: string, region: string): Promise<boolean> {
  const state = await stackState(session, stack, region);
  return (
    state.outcome === 'found' && state.value.tags['eks-warden'] !== undefined && state.value.id.split(':')[3] === region
  );
}

function neededIn<T>(region: string, read: Read<T>): T {
  if (read.outcome === 'found' || read.outcome === 'gone') return needed(read, `The collector in ${region} has gone.`);
  throw new UserMistake(`The collector in ${region}: ${unreadText(read)}`);
}

function failed(stack: string, region: string, status: string): UserMistake {
  return new UserMistake(
    `The stack ${stack} in ${region} ended as ${status}: its events say why (aws cloudformation describe-stack-events --stack-name ${stack} --region ${region}).`,
  );
}
