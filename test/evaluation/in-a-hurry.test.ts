import { expect, it } from 'vitest';
import type { ReadAction } from '../../shared/aws/actions.ts';
import version from '../../shared/controls/cluster/eks-version-supported.ts';
import { readSubject } from '../../shared/evaluation/read-subject.ts';
import { looker } from '../../shared/findings/look.ts';
import { readState } from '../../shared/findings/state-table.ts';
import { CLUSTER_USES, cluster } from '../../shared/resources/cluster.ts';
import { image } from '../../shared/resources/image.ts';
import type { AnyKind } from '../../shared/resources/kind.ts';
import { repository } from '../../shared/resources/repository.ts';
import type { KindName, Link, Resource } from '../../shared/resources/resource.ts';
import { role } from '../../shared/resources/role.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { type Answers, TestWorld } from '../support/a-world.ts';
import { fakeReader } from '../support/fake-reader.ts';

const WHERE = { account: '111122223333', region: 'eu-west-1' };
const of = (kind: KindName, id: string): Resource => ({ kind, id, ...WHERE });
const KEY = '0d990263-5d8a-4d6c-9c3e-9d3a5c9d2f10';
const LINKS: Link[] = [
  { to: of('vpc', 'vpc-0a1b2c3d4e5f60718'), as: CLUSTER_USES.vpc },
  { to: of('key', KEY), as: CLUSTER_USES.key },
  { to: of('subnet', 'subnet-0a1b2c3d4e5f60718'), as: CLUSTER_USES.subnet },
];

/** Answers nothing before everything was asked that can be asked at once. */
async function askedAtOnce(
  kind: AnyKind,
  resource: Resource,
  links: readonly Link[],
): Promise<[ReadAction, unknown][]> {
  const asked: [ReadAction, unknown][] = [];
  const reader = {
    ...fakeReader({}),
    read: (action: ReadAction, input: object) => {
      asked.push([action, input]);
      return new Promise<never>(() => {});
    },
  };
  void readSubject(kind, resource, reader, new Set(Object.keys(kind.facets)), [], { links, settled: () => {} });
  return asked;
}

it('a cluster that somebody waits for is asked together with what it linked to when it was last seen', async () => {
  const VpcId = 'vpc-0a1b2c3d4e5f60718';
  expect(await askedAtOnce(cluster, of('cluster', 'payments'), LINKS)).toEqual([
    ['eks:DescribeCluster', { name: 'payments' }],
    ['kms:DescribeKey', { KeyId: `arn:aws:kms:eu-west-1:111122223333:key/${KEY}` }],
    ['eks:DescribeClusterVersions', { includeAll: true }],
    ['ec2:DescribeVpcAttribute', { VpcId, Attribute: 'enableDnsSupport' }],
    ['ec2:DescribeVpcAttribute', { VpcId, Attribute: 'enableDnsHostnames' }],
    ['logs:DescribeLogGroups', { logGroupNamePrefix: '/aws/eks/payments/cluster' }],
  ]);
});

