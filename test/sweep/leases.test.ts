import { expect, it } from 'vitest';
import type { Files } from '../../shared/aws/world.ts';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import { isSwept, sweepKey } from '../../shared/findings/swept.ts';
import { MINUTE } from '../../shared/runtime/clock.ts';
import { LEASE } from '../../shared/sweep/bounds.ts';
import { sweepCloser } from '../../shared/sweep/close-sweep.ts';
import { advance, Fenced, takeHold } from '../../shared/sweep/hold.ts';
import { scopeLister } from '../../shared/sweep/list-scopes.ts';
import { readDone } from '../../shared/sweep/rows.ts';
import { scopeSweeper } from '../../shared/sweep/sweep-scope.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { TestWorld } from '../support/a-world.ts';

const ACCOUNT = '111122223333';
const SCOPE = { account: ACCOUNT, region: 'eu-west-1' };
const TYPES = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];
const baseline = aBaseline([logging]);

/** So many clusters, all in order. */
function aWorld(clusters = 25): TestWorld {
  const world = new TestWorld();
  const names = Array.from({ length: clusters }, (_, at) => `c${String(at).padStart(3, '0')}`);
  world.answers = {
    'eks:ListClusters': () => ({ clusters: names }),
    'eks:DescribeCluster': ({ name }: { name: string }) => ({
      cluster: { name, status: 'ACTIVE', logging: { clusterLogging: [{ types: TYPES, enabled: true }] } },
    }),
  };
  return world;
}

const sweeperOf = (world: TestWorld) => scopeSweeper(world, baseline, { ownAccount: ACCOUNT });
/** Time for so many steps. */
const timeFor = (steps: number) => {
  let left = steps;
  return () => left-- > 0;
};
const looks = (world: TestWorld) => world.calls.filter((call) => call === 'eks:DescribeCluster').length;

it('M-05: goes on where it stopped, and looks at nothing twice', async () => {
  const world = aWorld();
  const sweep = sweeperOf(world);
  const first = await sweep({ ...SCOPE, run: 'night' }, timeFor(1));
  expect([first, looks(world)]).toEqual([{ ...SCOPE, run: 'night', done: false, wait: 1 }, 10]);
  expect(await isSwept(world.table, SCOPE)).toBe(false);
  world.clock += MINUTE;
  expect(await sweep({ ...SCOPE, run: 'night' })).toEqual({ ...SCOPE, run: 'night', done: true, wait: 0 });
  const done = await readDone(world.table, SCOPE);
  expect([looks(world), done?.tally.resources, done?.tally.controls]).toEqual([
    25,
    25,
    { 'eks-control-plane-logging': { passes: 25 } },
  ]);
  expect(await world.table.get(sweepKey(SCOPE), 'run')).toBeUndefined();
});

it('M-02: without time nothing is begun, and nothing lost', async () => {
  const world = aWorld();
  expect(await sweeperOf(world)({ ...SCOPE, run: 'night' }, () => false)).toMatchObject({ done: false });
  expect(looks(world)).toBe(0);
  expect(await sweeperOf(world)({ ...SCOPE, run: 'night' })).toMatchObject({ done: true });
});

it('M-03: a killed one is waited for until its lease ends, and then taken over where it was', async () => {
  const world = aWorld();
  const { put } = world.table;
  let writes = 0;
  world.table.put = async (item, expect) => {
    if (item.sk === 'run') writes += 1;
    if (writes === 3) throw new Error('killed');
    return put.call(world.table, item, expect);
  };
  await expect(sweeperOf(world)({ ...SCOPE, run: 'night' })).rejects.toThrow('killed');
  world.table.put = put;
  world.clock += MINUTE;
  expect(await sweeperOf(world)({ ...SCOPE, run: 'night' })).toMatchObject({ done: false, wait: 241 });
  world.clock += LEASE;
  expect(await sweeperOf(world)({ ...SCOPE, run: 'night' })).toMatchObject({ done: true });
  expect((await readDone(world.table, SCOPE))?.tally.resources).toBe(25);
});

