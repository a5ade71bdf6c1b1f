import { beforeEach, expect, it } from 'vitest';
import type { Recheck, Sighting } from '../../shared/changes/change.ts';
import tls from '../../shared/controls/account/api-tls-version.ts';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import type { ResourceState } from '../../shared/findings/finding.ts';
import { looker } from '../../shared/findings/look.ts';
import { Crowded, update } from '../../shared/findings/state-table.ts';
import { keyOf, type Resource } from '../../shared/resources/resource.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { TestWorld } from '../support/a-world.ts';

const cluster: Resource = { kind: 'cluster', id: 'payments', account: '111122223333', region: 'eu-west-1' };
const user: Resource = { ...cluster, kind: 'principal', id: 'arn:aws:iam::111122223333:user/old' };
const FIFTY = Array.from({ length: 50 }, (_, at) => at);

let world: TestWorld;
beforeEach(() => {
  world = new TestWorld();
});

const stored = async (resource: Resource) =>
  (await world.table.get(keyOf(resource), 'state')) as unknown as ResourceState | undefined;

/** Nobody writes before all that look have read: the worst there is. */
function inLockstep(count: number): void {
  const all = Promise.withResolvers<void>();
  const get = world.table.get.bind(world.table);
  let reads = 0;
  world.table.get = async (pk, sk) => {
    const item = await get(pk, sk);
    reads += 1;
    if (reads === count) all.resolve();
    await all.promise;
    return item;
  };
}

it('DY-01: fifty looks at one resource at once all end without an error, and the newest stands', async () => {
  let newest = 0;
  world.answers['eks:DescribeCluster'] = async () => {
    world.clock += 1;
    newest = world.clock;
    return { cluster: { name: 'payments', status: 'ACTIVE', createdAt: new Date(0) } };
  };
  inLockstep(FIFTY.length);
  const look = looker(world, aBaseline([logging]));
  const seenAt = world.clock - 60_000;
  const rechecks = FIFTY.map(
    (n): Recheck => ({ resource: cluster, seenAt: seenAt - n, life: 'changed', why: 'event' }),
  );
  const ended = await Promise.allSettled(rechecks.map((recheck) => look(recheck, world.aws.batch())));
  expect(ended.filter(({ status }) => status === 'rejected')).toEqual([]);
  expect((await stored(cluster))?.observedAt).toBeGreaterThan(newest - FIFTY.length);
  await world.settle(look);
  const { findings = {}, observedAt = 0 } = (await stored(cluster)) ?? {};
  expect([findings[logging.id]?.state, observedAt >= newest - FIFTY.length, world.counts.failed]).toEqual([
    'open',
    true,
    undefined,
  ]);
});

it('DY-01: fifty sightings of one principal at once are counted, each once', async () => {
  const rechecks = FIFTY.map((n): Recheck => {
    const sighting: Sighting = {
      resource: user,
      event: 'eks:CreateCluster',
      eventId: `e-${n}`,
      time: world.clock + n,
      tlsVersion: 'TLSv1.1',
    };
    return { resource: user, seenAt: world.clock, life: 'changed', why: 'event', sighting };
  });
  inLockstep(FIFTY.length);
  const look = looker(world, aBaseline([tls]));
  const outcomes = await Promise.all(rechecks.map((recheck) => look(recheck)));
  expect(outcomes.filter((outcome) => outcome !== 'sighted' && outcome !== 'later')).toEqual([]);
  await world.settle(look);
  expect((await stored(user))?.findings[tls.id]?.seen?.count).toBe(50);
});

it('DY-01: after six conflicts in a row a writer gives way, having waited longer each time', async () => {
  const waits: number[] = [];
  const busy = {
    table: { ...world.table, get: async () => undefined, put: async () => 'conflict' as const },
    random: () => 0.5,
    pause: async (milliseconds: number) => void waits.push(milliseconds),
  };
  const state = { ...cluster, version: 1 } as ResourceState;
  await expect(update(busy as never, cluster, async () => state)).rejects.toThrow(Crowded);
  expect(waits).toEqual([5, 10, 20, 40, 80]);
});

it('DY-01: a look that gave way comes again within ten seconds, as it was, and is no failure', async () => {
  world.answers['eks:DescribeCluster'] = () => ({ cluster: { name: 'payments', status: 'ACTIVE' } });
  world.table.put = async () => 'conflict';
  world.pause = async () => undefined;
  const recheck: Recheck = { resource: cluster, seenAt: world.clock, life: 'changed', why: 'sweep' };
  expect(await looker(world, aBaseline([logging]))(recheck)).toBe('later');
  const again = world.sent.filter(({ message }) => message.chain === undefined);
  expect(again.map(({ message }) => message)).toEqual([recheck]);
  expect(again.every(({ at }) => at <= world.clock + 10_000)).toBe(true);
  expect([world.counts['later crowded'], world.counts['looked later']]).toEqual([1, 1]);
});
