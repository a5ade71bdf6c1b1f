import { beforeEach, expect, it } from 'vitest';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import type { FixSummary, ResourceState } from '../../shared/findings/finding.ts';
import { looker } from '../../shared/findings/look.ts';
import type { FixSettings } from '../../shared/remediation/gate.ts';
import { fixMessageOf } from '../../shared/remediation/message.ts';
import { offerAgain } from '../../shared/remediation/offer-again.ts';
import { remediator } from '../../shared/remediation/runner.ts';
import { keyOf, type Resource } from '../../shared/resources/resource.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { TestWorld } from '../support/a-world.ts';

const DAY = 86_400_000;
const resource: Resource = { kind: 'cluster', id: 'payments', account: '111122223333', region: 'eu-west-1' };
const settings: FixSettings = {
  killSwitch: '/eks-warden/fixes',
  ownAccount: '111122223333',
  ownRole: (account) => `arn:aws:iam::${account}:role/eks-warden-fix`,
};
const fixing = aBaseline([logging], { mode: 'remediate' });

let world: TestWorld;
beforeEach(async () => {
  world = new TestWorld();
  world.answers['eks:DescribeCluster'] = () => ({
    cluster: { name: 'payments', status: 'ACTIVE', createdAt: new Date(0), logging: { clusterLogging: [] } },
  });
  world.answers['eks:DescribeUpdate'] = () => ({ update: { status: 'InProgress' } });
  world.writes['eks:UpdateClusterConfig'] = () => ({ outcome: 'done', value: { update: { id: 'u-1' } } });
  await looker(world, fixing)({ resource, seenAt: world.clock, life: 'changed', why: 'event' });
});

const state = async () => (await world.table.get(keyOf(resource), 'state')) as unknown as ResourceState;
const fix = async () => (await state()).findings[logging.id]?.fix;
async function become(summary: FixSummary): Promise<void> {
  const now = await state();
  const finding = { ...now.findings[logging.id], fix: summary };
  await world.table.put({ ...now, version: now.version + 1, findings: { [logging.id]: finding } } as never);
}
/** The next night: what the sweep offers is tried, as it comes from the queue. */
async function nextNight(baseline = fixing): Promise<boolean> {
  world.clock += DAY;
  world.fixSent.length = 0;
  const offered = await offerAgain(world, baseline, resource);
  const message = world.fixSent[0]?.message;
  if (message !== undefined) await remediator(world, baseline, settings)(fixMessageOf(JSON.stringify(message)));
  return offered;
}

it('what was held is offered again by a sweep, and fixed once nothing stands against it', async () => {
  await remediator(world, fixing, settings)({ resource });
  expect([await fix(), world.written.length]).toMatchObject([{ status: 'held' }, 0]);
  await remediator(world, fixing, settings)({ resource });
  world.parameters['/eks-warden/fixes'] = 'on';
  expect([await nextNight(), await fix(), world.written.length]).toMatchObject([true, { status: 'started' }, 1]);
});

it('what is held for the same reason again is not told again', async () => {
  await remediator(world, fixing, settings)({ resource });
  const { version } = await state();
  expect([await nextNight(), (await state()).version]).toEqual([true, version]);
});

it('what the baseline allows only since is offered by the next sweep', async () => {
  world.parameters['/eks-warden/fixes'] = 'on';
  expect([await nextNight(aBaseline([logging], { mode: 'notify' })), world.written.length]).toEqual([false, 0]);
  expect([await nextNight(), world.written.length]).toEqual([true, 1]);
});

it.each(['failed', 'unverified'] as const)('a fix that is %s is never offered again', async (status) => {
  world.parameters['/eks-warden/fixes'] = 'on';
  await become({ id: 'f-1', status });
  expect([await nextNight(), world.written, world.fixSent]).toEqual([false, [], []]);
});

it('what a person has undone stays held, however often it is offered', async () => {
  world.parameters['/eks-warden/fixes'] = 'on';
  await become({ id: 'f-1', status: 'undone' });
  for (let night = 0; night < 3; night += 1) await nextNight();
  expect([await fix(), world.written]).toMatchObject([
    { status: 'held', undone: true, why: 'A person has undone this fix.' },
    [],
  ]);
});

it('offered again another day, a fix takes from the budget of that hour', async () => {
  const waiting = aBaseline([logging], { mode: 'approve', remediation: { fixesPerHour: 1 } });
  world.parameters['/eks-warden/fixes'] = 'on';
  await remediator(world, waiting, settings)({ resource });
  expect((await fix())?.why).toBe('It waits for an approval.');
  await nextNight(waiting);
  const taken = (await world.table.query(`budget#${resource.account}`, { prefix: 'hour#' })).map(({ count }) => count);
  expect(taken).toEqual([1, 1]);
});
