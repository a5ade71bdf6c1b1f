import { expect, it } from 'vitest';
import type { Cause, Recheck } from '../../shared/changes/change.ts';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import { looker } from '../../shared/findings/look.ts';
import { recheckOf } from '../../shared/findings/recheck-message.ts';
import { readState } from '../../shared/findings/state-table.ts';
import { noticeFor } from '../../shared/notices/announce.ts';
import type { Resource } from '../../shared/resources/resource.ts';
import { SECOND } from '../../shared/runtime/clock.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { TestWorld } from '../support/a-world.ts';
import { aCause, aRecord, groupOf } from '../support/notices.ts';

const resource: Resource = { kind: 'cluster', id: 'payments', account: '111122223333', region: 'eu-west-1' };
const TYPES = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];
const baseline = aBaseline([logging]);

/** A cluster whose logs are as the test says. */
function aWorld(types: string[] = []) {
  const world = new TestWorld();
  const cluster = { logging: [...types], vpc: 'vpc-0aaaaaaaaaaaaaaaa' };
  world.answers['eks:DescribeCluster'] = () => ({
    cluster: {
      name: 'payments',
      status: 'ACTIVE',
      resourcesVpcConfig: { vpcId: cluster.vpc },
      logging: { clusterLogging: [{ types: cluster.logging, enabled: true }] },
    },
  });
  const look = looker(world, baseline);
  const state = () => readState(world.table, resource);
  return { world, cluster, look, state };
}

const sweep = (world: TestWorld): Recheck => ({
  resource,
  seenAt: world.clock,
  life: 'changed',
  why: 'sweep',
  inventory: true,
});
const event = (world: TestWorld): Recheck => {
  const cause: Cause = { ...aCause(), time: world.clock };
  return { resource, seenAt: world.clock, life: 'changed', why: 'event', cause };
};

it('what a first sweep finds is news that only its summary tells', async () => {
  const { world, look, state } = aWorld();
  await look(sweep(world));
  const after = await state();
  expect([after?.news, after?.quiet === after?.version]).toEqual([1, true]);
  expect(after && noticeFor(aRecord(undefined, after), baseline, { groupOf })).toBeUndefined();
});

it('the write after it is told as any other', async () => {
  const { world, cluster, look, state } = aWorld();
  await look(sweep(world));
  const before = await state();
  world.clock += 30 * SECOND;
  cluster.logging.push(...TYPES);
  await look(event(world));
  world.clock += 10 * SECOND;
  const after = await state();
  expect(after?.quiet).toBeUndefined();
  expect(after && noticeFor(aRecord(before, after), baseline, { groupOf })).toMatchObject({ state: 'closed' });
});

it('a second look that a first sweep brought about tells what changed meanwhile', async () => {
  const { world, cluster, look, state } = aWorld(TYPES);
  await look(sweep(world));
  expect((await state())?.look).toMatchObject({ why: 'second-look', inventory: true });
  cluster.logging.length = 0;
  await world.settle(look);
  const after = await state();
  expect([after?.findings['eks-control-plane-logging']?.state, after?.quiet]).toEqual(['open', undefined]);
});

it('a change that joins a look of the first sweep is told', async () => {
  const { world, cluster, look, state } = aWorld(TYPES);
  await look(sweep(world));
  world.clock += 3 * SECOND;
  await look({ ...sweep(world), why: 'link' });
  expect((await state())?.look).toMatchObject({ why: 'pace', inventory: true });
  cluster.logging.length = 0;
  world.clock += SECOND;
  await look(event(world));
  await world.settle(look);
  const after = await state();
  expect(after?.findings['eks-control-plane-logging']).toMatchObject({
    state: 'open',
    cause: { eventId: aCause().eventId },
  });
  expect(after?.quiet).not.toBe(after?.version);
});

it('what could not be read in a first sweep is told by itself once it can be', async () => {
  const { world, look, state } = aWorld();
  const answer = world.answers['eks:DescribeCluster'];
  world.answers['eks:DescribeCluster'] = () => ({ outcome: 'unavailable' });
  expect(await look(sweep(world))).toBe('later');
  if (answer) world.answers['eks:DescribeCluster'] = answer;
  await world.settle(look);
  const after = await state();
  expect([after?.findings['eks-control-plane-logging']?.state, after?.quiet]).toEqual(['open', undefined]);
});

it('a sweep does not wait for the pace of events, and looks at nothing that was looked at since it began', async () => {
  const { world, look } = aWorld();
  await look(event(world));
  const began = world.clock;
  world.clock += SECOND;
  const { inventory: _, ...later } = sweep(world);
  expect(await look({ ...later, seenAt: began })).toBe('done');
  expect(await look(later)).toBe('judged');
});

it('the mark travels with the message', () => {
  const recheck: Recheck = { resource, seenAt: 1, life: 'changed', why: 'link', inventory: true };
  expect(recheckOf(JSON.stringify(recheck))).toEqual(recheck);
});
