import { callerOf } from '../../aws/operator/callers.ts';
import { inRegion, needed, type OperatorSession, operatorSession, unreadText } from '../../aws/operator/session.ts';
import { type StackResource, stackOfSet, stackResources } from '../../aws/operator/stack.ts';
import type { Read } from '../../aws/read.ts';
import { parseEnvelope } from '../../changes/envelope.ts';
import { collectorRegions, watchedRegions } from '../../deployment/watched-regions.ts';
import { PoisonMessage, UserMistake } from '../../runtime/errors.ts';
import type { Hub } from '../hub.ts';
import { watchedAccounts } from '../watched.ts';
import type { RedriveOptions } from './command.ts';
import { type Aside, changeText } from './kept.ts';

/** The logical id of the queue in which a collector keeps what it could not deliver. */
export const UNDELIVERED = 'UndeliveredEvents';

/** A queue in another region or account, and the way to it. */
export interface Elsewhere {
  aside: Aside;
  session: OperatorSession;
  url: string;
}

/** The queues of the collectors that can be reached, and what could not be looked at, each with a reason. */
export interface Collected {
  queues: readonly Elsewhere[];
  unseen: readonly string[];
}

interface Place {
  session: OperatorSession;
  account: string;
  region: string;
}

/** Collectors in the other regions of the hub's own account, and in those accounts that roles were named for. */
export async function collectorQueues(hub: Hub, options: RedriveOptions): Promise<Collected> {
  if (hub.deployment === undefined) {
    return { queues: [], unseen: ['the collectors: deploy.yml, which says where they are, is not here'] };
  }
  const { account: own } = needed(await callerOf(hub.session), '');
  const roles = rolesOf(hub, options);
  const places = [
    ...collectorRegions(hub.deployment).map((region) => ({ session: hub.session, account: own, region })),
    ...watchedRegions(hub.deployment).flatMap((region) => roles.map((role) => ({ ...role, region }))),
  ];
  const found = await Promise.all(places.map((place) => queueAt(hub, place)));
  const entered = new Set([own, ...roles.map(({ account }) => account)]);
  const others = (await watchedAccounts(hub, options.baseline)).filter((account) => !entered.has(account));
  return {
    queues: found.filter((each) => typeof each !== 'string'),
    unseen: [
      ...found.filter((each) => typeof each === 'string'),
      ...others.map((account) => `the collectors of ${account}: name a role there with --collector-role`),
    ],
  };
}

function rolesOf({ region }: Hub, { collectorRole = [], profile }: RedriveOptions): Omit<Place, 'region'>[] {
  return collectorRole.map((roleArn) => {
    const [, account] = /^arn:[\w-]+:iam::(\d{12}):role\/[\w+=,.@/-]+$/.exec(roleArn) ?? [];
    if (account === undefined) {
      throw new UserMistake(`${JSON.stringify(roleArn)} is no ARN of a role: write it in full, as IAM shows it.`);
    }
    return { session: operatorSession({ region, profile, roleArn }), account };
  });
}

/** Its queue, or why it was not looked at. */
async function queueAt({ stack }: Hub, { session, account, region }: Place): Promise<Elsewhere | string> {
  const name = `${stack}-collector`;
  const where = `the collector of ${account} in ${region}`;
  const there = inRegion(session, region);
  const read = await resourcesOf(there, name);
  if (read.outcome === 'gone') return `${where}: there is no stack ${name}, nor one of a StackSet named so`;
  if (read.outcome !== 'found') return `${where}: ${unreadText(read).replace(/\.$/, '')}`;
  const url = read.value.find(({ logicalId }) => logicalId === UNDELIVERED)?.physicalId;
  if (url === undefined) return `${where}: its stack has no ${UNDELIVERED}`;
  return { aside: asideOf(account, region), session: there, url };
}

/** By hand or by `npm run deploy` a collector has this name; a StackSet puts its own around it. */
async function resourcesOf(session: OperatorSession, name: string): Promise<Read<readonly StackResource[]>> {
  const read = await stackResources(session, name);
  if (read.outcome !== 'gone') return read;
  const ofSet = await stackOfSet(session, name);
  return ofSet.outcome === 'found' ? stackResources(session, ofSet.value) : ofSet;
}

/** What another account says of a third one is not handed on: the bus would have refused it too. */
function asideOf(account: string, region: string): Aside {
  return {
    queue: `${UNDELIVERED} of ${account} in ${region}`,
    back: 'ChangesQueue',
    function: 'EventBridge',
    about(body) {
      const parsed = parseEnvelope(body);
      if ('envelope' in parsed && parsed.envelope.account !== account) {
        throw new PoisonMessage(`The event is of account ${parsed.envelope.account}.`);
      }
      return changeText(body);
    },
  };
}
