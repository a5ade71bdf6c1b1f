import { beforeEach, expect, it } from 'vitest';
import type { Cause, Recheck } from '../../shared/changes/change.ts';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import type { ResourceState } from '../../shared/findings/finding.ts';
import { looker } from '../../shared/findings/look.ts';
import type { Resource } from '../../shared/resources/resource.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { type Answer, TestWorld } from '../support/a-world.ts';

const resource: Resource = { kind: 'cluster', id: 'payments', account: '111122223333', region: 'eu-west-1' };
const ALL = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];
const logs = (types: string[], status = 'ACTIVE', createdAt = '2026-01-05T08:00:00Z') => ({
  cluster: {
    name: 'payments',
    status,
    createdAt: new Date(createdAt),
    logging: { clusterLogging: types.length ? [{ types, enabled: true }] : [] },
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
const cause = (eventId = 'e-1'): Cause => ({
  eventId,
  event: 'eks:UpdateClusterConfig',
  time: world.clock - 3_000,
  actor: {
    type: 'IAMUser',
    principal: 'arn:aws:iam::111122223333:user/ana',
    confidence: 'certain',
    channel: 'cli',
    asCode: false,
  },
});
const event = (changes: Partial<Recheck> = {}): Recheck => ({
  resource,
  seenAt: world.clock,
  life: 'changed',
  why: 'event',
  cause: cause(),
  ...changes,
});
const item = async () =>
  (await world.table.get('111122223333#eu-west-1#cluster#payments', 'state')) as ResourceState | undefined;
const finding = async () => (await item())?.findings['eks-control-plane-logging'];

it('a failing cluster becomes an open finding that says what, since when and who', async () => {
  answers(logs(['api', 'audit', 'authenticator']));
  expect(await look(event())).toBe('judged');
  expect(await item()).toEqual({
    ...resource,
    pk: '111122223333#eu-west-1#cluster#payments',
    sk: 'state',
    schema: 1,
    version: 1,
    observedAt: world.clock,
    generation: '2026-01-05T08:00:00.000Z',
    clusters: ['payments'],
    links: (await item())?.links,
    tags: {},
    look: { due: world.clock + 60_000, chain: expect.any(String), why: 'second-look' },
    news: 1,
    scope: '111122223333#eu-west-1',
    rank: '2#cluster#payments',
    findings: {
      'eks-control-plane-logging': {
        state: 'open',
        severity: 'medium',
        said: [
          {
            reason: 'typesMissing',
            severity: 'medium',
            text: 'Log types are off: controllerManager, scheduler.',
            data: { missing: 'controllerManager, scheduler' },
          },
        ],
        shows: 'on: api, audit, authenticator',
        plan: [
          'eks:UpdateClusterConfig {"name":"payments","logging":{"clusterLogging":[{"types":["controllerManager","scheduler"],"enabled":true}]}}',
        ],
        firstSeen: world.clock,
        since: world.clock,
        cause: cause(),
      },
    },
  });
});

it('D-01: ten deliveries of one event, five of them at once, are one transition', async () => {
  answers(logs([]));
  const twin = world.aws.batch();
  await Promise.all(Array.from({ length: 5 }, () => look(event(), twin)));
  for (let n = 0; n < 5; n += 1) await look(event({ seenAt: world.clock }));
  await world.settle(look);
  expect(world.counts.opened).toBe(1);
  expect((await finding())?.state).toBe('open');
});

it('D-05, N-05: an event that comes again much later changes no state and is no news', async () => {
  answers(logs([]));
  await look(event());
  await world.settle(look);
  world.clock += 3_600_000;
  await look(event());
  expect((await item())?.news).toBeUndefined();
  expect(world.counts.opened).toBe(1);
});

it('D-06: two concurrent looks make one transition, and the older one is counted stale', async () => {
  const started = Promise.withResolvers<void>();
  answers(logs([]));
  const slow = look(event());
  started.resolve();
  const fast = look(event());
  const outcomes = (await Promise.all([slow, fast])).sort();
  expect(outcomes).toEqual(['judged', 'stale']);
  expect([world.counts.opened, world.counts.stale]).toEqual([1, 1]);
});

it('R-01: events that arrive in the wrong order end in what the cluster now is', async () => {
  answers(logs(ALL));
  await look(event({ cause: cause('second') }));
  await look(event({ cause: cause('first'), seenAt: world.clock - 60_000 }));
  await world.settle(look);
  expect((await finding())?.state).toBe('closed');
});

it('R-04: a slow look that read earlier does not overwrite a newer one', async () => {
  const gate = Promise.withResolvers<Answer>();
  world.answers['eks:DescribeCluster'] = () => gate.promise;
  const slow = look(event());
  await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  world.clock += 5_000;
  answers(logs(ALL));
  await look(event());
  gate.resolve(logs([]));
  expect(await slow).toBe('stale');
  expect((await finding())?.state).toBe('closed');
});

it('R-02: of two looks that began in the same millisecond the first written stands, and the later look decides', async () => {
  answers(logs([]));
  await look(event());
  answers(logs(ALL));
  await world.settle(look);
  expect((await finding())?.state).toBe('closed');
});

it('R-03: a deletion that arrives before its creation leaves nothing open', async () => {
  answers({ outcome: 'gone' });
  await look(event({ life: 'deleted' }));
  await look(event({ life: 'created', seenAt: world.clock + 5_000 }));
  await world.settle(look);
  expect(await item()).toMatchObject({ gone: 'deleted', findings: {} });
  expect(world.counts.opened).toBeUndefined();
});

it('R-05: a cluster made again under the same name closes the old findings and opens its own', async () => {
  answers(logs([]));
  await look(event());
  const old = await item();
  world.clock += 600_000;
  answers(logs(['audit', 'authenticator'], 'ACTIVE', '2026-11-21T03:09:00Z'));
  await look(event({ life: 'created' }));
  const now = await item();
  expect([old?.generation, now?.generation]).toEqual(['2026-01-05T08:00:00.000Z', '2026-11-21T03:09:00.000Z']);
  expect([now?.news, now?.findings['eks-control-plane-logging']?.firstSeen]).toEqual([1, world.clock]);
});

it('E-01: old values read just after a change are corrected by the second look', async () => {
  answers(logs(ALL));
  await look(event());
  expect((await finding())?.state).toBe('closed');
  answers(logs([]));
  await world.settle(look);
  expect((await finding())?.state).toBe('open');
});

it('E-02: an updating cluster is judged when it is active again, and nothing sleeps meanwhile', async () => {
  answers(logs([], 'UPDATING'));
  expect(await look(event())).toBe('later');
  expect(await item()).toMatchObject({ findings: {}, look: { due: world.clock + 15_000 } });
  world.clock += 15_000;
  answers(logs(ALL));
  await world.settle(look);
  expect((await finding())?.state).toBe('closed');
});

it('a cluster that never settles is judged after two hours and marked', async () => {
  answers(logs([], 'UPDATING'));
  await look(event());
  await world.settle(look, 3 * 3_600_000);
  expect(await item()).toMatchObject({
    judgedUnsettled: true,
    findings: { 'eks-control-plane-logging': { state: 'open' } },
  });
});

it('E-04: not found within a minute of its creation is not yet visible, later it is deleted', async () => {
  answers({ outcome: 'gone' });
  expect(await look(event({ life: 'created' }))).toBe('later');
  answers(logs(ALL));
  world.clock += 15_000;
  await world.settle(look);
  expect(await item()).toMatchObject({ findings: { 'eks-control-plane-logging': { state: 'closed' } } });
  answers({ outcome: 'gone' });
  await look(event({ life: 'deleted', seenAt: world.clock + 60_000 }));
  await world.settle(look);
  expect((await item())?.gone).toBe('deleted');
});

it('E-04: a denied read is never a deletion: what is open stays open, and says which permission is missing', async () => {
  answers(logs([]));
  await look(event());
  world.clock += 600_000;
  answers({ outcome: 'refused' });
  await look(event());
  expect(await finding()).toMatchObject({
    state: 'open',
    unreadSince: world.clock,
    unread: { why: 'eks:DescribeCluster was refused.', missing: 'eks:DescribeCluster' },
  });
});

it('a denied read of what was never judged is unsure, never a pass', async () => {
  answers({ outcome: 'refused' });
  await look(event());
  expect(await finding()).toMatchObject({ state: 'unsure', unread: { missing: 'eks:DescribeCluster' } });
});

it('H-01: a throttled read changes nothing and is looked at later', async () => {
  answers(logs([]));
  await look(event());
  await world.settle(look);
  const before = await item();
  world.clock += 600_000;
  answers({ outcome: 'unavailable' });
  expect(await look(event())).toBe('later');
  const { look: pending, version, ...rest } = (await item()) ?? {};
  expect(rest).toEqual({ ...before, look: undefined, version: undefined, news: undefined });
  expect([pending?.due, version]).toEqual([world.clock + 15_000, Number(before?.version) + 1]);
});

it('ten events on one cluster within ten seconds are two looks now and one later', async () => {
  answers(logs([]));
  for (let n = 0; n < 10; n += 1) {
    await look(event());
    world.clock += 1_000;
    for (const recheck of world.due()) await look(recheck);
  }
  expect(world.calls.length).toBeLessThanOrEqual(2);
  await world.settle(look);
  expect(world.calls.length).toBeLessThanOrEqual(3);
});

it('a look at a cluster is one table read and one conditional write', async () => {
  answers(logs(ALL));
  await look(event());
  await world.settle(look);
  world.clock += 600_000;
  Object.assign(world.table.calls, { get: 0, put: 0, query: 0, remove: 0, add: 0 });
  await look(event());
  expect(world.table.calls).toEqual({ get: 1, put: 1, query: 0, remove: 0, add: 0 });
});

it('a control that left the baseline ends as retired', async () => {
  answers(logs([]));
  await look(event());
  world.clock += 600_000;
  await looker(world, aBaseline([]))(event({ why: 'retired' }));
  expect(await finding()).toMatchObject({ state: 'closed', closedBecause: 'retired' });
});

it('a waiver turns a failure into waived until its last day has passed', async () => {
  answers(logs([]));
  const waiver = {
    control: 'eks-control-plane-logging',
    resource: '111122223333#eu-west-1#cluster#payments',
    reason: 'Being replaced.',
    requestedBy: 'ana',
    approvedBy: 'bo',
    until: '2026-11-21',
  };
  const waived = looker(world, aBaseline([logging], { waivers: [waiver] }));
  await waived(event());
  expect(await finding()).toMatchObject({
    state: 'waived',
    waiver: { reason: 'Being replaced.', until: '2026-11-21' },
  });
  world.clock += 24 * 3_600_000;
  await waived(event());
  expect((await finding())?.state).toBe('open');
});