it('M-03: one that comes back after it was taken over can write nothing of how far it came', async () => {
  const world = aWorld();
  const held = await takeHold(world, SCOPE, 'night');
  world.clock += LEASE + 1;
  const heir = await takeHold(world, SCOPE, 'night');
  if (!('progress' in held) || !('progress' in heir)) throw new Error('Both should have been let in.');
  await expect(advance(world, held.progress, {})).rejects.toThrow(Fenced);
  await expect(advance(world, heir.progress, {})).resolves.toMatchObject({ run: 'night' });
});

it('W-05: of two sweeps of one scope one goes on and the other leaves at once', async () => {
  const world = aWorld();
  await sweeperOf(world)({ ...SCOPE, run: 'one' }, timeFor(1));
  expect(await sweeperOf(world)({ ...SCOPE, run: 'other' })).toEqual({ ...SCOPE, run: 'other', done: true, wait: 0 });
  expect([looks(world), await isSwept(world.table, SCOPE)]).toEqual([10, false]);
  await sweeperOf(world)({ ...SCOPE, run: 'one' });
  expect((await readDone(world.table, SCOPE))?.run).toBe('one');
});

it('a repeated call for a scope that is swept already does nothing', async () => {
  const world = aWorld();
  await sweeperOf(world)({ ...SCOPE, run: 'night' });
  const before = world.calls.length;
  await sweeperOf(world)({ ...SCOPE, run: 'night' });
  expect(world.calls).toHaveLength(before);
});

function lists() {
  const kept = new Map<string, string>();
  const files: Files = {
    read: async (key) => kept.get(key) ?? '',
    write: async (key, text) => {
      kept.set(key, text);
    },
  };
  return { kept, files };
}

const listerOf = (world: TestWorld, files: Files) =>
  scopeLister(world, baseline, { files, bucket: 'lists', ownAccount: ACCOUNT, regions: ['eu-west-1', ' us-east-1'] });

const closerOf = (world: TestWorld, files: Files) => {
  async function* nothing() {}
  const options = { files, bucket: 'lists', keysIn: nothing, ownAccount: ACCOUNT, region: 'eu-west-1' };
  return sweepCloser(world, baseline, options);
};

it('W-05: a schedule that fires twice sweeps once, until that sweep is over or long dead', async () => {
  const world = aWorld();
  const { files } = lists();
  const list = listerOf(world, files);
  const listed = await list({ run: 'one', input: {} });
  expect(await list({ run: 'other', input: {} })).toEqual({
    sweeping: false,
    run: 'other',
    why: 'Another sweep runs.',
  });
  expect(await list({ run: 'one', input: {} })).toMatchObject({ sweeping: true });
  await closerOf(world, files)(listed);
  expect(await list({ run: 'other', input: {} })).toMatchObject({ sweeping: true });
  world.clock += 61 * MINUTE;
  expect(await list({ run: 'third', input: {} })).toMatchObject({ sweeping: true });
});

it('a scope that is at work keeps the sweep of everything alive', async () => {
  const world = aWorld();
  const { files } = lists();
  await listerOf(world, files)({ run: 'one', input: {} });
  world.clock += 40 * MINUTE;
  await sweeperOf(world)({ ...SCOPE, run: 'one' });
  world.clock += 40 * MINUTE;
  expect(await listerOf(world, files)({ run: 'other', input: {} })).toMatchObject({ sweeping: false });
});

