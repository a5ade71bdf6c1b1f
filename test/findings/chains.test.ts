import { beforeEach, expect, it } from 'vitest';
import type { Recheck } from '../../shared/changes/change.ts';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import type { ResourceState } from '../../shared/findings/finding.ts';
import { looker } from '../../shared/findings/look.ts';
import type { Resource } from '../../shared/resources/resource.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { type Answer, TestWorld } from '../support/a-world.ts';

const resource: Resource = { kind: 'cluster', id: 'payments', account: '111122223333', region: 'eu-west-1' };
const ALL = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];
const HOUR = 3_600_000;
const logs = (types: string[], status = 'ACTIVE') => ({
  cluster: {
    name: 'payments',
    status,
    createdAt: new Date('2026-01-05T08:00:00Z'),
    logging: { clusterLogging: [{ types, enabled: true }] },
  },
});

let world: TestWorld;
let look: ReturnType<typeof looker>;
beforeEach(() => {
  world = new TestWorld();
  look = looker(world, aBaseline([logging]));
});

const answers = (answer: Answer) => {
  world.answers['eks:DescribeCluster'] = () => answer;
};
const event = (seenAt = world.clock): Recheck => ({ resource, seenAt, life: 'changed', why: 'event' });
const item = async () =>
  (await world.table.get('111122223333#eu-west-1#cluster#payments', 'state')) as ResourceState | undefined;
const state = async () => (await item())?.findings['eks-control-plane-logging']?.state;

it('a change whose message waited while an older second look read gets a second look of its own', async () => {
  answers(logs(ALL));
  await look(event());
  world.clock += 57_000;
  const late = event();
  world.clock += 3_000;
  for (const recheck of world.due()) await look(recheck);
  world.clock += 1_000;
  expect(await look(late)).toBe('later');
  answers(logs([]));
  await world.settle(look);
  expect(await state()).toBe('open');
});

it('two hours of throttling are counted anew when AWS is unwell again a day later', async () => {
  answers({ outcome: 'unavailable' });
  await look(event());
  await expect(world.settle(look)).rejects.toThrow('unavailable for two hours');
  world.clock += 24 * HOUR;
  expect(await look(event())).toBe('later');
  answers(logs([]));
  await world.settle(look);
  expect(await state()).toBe('open');
});

it('a message that has waited two hours fails each time it comes again', async () => {
  answers({ outcome: 'unavailable' });
  await look(event());
  let last: Recheck | undefined;
  const keep = (recheck: Recheck) => {
    last = recheck;
    return look(recheck);
  };
  await expect(world.settle(keep)).rejects.toThrow('unavailable for two hours');
  world.clock += 6 * 60_000;
  await expect(look(last as Recheck)).rejects.toThrow('unavailable for two hours');
});

it('a look that worked ends the waiting: what is throttled next has two hours again', async () => {
  answers({ outcome: 'unavailable' });
  await look(event());
  answers(logs([]));
  world.clock += 12_000;
  await look(event());
  expect(await item()).not.toHaveProperty('look.waitingSince');
});

it.each([
  ['updating', logs([], 'UPDATING')],
  ['throttled', { outcome: 'unavailable' as const }],
])('ten events on a cluster that is %s are at most two looks in ten seconds', async (_, answer) => {
  answers(answer);
  for (let n = 0; n < 10; n += 1) {
    await look(event());
    world.clock += 999;
    for (const recheck of world.due()) await look(recheck);
  }
  expect(world.calls.length).toBeLessThanOrEqual(2);
  answers(logs([]));
  await world.settle(look);
  expect(await state()).toBe('open');
});

it('a look that was to join a chain which another look has ended meanwhile starts its own', async () => {
  answers(logs([], 'UPDATING'));
  await look(event());
  world.clock += 14_900;
  answers(logs(ALL));
  const [chained] = world.sent.splice(0);
  const put = world.table.put.bind(world.table);
  world.table.put = async (given, expect) => {
    if (given.sk !== 'state') return put(given, expect);
    world.table.put = put;
    const current = (await world.table.get(String(given.pk), 'state')) as unknown as ResourceState;
    const ended = { ...current, version: current.version + 1, observedAt: world.clock - 5_000 };
    delete ended.look;
    await put(ended as never);
    return put(given, expect);
  };
  await look(event());
  expect(chained).toBeDefined();
  answers(logs([]));
  await world.settle(look);
  expect(await state()).toBe('open');
});

it('a first look that is refused knows the cluster it was about', async () => {
  answers({ outcome: 'refused' });
  await look(event());
  expect((await item())?.clusters).toEqual(['payments']);
});

it('a look that took too long is not stored, but made again; after two hours of that it is', async () => {
  const slow = (milliseconds: number) => {
    world.answers['eks:DescribeCluster'] = () => {
      world.clock += milliseconds;
      return logs([]);
    };
  };
  slow(46_000);
  expect(await look(event())).toBe('later');
  expect([await state(), (await item())?.look?.why]).toEqual([undefined, 'unavailable']);
  expect(await look({ ...event(), why: 'sweep' })).toBe('judged');
  slow(44_000);
  world.clock += 60_000;
  expect(await look(event())).toBe('judged');

  world = new TestWorld();
  look = looker(world, aBaseline([logging]));
  slow(46_000);
  await look(event());
  await world.settle(look, 3 * HOUR);
  expect(await state()).toBe('open');
});
