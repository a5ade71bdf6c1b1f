import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Recheck } from '../../shared/changes/change.ts';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import ingress from '../../shared/controls/node/node-sg-ingress.ts';
import type { ResourceState } from '../../shared/findings/finding.ts';
import { usesOf } from '../../shared/findings/links.ts';
import { looker } from '../../shared/findings/look.ts';
import { keyOf, type Resource } from '../../shared/resources/resource.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { TestWorld } from '../support/a-world.ts';

const where = { account: '111122223333', region: 'eu-west-1' };
const aCluster = (id: string): Resource => ({ ...where, kind: 'cluster', id });
const aGroup = (id: string): Resource => ({ ...where, kind: 'security-group', id });
const CLUSTERS = ['payments', 'search'];
const GROUPS = ['sg-0a1b2c3d4e5f60718', 'sg-0b1b2c3d4e5f60718'];

/** What the account is from a change on: the group of each cluster (or none), whether each group is open, and what AWS answers meanwhile. */
interface Estate {
  groupOf: Record<string, string | 'gone'>;
  open: Record<string, boolean>;
}
interface Change {
  what: { cluster: string; group: string | 'gone' } | { group: string; open: boolean };
  after: number;
  mood: 'well' | 'throttled' | 'refused';
  deliveries: { sent: number; queued: number }[];
}

const change = fc.record<Change>({
  what: fc.oneof(
    fc.record({ cluster: fc.constantFrom(...CLUSTERS), group: fc.constantFrom(...GROUPS, 'gone') }),
    fc.record({ group: fc.constantFrom(...GROUPS), open: fc.boolean() }),
  ),
  after: fc.integer({ min: 0, max: 90_000 }),
  mood: fc.oneof({ weight: 5, arbitrary: fc.constant('well' as const) }, fc.constantFrom('throttled', 'refused')),
  deliveries: fc.array(
    fc.record({ sent: fc.integer({ min: 0, max: 60_000 }), queued: fc.integer({ min: 0, max: 60_000 }) }),
    { minLength: 1, maxLength: 2 },
  ),
});

const START: Estate = {
  groupOf: Object.fromEntries(CLUSTERS.map((name) => [name, GROUPS[0] ?? ''])),
  open: Object.fromEntries(GROUPS.map((id) => [id, false])),
};

const changed = ({ groupOf, open }: Estate, { what }: Change): Estate =>
  'cluster' in what
    ? { groupOf: { ...groupOf, [what.cluster]: what.group }, open }
    : { groupOf, open: { ...open, [what.group]: what.open } };

const touched = ({ what }: Change) => ('cluster' in what ? aCluster(what.cluster) : aGroup(what.group));

const groupAnswer = (id: string, isOpen: boolean | undefined) => ({
  SecurityGroups: [
    {
      GroupId: id,
      VpcId: 'vpc-0a1b2c3d4e5f60718',
      IpPermissions: isOpen
        ? [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]
        : [],
    },
  ],
});

