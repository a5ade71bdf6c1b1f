import { expect, it } from 'vitest';
import { loadBaseline } from '../../shared/baseline/load.ts';
import { HOUR, MINUTE } from '../../shared/runtime/clock.ts';
import {
  type Account,
  type AuditedServices,
  anAccount,
  type EventDetail,
  merge,
} from '../support/cloud/audited/index.ts';
import { fromSource } from '../support/from-source.ts';
import { chance } from '../support/local-world/chance.ts';
import {
  ANNA,
  aBaselineFile,
  aPipeline,
  LOGGING,
  loggingOf,
  MEMBER,
  PAYMENTS,
  REGION,
  START,
} from '../support/pipeline.ts';

const PER_HOUR = 3;
const FILE = `${aBaselineFile({ [LOGGING]: 'remediate', 'eks-endpoint-public-disabled': 'notify' })}remediation:
  fixesPerHour: ${PER_HOUR}
`;
const { baseline } = loadBaseline(FILE, 'baseline.yml', START);
const TYPES = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];
const CLUSTERS = ['payments', 'search', 'stubborn'];

/** Three clusters that are in order. */
function audited(): Account {
  const account = anAccount(MEMBER, REGION);
  const cluster = account.regions[REGION]?.clusters?.[PAYMENTS.id];
  const named = (name: string) => ({ ...cluster, name, arn: cluster?.arn?.replace(PAYMENTS.id, name) });
  return merge(account, {
    regions: { [REGION]: { clusters: Object.fromEntries(CLUSTERS.map((name) => [name, named(name)])) } },
  });
}

const isOurs = ({ userIdentity }: EventDetail) =>
  JSON.stringify(userIdentity).includes(`arn:aws:iam::${MEMBER}:role/eks-warden-fix`);

/** Log types of a cluster that are off in the account. */
function off(cloud: AuditedServices, name: string): string[] {
  const { logging } = cloud.account(MEMBER).regions[REGION]?.clusters?.[name] ?? {};
  const on = logging?.clusterLogging?.flatMap(({ enabled, types = [] }) => (enabled ? types : [])) ?? [];
  return TYPES.filter((type) => !on.includes(type as never));
}

/** A day on which people switch logs off and on at any time, and one switches them off whenever we have switched them on. */
async function aDay(seed: number) {
  const random = chance(seed);
  await using pipeline = await aPipeline({ handlers: fromSource(baseline), audited: audited(), eventsAfter: 3000 });
  const { world, cloud } = pipeline;
  const events: EventDetail[] = [];
  const change = (name: string, input: object) =>
    cloud.act({
      account: MEMBER,
      region: REGION,
      action: 'eks:UpdateClusterConfig',
      input: { name, ...input },
      by: ANNA,
    });
  for (let nth = 0; nth < 40; nth += 1) {
    const name = CLUSTERS[Math.floor(random() * 2)] ?? '';
    const types = TYPES.filter(() => random() < 0.4);
    const input =
      random() < 0.7
        ? loggingOf(random() < 0.3, ...types)
        : { resourcesVpcConfig: { endpointPublicAccess: random() < 0.5 } };
    world.at(START + random() * 24 * HOUR, 'somebody changes a cluster', () => void change(name, input));
  }
  world.at(START, 'the first switch', () => void change('stubborn', loggingOf(false, 'audit')));
  world.on((step) => {
    if (step.step !== 'event') return;
    const { detail } = step.event as { detail: EventDetail };
    if (detail.errorCode === undefined) events.push(detail);
    if (isOurs(detail) && JSON.stringify(detail.requestParameters).includes('stubborn'))
      world.at(world.now() + MINUTE, 'switched off again', () => void change('stubborn', loggingOf(false, 'audit')));
  });
  await world.untilIdle();
  const findings = await Promise.all(CLUSTERS.map((id) => pipeline.finding(LOGGING, { ...PAYMENTS, id })));
  return {
    fixes: events.filter(isOurs).map(({ eventTime, requestParameters }) => ({
      at: Date.parse(eventTime),
      name: String((requestParameters as { name: string }).name),
    })),
    others: events.filter((detail) => !isOurs(detail)).length,
    events: events.length,
    live: CLUSTERS.map((name) => (off(cloud, name).length === 0 ? 'closed' : 'open')),
    states: findings.map((finding) => finding?.state),
    stubborn: findings[2]?.fix?.why,
    dead: Object.values(world.queues).flatMap(({ dead }) => dead.map(({ body }) => body)),
  };
}

it.each([1, 2, 3])(
  'L-04, L-01, L-02: a day of changes, our own among them, ends with few writes and no loop: %i',
  async (seed) => {
    const { fixes, others, events, live, states, stubborn, dead } = await aDay(seed);
    const hours = Object.values(Object.groupBy(fixes, ({ at }) => Math.floor(at / HOUR))).map(
      (all) => all?.length ?? 0,
    );
    const each = Object.values(Object.groupBy(fixes, ({ name }) => name)).map((all) => all?.length ?? 0);
    expect(Math.max(...hours)).toBeLessThanOrEqual(PER_HOUR);
    expect(Math.max(...each)).toBeLessThanOrEqual(3);
    expect(fixes.filter(({ name }) => name === 'stubborn').length).toBe(3);
    expect(stubborn).toBe('It was fixed 3 times in 24 hours and changed back each time, last by anna@example.com.');
    expect(events).toBe(fixes.length + others);
    expect(states).toEqual(live);
    expect(dead).toEqual([]);
  },
);
