import { beforeEach, expect, it } from 'vitest';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import { looker } from '../../shared/findings/look.ts';
import type { Fix } from '../../shared/remediation/fix.ts';
import { remediateStep } from '../../shared/remediation/step.ts';
import type { Resource } from '../../shared/resources/resource.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { TestWorld } from '../support/a-world.ts';

const ACCOUNT = '111122223333';
const resource: Resource = { kind: 'cluster', id: 'payments', account: ACCOUNT, region: 'eu-west-1' };
const ALL = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];
const wiring = { OWN_ACCOUNT: ACCOUNT, FIX_ROLE: `arn:aws:iam::${ACCOUNT}:role/fix` };
const baseline = aBaseline([logging], { mode: 'remediate' });
const BO = 'AROAEXAMPLE00000000001:bo@example.com';

let world: TestWorld;
let types: string[];

/** A cluster whose logging ana switched off, fixed by the step and seen passing. Its updates end at once. */
beforeEach(async () => {
  world = new TestWorld();
  types = ['api'];
  world.parameters['/eks-warden/fixes'] = 'on';
  world.answers['eks:DescribeCluster'] = () => ({
    cluster: {
      name: 'payments',
      status: 'ACTIVE',
      createdAt: new Date('2026-01-05T08:00:00Z'),
      logging: { clusterLogging: [{ types, enabled: true }] },
    },
  });
  world.answers['eks:DescribeUpdate'] = () => ({ update: { id: 'u-1', status: 'Successful' } });
  world.writes['eks:UpdateClusterConfig'] = ({
    logging: { clusterLogging },
  }: {
    logging: { clusterLogging: { types: string[]; enabled: boolean }[] };
  }) => {
    const [change = { types: [], enabled: true }] = clusterLogging;
    types = change.enabled ? ALL : types.filter((type) => !change.types.includes(type));
    return { outcome: 'done', value: { update: { id: 'u-1' } } };
  };
  const actor = {
    type: 'AssumedRole',
    principal: `arn:aws:sts::${ACCOUNT}:assumed-role/admin/ana@example.com`,
    person: 'ana@example.com',
    confidence: 'likely',
    channel: 'console',
    asCode: false,
  } as const;
  const cause = { eventId: 'e-1', event: 'eks:UpdateClusterConfig', time: world.clock, actor };
  await looker(world, baseline)({ resource, seenAt: world.clock, life: 'changed', why: 'event', cause });
  await step({ resource });
  await look();
});

const step = (message: object, SenderId = BO) =>
  remediateStep(world, baseline, wiring)({ body: JSON.stringify(message), attributes: { SenderId } as never });
async function look() {
  world.clock += 120_000;
  await looker(world, baseline)({ resource, seenAt: world.clock, life: 'changed', why: 'fix' });
}
const fixes = async () =>
  (await world.table.query(`${ACCOUNT}#eu-west-1#cluster#payments`, { prefix: 'fix#' })) as Fix[];
async function ask(userId = BO, sender = userId) {
  const [fix] = await fixes();
  const by = `arn:aws:sts::${ACCOUNT}:assumed-role/operator/${userId.split(':')[1]}`;
  const undo = { resource, control: logging.id, fixId: fix?.id ?? '', by, userId, askedAt: world.clock };
  await step({ undo }, sender);
}

it('F-07: whoever may send a message has a fix undone with the rights of the remediator', async () => {
  expect(types).toEqual(ALL);
  await ask();
  const [, undoing] = await fixes();
  expect([types, undoing]).toMatchObject([['api'], { status: 'ended', by: expect.stringContaining('bo@example.com') }]);
  await look();
  await step({ resource });
  expect(types).toEqual(['api']);
});

it('F-07: a refusal is kept on the fix, where who asked for it sees it', async () => {
  types = ['api', 'audit'];
  await ask();
  const [fix, ...others] = await fixes();
  expect([fix?.refusedUndo?.why, others, world.written.length]).toEqual([
    'The resource has changed since the fix.',
    [],
    1,
  ]);
});

it('A-03: whoever made the change cannot have its fix undone, whichever role is taken on for it', async () => {
  await ask('AROAEXAMPLE00000000002:ana@example.com');
  const [fix] = await fixes();
  expect([types, fix?.refusedUndo?.why]).toEqual([ALL, 'Who made the change that was fixed cannot undo the fix.']);
});

it('A-03: nobody asks in the name of another: AWS says who sent the message', async () => {
  await ask(BO, 'AROAEXAMPLE00000000002:ana@example.com');
  const [fix] = await fixes();
  expect([types, fix?.refusedUndo?.why]).toEqual([ALL, 'Who asked for it is not who sent the message.']);
});

it('F-03: while fixing is paused nothing is undone either', async () => {
  world.parameters['/eks-warden/fixes'] = 'off';
  await ask();
  const [fix] = await fixes();
  expect([types, fix?.refusedUndo?.why]).toEqual([ALL, 'Fixing is paused: the kill switch is off.']);
});

it('an undo that meets another update comes again as a message of our own, and goes on', async () => {
  let busy = true;
  const write = world.writes['eks:UpdateClusterConfig'];
  world.writes['eks:UpdateClusterConfig'] = (input: never) =>
    busy ? { outcome: 'busy', why: 'ResourceInUseException' } : (write?.(input) ?? { outcome: 'busy', why: '' });
  await ask();
  busy = false;
  const again = world.fixSent.at(-1);
  await step(again?.message as object, 'AROAEXAMPLEWARDEN0001:eks-warden');
  expect([types, (await fixes()).map(({ status }) => status)]).toEqual([['api'], ['ended', 'ended']]);
});
