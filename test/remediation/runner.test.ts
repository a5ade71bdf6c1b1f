import { beforeEach, expect, it } from 'vitest';
import type { Cause, Recheck } from '../../shared/changes/change.ts';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import type { ResourceState } from '../../shared/findings/finding.ts';
import { looker } from '../../shared/findings/look.ts';
import type { FixSettings } from '../../shared/remediation/gate.ts';
import { type FixMessage, remediator } from '../../shared/remediation/runner.ts';
import { undo } from '../../shared/remediation/undo.ts';
import type { Resource } from '../../shared/resources/resource.ts';
import { aBaseline, type Wish } from '../support/a-baseline.ts';
import { TestWorld } from '../support/a-world.ts';

const resource: Resource = { kind: 'cluster', id: 'payments', account: '111122223333', region: 'eu-west-1' };
const ALL = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];
const settings: FixSettings = {
  killSwitch: '/eks-warden/fixes',
  ownAccount: '111122223333',
  ownRole: (account) => `arn:aws:iam::${account}:role/eks-warden-fix`,
};

/** A cluster as EKS has it: an update takes a while, shows old values meanwhile, and a token is honoured once. */
class Eks {
  types: string[] = [];
  updates = new Map<string, { id: string; until: number; types: string[]; enabled: boolean; applied: boolean }>();
  effective = 0;
  readonly world: TestWorld;

  constructor(world: TestWorld) {
    this.world = world;
    world.answers['eks:DescribeCluster'] = () => ({ cluster: this.cluster() });
    world.answers['eks:DescribeUpdate'] = ({ updateId }: { updateId: string }) => {
      this.settle();
      const update = [...this.updates.values()].find(({ id }) => id === updateId);
      return { update: { id: updateId, status: update?.applied ? 'Successful' : 'InProgress' } };
    };
    world.writes['eks:UpdateClusterConfig'] = (input: {
      clientRequestToken: string;
      logging: { clusterLogging: [{ types: string[]; enabled: boolean }] };
    }) => {
      const again = this.updates.get(input.clientRequestToken);
      if (again) return { outcome: 'done', value: { update: { id: again.id } } };
      if (this.cluster().status === 'UPDATING') return { outcome: 'busy', why: 'ResourceInUseException' };
      const [{ types, enabled }] = input.logging.clusterLogging;
      const id = `u-${this.updates.size + 1}`;
      this.effective += 1;
      this.updates.set(input.clientRequestToken, { id, until: world.clock + 45_000, types, enabled, applied: false });
      return { outcome: 'done', value: { update: { id } } };
    };
  }

  settle() {
    for (const update of this.updates.values()) {
      if (update.applied || update.until > this.world.clock) continue;
      update.applied = true;
      this.types = update.enabled
        ? [...new Set([...this.types, ...update.types])].sort()
        : this.types.filter((type) => !update.types.includes(type));
    }
  }

  cluster(): Record<string, unknown> {
    this.settle();
    const busy = [...this.updates.values()].some(({ applied }) => !applied);
    return {
      name: 'payments',
      status: busy ? 'UPDATING' : 'ACTIVE',
      createdAt: new Date('2026-01-05T08:00:00Z'),
      logging: { clusterLogging: [{ types: this.types, enabled: true }] },
    };
  }
}

let world: TestWorld;
let eks: Eks;

beforeEach(() => {
  world = new TestWorld();
  world.parameters['/eks-warden/fixes'] = 'on';
  eks = new Eks(world);
});

const ana = (extra: Partial<Cause['actor']> = {}): Cause => ({
  eventId: 'e-1',
  event: 'eks:UpdateClusterConfig',
  time: world.clock,
  actor: { type: 'IAMUser', principal: 'ana', confidence: 'certain', channel: 'console', asCode: false, ...extra },
});
const baseline = (wish: Wish = {}) => aBaseline([logging], { mode: 'remediate', ...wish });
const state = async () =>
  (await world.table.get('111122223333#eu-west-1#cluster#payments', 'state')) as ResourceState | undefined;
const finding = async () => (await state())?.findings['eks-control-plane-logging'];
const fixes = () => world.table.query('111122223333#eu-west-1#cluster#payments', { prefix: 'fix#' });

