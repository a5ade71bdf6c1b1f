import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import packaged from '../../package.json' with { type: 'json' };
import { type Caller, callerOf } from '../aws/operator/callers.ts';
import { enabledRegions } from '../aws/operator/regions.ts';
import { needed, type OperatorSession } from '../aws/operator/session.ts';
import { stackResources } from '../aws/operator/stack.ts';
import { stackState } from '../aws/operator/stacks.ts';
import { subscriptionsOf } from '../aws/operator/topics.ts';
import { arnOf, partitionOf } from '../aws/partition.ts';
import { collectorFile } from '../derive/collector.ts';
import { memberFile } from '../derive/members.ts';
import { eventPatterns } from '../derive/patterns.ts';
import { UserMistake } from '../runtime/errors.ts';
import { checksOfDeploy } from './before-deploy.ts';
import type { Wanted } from './both-files.ts';
import { putCollectors } from './collectors.ts';
import { sweepAfterDeploy, sweepMark } from './first-sweep.ts';
import { takeTableBack } from './kept-table.ts';
import { otherAccountsText } from './other-accounts.ts';
import { outcomeText } from './outcome-text.ts';
import { serverless } from './serverless.ts';
import { reachOf, watchedRegions } from './watched-regions.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export interface Deploying {
  session: OperatorSession;
  wanted: Wanted;
  /** For the command that is run for the hub: the files, and the profile. */
  env: Readonly<Record<string, string>>;
  say(line: string): void;
  /** A kept table to take back; `new` for none. Without it the only one there is. */
  table?: string | undefined;
  now: number;
}

/** Installs the hub and the collectors of our own account, or brings both up to date, and says what came of it. */
export async function deploy(deploying: Deploying): Promise<void> {
  const { session, wanted, env, say } = deploying;
  const { deployment } = wanted;
  await checked(session, wanted, say);
  const { account } = await callerFor(session);
  const before = await stackState(session, deployment.name);
  const table =
    before.outcome === 'gone'
      ? await takeTableBack({ session, deployment, table: deploying.table, pack: () => serverless('package', env) })
      : undefined;
  await serverless('deploy', env);
  const gone = `The stack ${deployment.name} is not there after its deployment.`;
  const after = needed(await stackState(session, deployment.name), gone);
  const resources = needed(await stackResources(session, deployment.name), gone);
  const isSame =
    before.outcome === 'found' && before.value.id === after.id && before.value.changedAt === after.changedAt;
  const hub = isSame ? 'unchanged' : before.outcome === 'found' ? 'updated' : 'created';
  const rest = await afterHub(deploying, { account, idOf: idsIn(resources), isNew: hub === 'created' });
  const text = outcomeText({ deployment, account, hub, resources: resources.length, table, ...rest });
  for (const line of ['', ...text]) say(line);
}

interface Hub {
  account: string;
  idOf(logicalId: string): string;
  isNew: boolean;
}

/** Once the hub stands: the collectors, what other accounts need, and the sweep. */
async function afterHub({ session, wanted, now }: Deploying, { account, idOf, isNew }: Hub) {
  const { deployment, baseline, written } = wanted;
  const { region, email } = deployment;
  const resource = `event-bus/${idOf('EventsBus')}`;
  const hubBus = arnOf({ partition: partitionOf(region), service: 'events', region, account, resource });
  const enabled = needed(await enabledRegions(session), 'AWS names no regions.');
  const { collector, members } = writeTemplates(wanted);
  const collectors = await putCollectors(session, deployment, { template: collector.text, hubBus, enabled });
  const mark = sweepMark({ version: packaged.version, baseline: written, regions: watchedRegions(deployment) });
  const swept = await sweepAfterDeploy(session, idOf('SweepMachine'), { mark, isNew, now });
  const others = baseline.accounts.filter((each) => each !== account);
  const templates = { members: members.file, collector: collector.file };
  return {
    collectors,
    swept,
    reach: reachOf(deployment, enabled),
    mailConfirmed: await isConfirmed(session, idOf('NoticesTopic'), email),
    others: otherAccountsText({ deployment, account, others, hubBus, templates }),
  };
}

/** Throws with everything that must be put right first; what could not be looked at is said and left to AWS. */
export async function checked(session: OperatorSession, { deployment }: Wanted, say: (line: string) => void) {
  const checks = await checksOfDeploy(session, deployment);
  for (const { title, why } of checks.filter(({ state }) => state === 'unknown')) say(`? ${title}: ${why}`);
  const wrong = checks.filter(({ state }) => state === 'wrong');
  if (wrong.length > 0) {
    const lines = wrong.map(({ title, why, mend }) => `${title}: ${why} ${mend}`);
    throw new UserMistake(['Nothing was deployed.', ...lines].join('\n'));
  }
}

export async function callerFor(session: OperatorSession): Promise<Caller> {
  return needed(await callerOf(session), 'AWS does not say whose credentials these are.');
}

function idsIn(resources: readonly { logicalId: string; physicalId: string }[]): (logicalId: string) => string {
  return (logicalId) => {
    const found = resources.find((each) => each.logicalId === logicalId);
    if (found === undefined) throw new UserMistake(`The stack has no ${logicalId}: deploy again.`);
    return found.physicalId;
  };
}

/** The templates of collectors and of other accounts, as this baseline wants them. */
function writeTemplates({ baseline }: Wanted) {
  const write = (name: string, text: string) => {
    const path = join(ROOT, '.build', name);
    mkdirSync(join(ROOT, '.build'), { recursive: true });
    writeFileSync(path, text);
    return { text, file: relative(process.cwd(), path) };
  };
  return {
    collector: write('collector.yml', collectorFile(eventPatterns(baseline.controls))),
    members: write('members.yml', memberFile(baseline)),
  };
}

async function isConfirmed(session: OperatorSession, topic: string, email: string): Promise<boolean | undefined> {
  const subscriptions = await subscriptionsOf(session, topic);
  if (subscriptions.outcome !== 'found') return undefined;
  return subscriptions.value.some(
    ({ protocol, endpoint, isConfirmed }) => protocol === 'email' && endpoint === email && isConfirmed,
  );
}
