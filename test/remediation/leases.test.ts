import { beforeEach, expect, it } from 'vitest';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import { looker } from '../../shared/findings/look.ts';
import { type Candidate, type Fix, locksOf } from '../../shared/remediation/fix.ts';
import type { FixSettings } from '../../shared/remediation/gate.ts';
import { lock, lockAll, unlock } from '../../shared/remediation/lock.ts';
import { remediator } from '../../shared/remediation/runner.ts';
import { keyOf, type Resource } from '../../shared/resources/resource.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { TestWorld } from '../support/a-world.ts';

const MINUTE = 60_000;
const resource: Resource = { kind: 'cluster', id: 'payments', account: '111122223333', region: 'eu-west-1' };
const CLUSTER = '111122223333#eu-west-1#payments';
const settings: FixSettings = {
  killSwitch: '/eks-warden/fixes',
  ownAccount: '111122223333',
  ownRole: (account) => `arn:aws:iam::${account}:role/eks-warden-fix`,
};
const baseline = aBaseline([logging], { mode: 'remediate' });

let world: TestWorld;
/** Runs at each read of the cluster, counted from 1; the first is the look's. */
let onRead: (n: number) => Promise<void>;

beforeEach(async () => {
  world = new TestWorld();
  world.parameters['/eks-warden/fixes'] = 'on';
  onRead = async () => undefined;
  let reads = 0;
  world.answers['eks:DescribeCluster'] = async () => {
    reads += 1;
    await onRead(reads);
    return { cluster: { name: 'payments', status: 'ACTIVE', createdAt: new Date(0), logging: { clusterLogging: [] } } };
  };
  world.answers['eks:DescribeUpdate'] = () => ({ update: { status: 'InProgress' } });
  world.writes['eks:UpdateClusterConfig'] = () => ({ outcome: 'done', value: { update: { id: 'u-1' } } });
  await looker(world, baseline)({ resource, seenAt: world.clock, life: 'changed', why: 'event' });
});

const remediate = (more: Partial<FixSettings> = {}) =>
  remediator(world, baseline, { ...settings, ...more })({ resource });
const fixes = async () => (await world.table.query(keyOf(resource), { prefix: 'fix#' })) as Fix[];
const ownerOf = async (name: string) => (await world.table.get(`lock#${name}`, 'lock'))?.owner;

it('M-03: a lease is taken over when it has ended and never before', async () => {
  const { table, clock } = world;
  const taking = [
    await lock(table, CLUSTER, 'first', clock),
    await lock(table, CLUSTER, 'second', clock),
    await lock(table, CLUSTER, 'second', clock + 15 * MINUTE - 1),
    await lock(table, CLUSTER, 'second', clock + 15 * MINUTE),
    await lock(table, CLUSTER, 'first', clock + 15 * MINUTE),
  ];
  expect(taking).toEqual(['ours', 'busy', 'busy', 'ours', 'busy']);
  await unlock(table, CLUSTER, 'first');
  expect(await ownerOf(CLUSTER)).toBe('second');
});

it('M-03: of two that find a lease ended at once one has it', async () => {
  const { table, clock } = world;
  await lock(table, CLUSTER, 'dead', clock);
  const later = clock + 16 * MINUTE;
  const both = await Promise.all(['second', 'third'].map((owner) => lock(table, CLUSTER, owner, later)));
  expect(both.sort()).toEqual(['busy', 'ours']);
});

it('M-03: a worker that slept past its lease calls nothing while another has the cluster', async () => {
  onRead = async (n) => {
    if (n !== 3) return;
    world.clock += 16 * MINUTE;
    await lock(world.table, CLUSTER, 'another fix', world.clock);
  };
  expect(await remediate()).toBe('again');
  expect([world.written, await ownerOf(CLUSTER)]).toEqual([[], 'another fix']);
  world.clock += 16 * MINUTE;
  expect([await remediate(), world.written.length]).toEqual(['again', 1]);
});

it('M-03: a worker that slept during its call does not write over what another has recorded since', async () => {
  world.writes['eks:UpdateClusterConfig'] = () => ({ outcome: 'done', value: { update: { id: 'u-old' } } });
  const put = world.table.put.bind(world.table);
  world.table.put = async (item, expect) => {
    if (item.status === 'called') await put({ ...item, status: 'ended', updateId: 'u-new' });
    return put(item, expect);
  };
  expect(await remediate()).toBe('again');
  expect((await fixes()).map(({ status, updateId }) => [status, updateId])).toEqual([['ended', 'u-new']]);
});

it('M-03: what belongs to several clusters is fixed under the locks of all of them, or of none', async () => {
  const shared = { resource, state: { clusters: ['b', 'a', 'b'] } } as unknown as Candidate;
  const names = locksOf(shared);
  expect(names).toEqual(['111122223333#eu-west-1#a', '111122223333#eu-west-1#b']);
  await lock(world.table, '111122223333#eu-west-1#b', 'another fix', world.clock);
  expect(await lockAll(world.table, names, 'ours', world.clock)).toBe('busy');
  expect(await Promise.all(names.map(ownerOf))).toEqual([undefined, 'another fix']);
  await unlock(world.table, '111122223333#eu-west-1#b', 'another fix');
  expect(await lockAll(world.table, names, 'ours', world.clock)).toBe('ours');
});

it('M-02: no call begins that there is no time to record; the fix goes on with the next message', async () => {
  expect([await remediate({ enough: () => false }), world.written]).toEqual(['again', []]);
  expect((await fixes()).map(({ status, accepted }) => [status, accepted])).toEqual([['prepared', 0]]);
  expect([await remediate({ enough: () => true }), world.written.length]).toEqual(['again', 1]);
});