/** Opens the finding by a look, and lets fixes and looks run until nothing is left to do. */
async function play(wish: Wish = {}, cause = ana()) {
  await looker(world, baseline(wish))({ resource, seenAt: world.clock, life: 'changed', why: 'event', cause });
  world.fixSent.push({ message: { resource }, at: world.clock });
  await run(wish);
}

async function run(wish: Wish = {}, most = 3 * 3_600_000) {
  const look = looker(world, baseline(wish));
  const remediate = remediator(world, baseline(wish), settings);
  const end = world.clock + most;
  for (;;) {
    const next = Math.min(...world.sent.map(({ at }) => at), ...world.fixSent.map(({ at }) => at));
    if (!Number.isFinite(next) || next > end) return;
    world.clock = Math.max(world.clock, next);
    for (const recheck of world.due()) await look(recheck as Recheck);
    for (const each of world.fixSent.filter(({ at }) => at <= world.clock)) {
      world.fixSent.splice(world.fixSent.indexOf(each), 1);
      await remediate(each.message as FixMessage);
    }
  }
}

it('E-05: logging that was switched off is turned on again, and closed only by a look that sees it on', async () => {
  await play();
  expect(eks.types).toEqual(ALL);
  expect(await finding()).toMatchObject({ state: 'closed', closedBecause: 'passes', fix: { status: 'verified' } });
  expect(world.written).toEqual([
    {
      action: 'eks:UpdateClusterConfig',
      input: {
        name: 'payments',
        logging: { clusterLogging: [{ types: ALL, enabled: true }] },
        clientRequestToken: expect.any(String),
      },
    },
  ]);
});

it('F-06: the state before is stored before the call, and without it there is no call', async () => {
  const put = world.table.put.bind(world.table);
  world.table.put = async (item, expect) => {
    if (item.sk.startsWith('fix#')) throw new Error('ProvisionedThroughputExceededException');
    return put(item, expect);
  };
  await expect(play()).rejects.toThrow('ProvisionedThroughputExceededException');
  expect(world.written).toEqual([]);
});

const stopped: [string, string, Wish, Partial<Cause['actor']>][] = [
  ['F-03: the kill switch is off', 'off', {}, {}],
  ['the mode is notify', 'on', { mode: 'notify' }, {}],
  ['the account may not be fixed', 'on', { remediation: { accounts: ['444455556666'] } }, {}],
  ['Terraform made the change', 'on', {}, { channel: 'terraform', asCode: true }],
  ['nobody approved', 'on', { mode: 'approve' }, {}],
  ['the budget is used up', 'on', { remediation: { fixesPerHour: 0 } }, {}],
];

it.each(stopped)('nothing is written when %s', async (_, killSwitch, wish, actor) => {
  world.parameters['/eks-warden/fixes'] = killSwitch;
  await play(wish, ana(actor));
  expect(world.written).toEqual([]);
  expect((await finding())?.state).toBe('open');
});

it('F-02: nothing is written when the kill switch cannot be read', async () => {
  world.parameter = async () => {
    throw new TypeError('AccessDenied');
  };
  await play();
  expect([world.written, (await finding())?.fix?.why]).toEqual([
    [],
    'The guard killSwitch could not be asked: TypeError.',
  ]);
});

it('F-03: the kill switch is asked again right before the call', async () => {
  let asked = 0;
  world.parameter = async () => {
    asked += 1;
    return asked < 3 ? 'on' : 'off';
  };
  await play();
  expect([world.written, asked]).toEqual([[], 3]);
  expect(await finding()).toMatchObject({ state: 'open', fix: { status: 'failed' } });
});

it.each([1, 2])(
  'M-01: killed after its call and before recording it (message %i again), it writes once and ends verified',
  async () => {
    const put = world.table.put.bind(world.table);
    let killed = false;
    world.table.put = async (item, expect) => {
      if (item.status === 'called' && !killed) {
        killed = true;
        throw new Error('killed');
      }
      return put(item, expect);
    };
    await expect(play()).rejects.toThrow('killed');
    world.fixSent.push({ message: { resource }, at: world.clock + 30_000 });
    await run();
    expect([killed, eks.effective]).toEqual([true, 1]);
    expect(await finding()).toMatchObject({ state: 'closed', fix: { status: 'verified' } });
  },
);