it.each([
  ['payments', cluster, ['eks:DescribeCluster', 'eks:DescribeClusterVersions', 'logs:DescribeLogGroups']],
  ['payments-api', repository, ['ecr:DescribeRepositories', 'ecr:GetRepositoryPolicy']],
  [`payments-api@sha256:${'a'.repeat(64)}`, image, ['ecr:DescribeImages', 'ecr:DescribeImageScanFindings']],
  [
    'payments-node',
    role,
    ['iam:GetRole', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies', 'iam:ListOpenIDConnectProviders'],
  ],
] as const)(
  'of %s, seen for the first time, what goes by its name alone is asked at once',
  async (id, kind, actions) => {
    const asked = await askedAtOnce(kind, of(kind.kind, id), []);
    expect(asked.map(([action]) => action)).toEqual(actions);
  },
);

const network = (vpcId: string): Answers => ({
  'eks:DescribeCluster': () => ({ cluster: { name: 'payments', status: 'ACTIVE', resourcesVpcConfig: { vpcId } } }),
  'eks:DescribeClusterVersions': () => ({ clusterVersions: [] }),
  'ec2:DescribeVpcAttribute': () => ({ EnableDnsSupport: { Value: true }, EnableDnsHostnames: { Value: true } }),
});

it('a wrong guess costs calls, and changes nothing of what is read', async () => {
  const world = new TestWorld();
  world.answers = network('vpc-0b1b2c3d4e5f60718');
  const read = (hurry?: { links: readonly Link[]; settled(): void }) => {
    const reader = world.aws.batch().reader(WHERE.account, WHERE.region);
    return readSubject(cluster, of('cluster', 'payments'), reader, new Set(['vpcDns']), [], hurry);
  };
  const calm = await read();
  expect(world.calls.splice(0).length).toBe(3);
  expect(await read({ links: LINKS, settled: () => {} })).toEqual(calm);
  expect(world.calls.splice(0).length).toBe(5);
  expect(
    await read({ links: [{ ...LINKS[0], to: of('vpc', 'vpc-0b1b2c3d4e5f60718') } as Link], settled: () => {} }),
  ).toEqual(calm);
  expect(world.calls.length).toBe(3);
});

const versions = (answer: object, status = 'ACTIVE'): Answers => ({
  'eks:DescribeCluster': () => ({ cluster: { name: 'payments', version: '1.36', status } }),
  'eks:DescribeClusterVersions': () => answer,
});
const aLook = (world: TestWorld) => {
  const look = looker(world, aBaseline([version]));
  const event = { resource: of('cluster', 'payments'), life: 'changed', why: 'event' } as const;
  return { look, event: () => look({ ...event, seenAt: world.clock }) };
};

it('the message of the second look is on its way while facets are read, and never for what has to wait anyway', async () => {
  const world = new TestWorld();
  const { event } = aLook(world);
  const sentMeanwhile: number[] = [];
  const answer = () => {
    sentMeanwhile.push(world.sent.length);
    return { clusterVersions: [{ clusterVersion: '1.36', status: 'STANDARD_SUPPORT' }] };
  };
  world.answers = { ...versions({}), 'eks:DescribeClusterVersions': () => settled().then(answer) };
  expect(await event()).toBe('judged');
  expect([sentMeanwhile, world.sent.length]).toEqual([[1], 1]);

  for (const status of ['UPDATING', 'CREATING']) {
    const waiting = new TestWorld();
    waiting.answers = versions({ clusterVersions: [] }, status);
    expect(await aLook(waiting).event()).toBe('later');
    expect(waiting.sent.map(({ message }) => message.why)).toEqual(['unsettled']);
  }
});

/** Every answer that can be there by now is there. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

it('one that was sent before a facet failed ends when it comes: the look that was put off stands in its place', async () => {
  const world = new TestWorld();
  const { look, event } = aLook(world);
  world.answers = versions({ outcome: 'unavailable' });
  expect(await event()).toBe('later');
  const resource = of('cluster', 'payments');
  const chain = (await readState(world.table, resource))?.look?.chain;
  const [stray] = world.sent.filter(({ message }) => message.chain !== chain);
  expect(world.sent.length).toBe(2);
  const before = world.calls.length;
  world.clock = stray?.at ?? Number.NaN;
  expect(await look(stray?.message as never)).toBe('done');
  expect(world.calls.length).toBe(before);
});

it('a second look whose message cannot be sent fails the look: no verdict is stored, and its message comes back', async () => {
  const world = new TestWorld();
  world.answers = versions({ clusterVersions: [{ clusterVersion: '1.36', status: 'STANDARD_SUPPORT' }] });
  const send = world.rechecks.send;
  world.rechecks.send = async () => {
    throw new Error('The queue is away.');
  };
  const { event } = aLook(world);
  await expect(event()).rejects.toThrow('The queue is away.');
  expect(await readState(world.table, of('cluster', 'payments'))).toBeUndefined();
  world.rechecks.send = send;
  expect(await event()).toBe('judged');
});

it('of what was deleted nothing is asked but whether it is gone', async () => {
  const world = new TestWorld();
  world.answers = versions({ clusterVersions: [] });
  const { look, event } = aLook(world);
  await event();
  world.clock += 120_000;
  world.calls.splice(0);
  world.answers['eks:DescribeCluster'] = () => ({ outcome: 'gone' });
  const resource = of('cluster', 'payments');
  expect(await look({ resource, seenAt: world.clock, life: 'deleted', why: 'event' })).toBe('gone');
  expect(world.calls).toEqual(['eks:DescribeCluster']);
});

it('a message that cannot be sent troubles nobody where the look is put off anyway', async () => {
  const world = new TestWorld();
  world.answers = versions({ outcome: 'unavailable' });
  const { send } = world.rechecks;
  world.rechecks.send = async () => {
    world.rechecks.send = send;
    throw new Error('The queue was away.');
  };
  const unhandled: unknown[] = [];
  const hear = (why: unknown) => void unhandled.push(why);
  process.on('unhandledRejection', hear);
  expect(await aLook(world).event()).toBe('later');
  await settled();
  process.off('unhandledRejection', hear);
  expect([unhandled, world.sent.map(({ message }) => message.why)]).toEqual([[], ['unavailable']]);
});
