import { queueDepth } from '../../../aws/operator/queues.ts';
import { busPolicyText, type RuleState, ruleState } from '../../../aws/operator/rules.ts';
import { type StackResource, stackResources } from '../../../aws/operator/stack.ts';
import type { Read } from '../../../aws/read.ts';
import { collectorRegions } from '../../../deployment/watched-regions.ts';
import { type Hub, idOf } from '../../hub.ts';
import { counted } from '../../terminal.ts';
import { type Check, checkOf, fine, wrong } from '../check.ts';
import { notLetIn, strangersLetIn } from './bus-policy.ts';
import type { Examine, Examined } from './examined.ts';

const DEPLOY = 'Deploy again: npm run deploy';

/** The rules by which events arrive: the hub's own, those of its collectors, and who may deliver to its bus. */
export const rules: Examine = async (examined) => {
  const { hub } = examined;
  const elsewhere = hub.deployment === undefined ? [] : collectorRegions(hub.deployment);
  const collected = elsewhere.map((region) => collectorCheck(examined, region));
  const own = rulesCheck(examined, hub.region, hub.resources);
  return (await Promise.all([own, ...collected, busCheck(examined)])).flat();
};

async function collectorCheck(examined: Examined, region: string): Promise<readonly Check[]> {
  const { session, stack } = examined.hub;
  const name = `${stack}-collector`;
  const named = { id: `collector ${region}`, title: `Collector in ${region}` };
  const read = await stackResources(session, name, region);
  if (read.outcome === 'found') {
    const checks = [rulesCheck(examined, region, read.value), undeliveredCheck(examined, region, read.value)];
    return (await Promise.all(checks)).flat();
  }
  return [
    checkOf(named, read, () =>
      wrong(named, `there is no stack ${name}, so nothing that changes there is seen.`, DEPLOY),
    ),
  ];
}

/** Told only where something is wrong: what a collector could not hand on. */
async function undeliveredCheck(
  { hub }: Examined,
  region: string,
  resources: readonly StackResource[],
): Promise<readonly Check[]> {
  const queue = resources.find(({ logicalId }) => logicalId === 'UndeliveredEvents');
  if (queue === undefined) return [];
  const named = { id: `undelivered ${region}`, title: `Events of ${region}` };
  const check = checkOf(named, await queueDepth(hub.session, queue.physicalId, region), (depth) => {
    if (depth === undefined) return wrong(named, 'the queue for those not delivered was deleted.', DEPLOY);
    if (depth.waiting === 0) return fine(named, 'all were delivered.');
    const why = `${counted(depth.waiting, 'event')} could not be delivered to the bus.`;
    return wrong(named, why, 'docs/many-accounts.md, "Events that were not delivered"');
  });
  return check.state === 'fine' ? [] : [check];
}

async function rulesCheck(
  { hub }: Examined,
  region: string,
  resources: readonly StackResource[],
): Promise<readonly Check[]> {
  const named = { id: `rules ${region}`, title: `Rules in ${region}` };
  const ids = resources.filter(({ type }) => type === 'AWS::Events::Rule');
  if (ids.length === 0) return [wrong(named, 'the stack has none, so nothing that changes there is seen.', DEPLOY)];
  const reads = await Promise.all(ids.map(({ physicalId }) => stateOf(hub, physicalId, region)));
  const bad = ids.flatMap(({ logicalId }, at): Check[] => {
    const read = reads[at];
    const each = { id: `rule ${region} ${logicalId}`, title: `Rule ${logicalId} in ${region}` };
    if (read === undefined) return [];
    const check = checkOf(each, read, (state) => {
      if (state === undefined) return wrong(each, 'it was deleted: its events are lost.', DEPLOY);
      const on = state.bus === undefined ? '' : ` --event-bus-name ${state.bus}`;
      const mend = `Enable it: aws events enable-rule --region ${region} --name ${state.name}${on}`;
      return state.isEnabled ? fine(each, 'enabled') : wrong(each, 'it is disabled: its events are lost.', mend);
    });
    return check.state === 'fine' ? [] : [check];
  });
  return bad.length > 0 ? bad : [fine(named, `${counted(ids.length, 'rule')} enabled.`)];
}

/** Some stacks name a rule of our bus without the bus. */
async function stateOf(hub: Hub, physicalId: string, region: string): Promise<Read<RuleState>> {
  const read = await ruleState(hub.session, physicalId, region);
  const bus = idOf(hub, 'EventsBus');
  if (read.outcome !== 'gone' || bus === undefined || physicalId.includes('|')) return read;
  return ruleState(hub.session, `${bus}|${physicalId}`, region);
}

async function busCheck({ hub, baseline, account }: Examined): Promise<readonly Check[]> {
  const bus = hub.resources.find(({ logicalId }) => logicalId === 'EventsBus');
  const named = { id: 'bus', title: 'Bus for collectors' };
  if (bus === undefined) return [wrong(named, 'the stack has none.', DEPLOY)];
  const members = baseline.accounts.filter((each) => each !== account);
  const check = checkOf(named, await busPolicyText(hub.session, bus.physicalId), (policy) => {
    if (policy === undefined) return wrong(named, 'it was deleted: no other region or account can deliver.', DEPLOY);
    const missing = notLetIn(policy, [account, ...members], hub.deployment?.organization);
    if (missing.length > 0) return wrong(named, `its policy does not let ${missing.join(', ')} deliver.`, DEPLOY);
    const strangers = strangersLetIn(policy);
    if (strangers.length > 0)
      return wrong(named, `its policy lets everybody deliver (${strangers.join(', ')}).`, DEPLOY);
    return fine(named, `its policy lets ${counted(members.length + 1, 'account')} deliver.`);
  });
  return [check];
}