it('M-01: killed after the claim and before the call, it is taken up again', async () => {
  world.writes['eks:UpdateClusterConfig'] = () => {
    throw new Error('killed');
  };
  await expect(play()).rejects.toThrow('killed');
  expect((await finding())?.state).toBe('fixing');
  eks = new Eks(world);
  world.fixSent.push({ message: { resource }, at: world.clock + 30_000 });
  await run();
  expect(await finding()).toMatchObject({ state: 'closed', fix: { status: 'verified' } });
  expect(eks.effective).toBe(1);
});

it('D-01: the same message five times is one fix', async () => {
  for (let n = 0; n < 4; n += 1) world.fixSent.push({ message: { resource }, at: world.clock });
  await play();
  expect([eks.effective, (await fixes()).length]).toEqual([1, 1]);
});

it('E-03: another update on the cluster is waited for', async () => {
  await looker(world, baseline())({ resource, seenAt: world.clock, life: 'changed', why: 'event', cause: ana() });
  eks.updates.set('somebody else', {
    id: 'u-0',
    until: world.clock + 600_000,
    types: ['api'],
    enabled: true,
    applied: false,
  });
  world.fixSent.push({ message: { resource }, at: world.clock });
  await run();
  expect(eks.types).toEqual(ALL);
  expect(await finding()).toMatchObject({ state: 'closed', fix: { status: 'verified' } });
});

it('E-03: an update that never ends is waited for an hour; then the message goes to the dead-letter queue', async () => {
  world.writes['eks:UpdateClusterConfig'] = () => ({ outcome: 'busy', why: 'ResourceInUseException' });
  const began = world.clock;
  await expect(play()).rejects.toThrow('could not be fixed within an hour');
  expect(world.clock - began).toBeGreaterThanOrEqual(3_600_000);
  await run();
  expect(await finding()).toMatchObject({ state: 'open', fix: { status: 'failed' } });
});

it('E-02: an update that EKS ends as failed leaves the finding open and says so', async () => {
  world.answers['eks:DescribeUpdate'] = () => ({
    update: { id: 'u-1', status: 'Failed', errors: [{ errorCode: 'InsufficientFreeAddresses' }] },
  });
  eks.settle = () => undefined;
  await play();
  expect(await finding()).toMatchObject({
    state: 'open',
    fix: { status: 'failed', why: 'EKS ended the update as Failed: InsufficientFreeAddresses.' },
  });
});

it('L-02: somebody who switches it off again and again is fixed three times a day, then named', async () => {
  for (let round = 0; round < 4; round += 1) {
    eks.types = [];
    await play();
    world.clock += 600_000;
  }
  expect(eks.effective).toBe(3);
  expect((await finding())?.fix).toMatchObject({
    status: 'held',
    why: 'It was fixed 3 times in 24 hours and changed back each time, last by ana.',
  });
});

it('F-07: an undo puts back exactly what was before, and it is not fixed again', async () => {
  eks.types = ['api'];
  await play();
  expect(eks.types).toEqual(ALL);
  const fixId = String((await fixes())[0]?.id);
  const request = { resource, control: 'eks-control-plane-logging', fixId, by: 'bo' };
  expect(await undo(world, baseline(), settings, request)).toBe('again');
  world.clock += 60_000;
  expect(await undo(world, baseline(), settings, request)).toBe('over');
  await run();
  expect(eks.types).toEqual(['api']);
  expect(await finding()).toMatchObject({ state: 'open', fix: { status: 'undone' } });
  world.fixSent.push({ message: { resource }, at: world.clock });
  await run();
  expect(eks.types).toEqual(['api']);
});

it('F-07: an undo refuses when the cluster has changed since, and whoever made the change', async () => {
  await play();
  const fixId = String((await fixes())[0]?.id);
  const request = { resource, control: 'eks-control-plane-logging', fixId, by: 'bo' };
  expect(await undo(world, baseline(), settings, { ...request, by: 'ana' })).toEqual({
    refused: 'Who made the change that was fixed cannot undo the fix.',
  });
  eks.types = ['api', 'audit'];
  expect(await undo(world, baseline(), settings, request)).toEqual({
    refused: 'The resource has changed since the fix.',
  });
});