it('lists each watched region, and IAM apart; a scope that is not watched is not swept', async () => {
  const world = aWorld();
  const { kept, files } = lists();
  const list = listerOf(world, files);
  expect(await list({ run: 'all', input: {} })).toEqual({
    sweeping: true,
    run: 'all',
    full: true,
    started: world.clock,
    bucket: 'lists',
    regions: 'sweeps/all/regions.json',
    globals: 'sweeps/all/globals.json',
  });
  expect([...kept.values()].map((text) => JSON.parse(text))).toEqual([
    [
      { account: ACCOUNT, region: 'eu-west-1', run: 'all' },
      { account: ACCOUNT, region: 'us-east-1', run: 'all' },
    ],
    [{ account: ACCOUNT, region: 'global', run: 'all' }],
  ]);
  expect(await list({ run: 'one', input: { scope: { account: ACCOUNT, region: 'ap-south-1' } } })).toMatchObject({
    sweeping: false,
    why: 'The account or region is not watched.',
  });
  expect(await list({ run: 'two', input: { scope: SCOPE } })).toMatchObject({ sweeping: true, full: false });
});

it('M-05: a scope that was not swept to its end leaves the sweep incomplete, and is named', async () => {
  const world = aWorld();
  const { files } = lists();
  const listed = await listerOf(world, files)({ run: 'night', input: {} });
  await sweeperOf(world)({ ...SCOPE, run: 'night' });
  await closerOf(world, files)(listed);
  const [row] = await world.table.query(`sweeps#${ACCOUNT}`, { prefix: 'sweep#' });
  expect(row).toMatchObject({
    complete: false,
    incomplete: [`${ACCOUNT} us-east-1: not swept to its end.`, `${ACCOUNT} global: not swept to its end.`],
  });
  expect(world.counts).toMatchObject({ swept: 1, sweepIncomplete: 2, sweepFinished: 1 });
});

it('what goes wrong with one resource is named, and keeps no other from being looked at', async () => {
  const world = aWorld(3);
  const answer = world.answers['eks:DescribeCluster'] as (input: { name: string }) => object;
  world.answers['eks:DescribeCluster'] = ((input: { name: string }) => {
    if (input.name === 'c001') throw new TypeError('a bug');
    return answer(input);
  }) as never;
  await sweeperOf(world)({ ...SCOPE, run: 'night' });
  const done = await readDone(world.table, SCOPE);
  expect([done?.complete, done?.kinds.map(({ failed, looked }) => [failed, looked])]).toEqual([false, [[1, 3]]]);
});

it('refuses an account or region that is none', async () => {
  await expect(sweeperOf(aWorld())({ run: 'x', account: '1', region: 'eu-west-1' })).rejects.toThrow();
  await expect(sweeperOf(aWorld())({ run: 'x', account: ACCOUNT, region: '../x' })).rejects.toThrow();
});

it('a region that an account has not enabled is named, asked nothing, and makes nothing incomplete', async () => {
  const world = aWorld();
  const { files } = lists();
  const asked: string[] = [];
  const read = async (action: string) => {
    asked.push(action);
    const Regions = [{ RegionName: 'us-east-1', OptInStatus: 'not-opted-in' }];
    return { outcome: 'found' as const, began: world.now(), value: { Regions } };
  };
  const reader = (account: string, region: string) => ({ account, region, partition: 'aws', read });
  const batch = () => ({ reader, calls: () => new Map() });
  const aws = { batch } as unknown as TestWorld['aws'];
  const sweep = scopeSweeper(Object.assign(world, { aws }), baseline, { ownAccount: ACCOUNT, region: 'eu-west-1' });
  const scope = { account: ACCOUNT, region: 'us-east-1' };
  const { run } = await listerOf(world, files)({ run: 'night', input: { scope } });
  expect(await sweep({ ...scope, run })).toMatchObject({ done: true });
  await closerOf(world, files)(await listerOf(world, files)({ run: 'night', input: { scope } }));
  const [row] = await world.table.query(`sweeps#${ACCOUNT}`, { prefix: 'sweep#' });
  expect([asked, row]).toMatchObject([
    ['ec2:DescribeRegions'],
    { complete: true, incomplete: [], notEnabled: [`${ACCOUNT} us-east-1`] },
  ]);
});
