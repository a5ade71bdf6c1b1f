import { parse } from 'yaml';
import { enabledRegions } from '../aws/operator/regions.ts';
import { needed } from '../aws/operator/session.ts';
import { type StackResource, stackResources } from '../aws/operator/stack.ts';
import { stackTemplate } from '../aws/operator/stacks.ts';
import { UserMistake } from '../runtime/errors.ts';
import { collectorStack } from './collector.ts';
import { removeCollectors } from './collectors.ts';
import { callerFor, type Deploying } from './deploy.ts';
import { serverless } from './serverless.ts';

/** Removes the collectors of our own account, then the hub, and names what stays. */
export async function remove({ session, wanted, env, say }: Deploying): Promise<void> {
  const { deployment, baseline } = wanted;
  const { name, region } = deployment;
  const { account } = await callerFor(session);
  const resources = await stackResources(session, name);
  if (resources.outcome !== 'found' && resources.outcome !== 'gone') needed(resources, '');
  const there = resources.outcome === 'found' ? resources.value : [];
  if (
    there.length > 0 &&
    !there.some(({ logicalId }) => /^(?:FindingsTable|ServerlessDeploymentBucket)$/.test(logicalId))
  ) {
    throw new UserMistake(`The stack ${name} in ${region} is not one of eks-warden: it is left alone.`);
  }
  const stays = there.length > 0 ? keptOf(needed(await stackTemplate(session, name), ''), there) : [];
  const elsewhere = needed(await enabledRegions(session), 'AWS names no regions.').filter((each) => each !== region);
  const collectors = await removeCollectors(session, deployment, elsewhere);
  if (there.length > 0) await serverless('remove', env);
  const others = baseline.accounts.filter((each) => each !== account);
  const lines = [
    '',
    there.length > 0 ? `Removed the stack ${name} in ${region}.` : `There is no stack ${name} in ${region}.`,
    ...collectors.map((each) => `Removed the stack ${collectorStack(deployment)} in ${each.region}.`),
    ...(stays.length === 0 ? ['Nothing of it stays.'] : stays.map((each) => `Stays: ${each.type} ${each.physicalId}`)),
    ...(others.length > 0
      ? [`In ${others.join(', ')} roles and collectors stay: docs/many-accounts.md, "Removing".`]
      : []),
  ];
  for (const line of lines) say(line);
}

/** What a template retains of what its stack has. */
export function keptOf(template: string, resources: readonly StackResource[]): StackResource[] {
  const { Resources = {} } = parse(template, { logLevel: 'silent' }) as {
    Resources?: Record<string, { DeletionPolicy?: string }>;
  };
  return resources.filter(({ logicalId }) => Resources[logicalId]?.DeletionPolicy === 'Retain');
}