async function play(history: readonly Change[], lag: number, scheduler: fc.Scheduler) {
  const world = new TestWorld();
  // A pause that passes on no clock of this world would let messages overtake the write that it is for.
  world.pause = () => Promise.resolve();
  const look = looker(world, aBaseline([logging, ingress]));
  let estate = START;
  let at = world.clock;
  const moments = [{ at: 0, estate, mood: 'well' as Change['mood'] }];
  const events: { resource: Resource; seenAt: number; at: number }[] = [];
  for (const each of history) {
    at += each.after;
    estate = changed(estate, each);
    moments.push({ at, estate, mood: each.mood });
    for (const { sent, queued } of each.deliveries)
      events.push({ resource: touched(each), seenAt: at + sent, at: at + sent + queued });
  }
  const visible = () => moments.filter((moment) => moment.at + lag <= world.clock).at(-1)?.estate ?? START;
  const answer = <T extends object>(value: () => T) => {
    const mood = moments.filter((moment) => moment.at <= world.clock).at(-1)?.mood ?? 'well';
    const said =
      mood === 'well' ? value() : { outcome: mood === 'refused' ? ('refused' as const) : ('unavailable' as const) };
    return scheduler.schedule(Promise.resolve(said)) as Promise<T>;
  };
  world.answers['eks:DescribeCluster'] = ({ name }: { name: string }) =>
    answer(() => {
      const group = visible().groupOf[name];
      if (group === 'gone') return { outcome: 'gone' as const };
      return {
        cluster: {
          name,
          status: 'ACTIVE',
          createdAt: new Date('2026-01-05T08:00:00Z'),
          resourcesVpcConfig: { clusterSecurityGroupId: group },
        },
      };
    });
  world.answers['ec2:DescribeSecurityGroups'] = ({ GroupIds: [id = ''] }: { GroupIds: string[] }) =>
    answer(() => groupAnswer(id, visible().open[id]));
  world.answers['ec2:DescribeVpcs'] = () => ({ Vpcs: [{ VpcId: 'vpc-0a1b2c3d4e5f60718', CidrBlock: '10.0.0.0/16' }] });

  for (const name of CLUSTERS) {
    const message: Recheck = { resource: aCluster(name), seenAt: world.clock, life: 'changed', why: 'event' };
    world.sent.push({ message, at: world.clock });
  }
  const running: Promise<unknown>[] = [];
  while (world.sent.length > 0 || events.length > 0) {
    world.clock = Math.max(world.clock, Math.min(...[...world.sent, ...events].map((each) => each.at)));
    for (const each of events.filter((one) => one.at <= world.clock)) {
      events.splice(events.indexOf(each), 1);
      const { resource, seenAt } = each;
      if (resource.kind === 'security-group' && (await usesOf(world.table, resource)).length === 0) continue;
      world.sent.push({ message: { resource, seenAt, life: 'changed', why: 'event' }, at: each.at });
    }
    for (const message of world.due()) {
      const again = () => void world.sent.push({ message, at: world.clock + 30_000 });
      running.push(look(message).catch(again));
    }
    await new Promise((resolve) => setImmediate(resolve));
    if (scheduler.count() > 0) await scheduler.waitOne();
    await new Promise((resolve) => setImmediate(resolve));
    if (world.sent.length === 0 && events.length === 0) {
      while (scheduler.count() > 0) {
        await scheduler.waitAll();
        await new Promise((resolve) => setImmediate(resolve));
      }
      await Promise.all(running);
    }
  }
  return { world, estate };
}

const WELL = { after: 1_000, mood: 'well' as const, deliveries: [{ sent: 0, queued: 0 }] };
/** AWS is well again in the end, and both clusters see it. */
const ending = (history: readonly Change[]): Change[] => {
  const { groupOf } = history.reduce(changed, START);
  return [
    ...history,
    ...CLUSTERS.map((cluster) => ({ ...WELL, what: { cluster, group: groupOf[cluster] ?? 'gone' } })),
    ...GROUPS.map((group) => ({ ...WELL, what: { group, open: history.reduce(changed, START).open[group] ?? false } })),
  ];
};

it('R-07: whatever clusters and their groups go through, the links end true and each group is judged for those that use it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 0, max: 30_000 }),
      fc.scheduler(),
      async (history, lag, scheduler) => {
        const { world, estate } = await play(ending(history), lag, scheduler);
        for (const id of GROUPS) {
          const users = CLUSTERS.filter((name) => estate.groupOf[name] === id);
          const uses = await usesOf(world.table, aGroup(id));
          const state = (await world.table.get(keyOf(aGroup(id)), 'state')) as ResourceState | undefined;
          expect(uses.map(({ by }) => by.id)).toEqual(users);
          expect({
            users: state?.gone ? [] : (state?.clusters ?? []),
            state: state?.findings['node-sg-ingress']?.state ?? 'closed',
          }).toEqual({ users, state: users.length > 0 && estate.open[id] ? 'open' : 'closed' });
        }
      },
    ),
    { numRuns: 200 },
  );
});
