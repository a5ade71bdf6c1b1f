import { beforeEach, expect, it } from 'vitest';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import type { Finding, ResourceState } from '../../shared/findings/finding.ts';
import { looker } from '../../shared/findings/look.ts';
import { type Fix, fixSort } from '../../shared/remediation/fix.ts';
import type { FixSettings } from '../../shared/remediation/gate.ts';
import { lock } from '../../shared/remediation/lock.ts';
import { remediator } from '../../shared/remediation/runner.ts';
import { undo } from '../../shared/remediation/undo.ts';
import { keyOf, type Resource } from '../../shared/resources/resource.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { TestWorld } from '../support/a-world.ts';

const resource: Resource = { kind: 'cluster', id: 'payments', account: '111122223333', region: 'eu-west-1' };
const CLUSTER = '111122223333#eu-west-1#payments';
const CONTROL = 'eks-control-plane-logging';
const settings: FixSettings = {
  killSwitch: '/eks-warden/fixes',
  ownAccount: '111122223333',
  ownRole: (account) => `arn:aws:iam::${account}:role/eks-warden-fix`,
};
const baseline = aBaseline([logging], { mode: 'remediate' });

let world: TestWorld;
let types: string[];
/** Runs at each read of the cluster, counted from 1. */
let onRead: (n: number) => Promise<void>;

beforeEach(async () => {
  world = new TestWorld();
  world.parameters['/eks-warden/fixes'] = 'on';
  types = [];
  let reads = 0;
  onRead = async () => undefined;
  world.answers['eks:DescribeCluster'] = async () => {
    reads += 1;
    const clusterLogging = [{ types, enabled: true }];
    await onRead(reads);
    return { cluster: { name: 'payments', status: 'ACTIVE', createdAt: new Date(0), logging: { clusterLogging } } };
  };
  world.answers['eks:DescribeUpdate'] = () => ({ update: { status: 'Successful' } });
  world.writes['eks:UpdateClusterConfig'] = ({ logging: { clusterLogging } }: never) => {
    const [change] = clusterLogging as [{ types: string[]; enabled: boolean }];
    types = change.enabled ? [...types, ...change.types] : types.filter((type) => !change.types.includes(type));
    return { outcome: 'done', value: { update: { id: 'u-1' } } };
  };
  await looker(world, baseline)({ resource, seenAt: world.clock, life: 'changed', why: 'event' });
});

const state = async () => (await world.table.get(keyOf(resource), 'state')) as unknown as ResourceState;
const become = async (change: Partial<Finding>) => {
  const now = await state();
  const finding = { ...now.findings[CONTROL], ...change };
  await world.table.put({ ...now, version: now.version + 1, findings: { [CONTROL]: finding } } as never);
};
const fixes = async () => (await world.table.query(keyOf(resource), { prefix: 'fix#' })) as Fix[];
const remediate = () => remediator(world, baseline, settings)({ resource });

it('a fix whose finding was closed or waived before its claim was written calls nothing', async () => {
  onRead = async (n) => {
    if (n === 3) await become({ state: 'waived' });
  };
  expect(await remediate()).toBe('over');
  expect(world.written).toEqual([]);
  expect(await world.table.get(`lock#${CLUSTER}`, 'lock')).toBeUndefined();
});

it('D-01: two deliveries at once of one fix, at different times, make one claim', async () => {
  const both: Promise<unknown>[] = [];
  const second = Promise.withResolvers<void>();
  onRead = async (n) => {
    world.clock += 5;
    if (n === 3) {
      both.push(remediate());
      await second.promise;
    }
    if (n === 5) {
      second.resolve();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  both.push(remediate());
  await both[0];
  await Promise.all(both);
  const [one, ...others] = await fixes();
  expect([one?.status, others, world.written.length]).toEqual(['ended', [], 1]);
});

it('an undo waits while another fix holds the lock of the cluster', async () => {
  await remediate();
  await looker(world, baseline)({ resource, seenAt: world.clock + 60_000, life: 'changed', why: 'fix' });
  world.clock += 60_000;
  await looker(world, baseline)({ resource, seenAt: world.clock, life: 'changed', why: 'fix' });
  expect((await state()).findings[CONTROL]?.state).toBe('closed');
  await lock(world.table, CLUSTER, 'another fix', world.clock);
  const request = { resource, control: CONTROL, fixId: String((await fixes())[0]?.id), by: 'bo' };
  expect(await undo(world, baseline, settings, request)).toBe('again');
  expect(world.written.length).toBe(1);
  world.clock += 16 * 60_000;
  expect(await undo(world, baseline, settings, request)).toBe('over');
  expect([world.written.length, types]).toEqual([2, []]);
});

it('M-04: a fix that dies after its claim, and never comes again, has failed at its deadline', async () => {
  world.sent.length = 0;
  world.writes['eks:UpdateClusterConfig'] = () => {
    throw new Error('killed');
  };
  await expect(remediate()).rejects.toThrow('killed');
  expect((await state()).findings[CONTROL]?.state).toBe('fixing');
  await world.settle(looker(world, baseline));
  expect((await state()).findings[CONTROL]).toMatchObject({ state: 'open', fix: { status: 'failed' } });
});

it('L-02: undone fixes between them do not hide that a finding was fixed three times', async () => {
  const at = (minutes: number) => world.clock - minutes * 60_000;
  const past = (n: number, undoes?: string) => {
    const startedAt = at(100 - n);
    const id = `past-${n}`;
    return world.table.put({
      pk: keyOf(resource),
      sk: fixSort(CONTROL, startedAt, id),
      id,
      startedAt,
      ...(undoes ? { undoes } : {}),
    });
  };
  for (const n of [1, 3, 5]) {
    await past(n);
    await past(n + 1, `past-${n}`);
  }
  await remediate();
  expect(world.written).toEqual([]);
  expect((await state()).findings[CONTROL]?.fix?.why).toMatch(/^It was fixed 3 times in 24 hours/);
});
