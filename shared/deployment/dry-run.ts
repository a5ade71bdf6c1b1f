import { enabledRegions } from '../aws/operator/regions.ts';
import { needed } from '../aws/operator/session.ts';
import { stackState } from '../aws/operator/stacks.ts';
import { collectorStack } from './collector.ts';
import { collectorsIn } from './collectors.ts';
import { callerFor, checked, type Deploying } from './deploy.ts';
import { collectorRegions, reachOf } from './watched-regions.ts';

/** Says what a deployment would do; nothing is changed. */
export async function dryRun({ session, wanted, say }: Deploying): Promise<void> {
  const { deployment, baseline } = wanted;
  const { name, region } = deployment;
  await checked(session, wanted, say);
  const { account } = await callerFor(session);
  const hub = await stackState(session, name);
  const enabled = needed(await enabledRegions(session), 'AWS names no regions.');
  const elsewhere = enabled.filter((each) => each !== region);
  const there = await collectorsIn(session, deployment, elsewhere);
  const wantedIn = collectorRegions(deployment);
  const { blind } = reachOf(deployment, enabled);
  const others = baseline.accounts.filter((each) => each !== account);
  const lines = [
    `Would ${hub.outcome === 'found' ? 'update, where anything differs,' : 'create'} the stack ${name} in ${region}, account ${account}.`,
    ...wantedIn.map(
      (each) =>
        `Would ${there.includes(each) ? 'update, where anything differs,' : 'create'} the stack ${collectorStack(deployment)} in ${each}.`,
    ),
    ...there
      .filter((each) => !wantedIn.includes(each))
      .map((each) => `Would remove the stack ${collectorStack(deployment)} in ${each}.`),
    ...(hub.outcome === 'found' ? [] : [`Would have ${deployment.email} asked to confirm, and start the first sweep.`]),
    ...(others.length > 0 ? [`Would print what to run in ${others.join(', ')}.`] : []),
    blind.length > 0 ? `Blind would be: ${blind.join(', ')}.` : 'No enabled region would be blind.',
    'Nothing was changed.',
  ];
  for (const line of lines) say(line);
}
