import { expect, it } from 'vitest';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import vulnerabilities from '../../shared/controls/image/image-vulnerabilities.ts';
import amiType from '../../shared/controls/node/node-os-optimized.ts';
import { knownOf } from '../../shared/findings/known.ts';
import { readDone } from '../../shared/sweep/rows.ts';
import { scopeSweeper } from '../../shared/sweep/sweep-scope.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { TestWorld } from '../support/a-world.ts';

const ACCOUNT = '111122223333';
const SCOPE = { account: ACCOUNT, region: 'eu-west-1' };
/** Of which some stand otherwise among their node groups than among each other: `a-b/x` before `a/x`, `a` before `a-b`. */
const NAMES = ['a', 'a-b', 'a-b-c', 'a0', ...Array.from({ length: 56 }, (_, at) => `c${String(at).padStart(2, '0')}`)];
const groupsOf = (name: string) =>
  name.startsWith('a') || name === 'c55' ? ['w', 'x', 'y', 'z'].map((each) => `${name}/${each}`) : [];
const GROUPS = NAMES.flatMap(groupsOf).sort();

/** Sixty clusters, few of them with node groups; clusters themselves are no control's concern. */
function aWorld(): TestWorld & { looked: string[] } {
  const world = new TestWorld();
  world.answers = {
    'eks:ListClusters': () => ({ clusters: NAMES }),
    'eks:ListNodegroups': ({ clusterName }: { clusterName: string }) => ({
      nodegroups: groupsOf(clusterName).map((id) => id.slice(clusterName.length + 1)),
    }),
    'eks:DescribeNodegroup': ({ clusterName, nodegroupName }: Record<string, string>) => {
      looked.push(`${clusterName}/${nodegroupName}`);
      return { nodegroup: { clusterName, nodegroupName, status: 'ACTIVE', amiType: 'BOTTLEROCKET_x86_64' } };
    },
  };
  const looked: string[] = [];
  return Object.assign(world, { looked });
}

const sweeperOf = (world: TestWorld) => scopeSweeper(world, aBaseline([amiType]), { ownAccount: ACCOUNT });
const input = { ...SCOPE, run: 'night' };

/** Invocation after invocation, each with time for so many calls. */
async function sweep(world: TestWorld, calls: number, between: (invocation: number) => void = () => {}) {
  const run = sweeperOf(world);
  for (let invocation = 1; invocation < 30; invocation += 1) {
    const before = world.calls.length;
    const { done } = await run(input, () => world.calls.length - before < calls);
    if (done) return invocation;
    between(invocation);
  }
  throw new Error('It does not come to its end.');
}

it('an account that takes longer to list than an invocation has is swept to its end, and nothing in it twice', async () => {
  const world = aWorld();
  expect(await sweep(world, 12)).toBe(6);
  expect(world.looked.toSorted()).toEqual(GROUPS);
  const lists = world.calls.filter((call) => call === 'eks:ListNodegroups').length;
  // A slice that an invocation could not end is listed by the next one again.
  expect(lists).toBeLessThanOrEqual(NAMES.length + 20);
  const done = await readDone(world.table, SCOPE);
  expect(done?.kinds).toEqual([
    { kind: 'nodegroup', complete: true, looked: GROUPS.length, later: 0, failed: 0, unread: [] },
  ]);
  const known = await knownOf(world.table, ACCOUNT, SCOPE.region, 'nodegroup');
  expect(known.map(({ id }) => id).sort()).toEqual(GROUPS);
});

it('one that stops after each few looks goes on behind the last of them, whatever the names', async () => {
  const world = aWorld();
  const run = sweeperOf(world);
  let invocations = 0;
  for (let done = false; !done && invocations < 60; invocations += 1) {
    let steps = 1;
    ({ done } = await run(input, () => steps-- > 0));
  }
  expect(world.looked.toSorted()).toEqual(GROUPS);
  expect(invocations).toBeLessThan(60);
});

it('what an earlier invocation could not list keeps the kind incomplete, though later ones list well', async () => {
  const world = aWorld();
  const list = world.answers['eks:ListNodegroups'];
  let isRefused = true;
  world.answers['eks:ListNodegroups'] = (asked) =>
    isRefused && (asked as { clusterName: string }).clusterName === 'a'
      ? { outcome: 'refused' }
      : (list?.(asked) ?? {});
  await sweep(world, 12, () => {
    isRefused = false;
  });
  const done = await readDone(world.table, SCOPE);
  expect([done?.complete, done?.kinds, done?.listed]).toEqual([
    false,
    [
      {
        ...{ kind: 'nodegroup', complete: false, looked: GROUPS.length - groupsOf('a').length, later: 0, failed: 0 },
        unread: [{ why: 'eks:ListNodegroups was refused.', missing: 'eks:ListNodegroups' }],
      },
    ],
    {},
  ]);
});

it('clusters that cannot be listed are said once, and the node groups that are known are looked at', async () => {
  const world = aWorld();
  await sweep(world, 1000);
  world.looked.splice(0);
  world.clock += 86_400_000;
  world.answers['eks:ListClusters'] = () => ({ outcome: 'refused' });
  const { done } = await sweeperOf(world)({ ...SCOPE, run: 'next' });
  expect([done, world.looked.toSorted()]).toEqual([true, GROUPS]);
  expect((await readDone(world.table, SCOPE))?.kinds).toEqual([
    {
      ...{ kind: 'nodegroup', complete: false, looked: GROUPS.length, later: 0, failed: 0 },
      unread: [{ why: 'eks:ListClusters was refused.', missing: 'eks:ListClusters' }],
    },
  ]);
});

it('images are listed by few repositories at a time, and answered by their lists', async () => {
  const world = new TestWorld();
  const digest = (at: number) => `sha256:${String(at).padStart(64, '0')}`;
  const names = Array.from({ length: 25 }, (_, at) => `team/app-${String(at).padStart(2, '0')}`);
  world.answers = {
    'ecr:DescribeRepositories': () => ({ repositories: names.map((repositoryName) => ({ repositoryName })) }),
    'ecr:DescribeImages': ({ repositoryName }: { repositoryName: string }) => ({
      imageDetails: [0, 1].map((at) => ({ repositoryName, imageDigest: digest(at), imageTags: [`v${at}`] })),
    }),
    'ecr:DescribeImageScanFindings': () => ({
      imageScanStatus: { status: 'COMPLETE' },
      imageScanFindings: { imageScanCompletedAt: new Date(world.clock), findingSeverityCounts: {} },
    }),
  };
  const run = scopeSweeper(world, aBaseline([vulnerabilities, logging]), { ownAccount: ACCOUNT });
  world.answers['eks:ListClusters'] = () => ({ clusters: [] });
  let invocations = 0;
  for (let done = false; !done && invocations < 20; invocations += 1) {
    const before = world.calls.length;
    ({ done } = await run(input, () => world.calls.length - before < 15));
  }
  const times = (action: string) => world.calls.filter((call) => call === action).length;
  expect((await readDone(world.table, SCOPE))?.kinds.find(({ kind }) => kind === 'image')).toMatchObject({
    complete: true,
    looked: 50,
  });
  expect([times('ecr:DescribeImageScanFindings'), invocations > 3]).toEqual([50, true]);
  expect(times('ecr:DescribeImages')).toBeLessThan(50);
});
