import { afterEach, expect, it, vi } from 'vitest';
import { awsSession, type SessionSettings } from '../../shared/aws/session.ts';
import { type Asked, awsError, json, type Reply, type ScriptedAws, scriptedAws } from '../support/scripted-aws.ts';

const own = '111122223333';
const member = '444455556666';
let server: ScriptedAws | undefined;
afterEach(async () => {
  vi.unstubAllEnvs();
  await server?.stop();
});

async function session(script: (asked: Asked, nth: number) => Reply, settings: Partial<SessionSettings> = {}) {
  server = await scriptedAws(script);
  return awsSession({
    home: { account: own, region: 'eu-west-1' },
    ...settings,
    client: { requestTimeout: 500, sdk: server.client, ...settings.client },
  });
}

const named = ({ path }: Asked): Reply => json({ cluster: { name: path.split('/').at(-1) } });
const found = (name: string, began: number) => ({ outcome: 'found', value: { cluster: { name } }, began });

it('makes the same read of a batch once, whoever asks and however it is written', async () => {
  let time = 10;
  const batch = (await session(named, { now: () => time++ })).batch();
  const reader = batch.reader(own, 'eu-west-1');
  const reads = await Promise.all([
    reader.read('eks:DescribeNodegroup', { clusterName: 'prod', nodegroupName: 'a' }),
    reader.read('eks:DescribeNodegroup', { nodegroupName: 'a', clusterName: 'prod' }),
    batch.reader(own, 'eu-west-1').read('eks:DescribeNodegroup', { clusterName: 'prod', nodegroupName: 'a' }),
  ]);
  await reader.read('eks:DescribeNodegroup', { clusterName: 'prod', nodegroupName: 'b' });
  expect(reads.map(({ began }) => began)).toEqual([10, 10, 10]);
  expect([...batch.calls()]).toEqual([['eks:DescribeNodegroup', 2]]);
  expect(server?.asked.map(({ path }) => path)).toEqual([
    '/clusters/prod/node-groups/a',
    '/clusters/prod/node-groups/b',
  ]);
});

it('reads again in another batch, another account or another region', async () => {
  const aws = await session(named);
  for (const region of ['eu-west-1', 'eu-central-1']) {
    await aws.batch().reader(own, region).read('eks:DescribeCluster', { name: 'prod' });
  }
  await aws.batch().reader(own, 'eu-west-1').read('eks:DescribeCluster', { name: 'prod' });
  const regions = server?.asked.map(({ headers }) => /\/(eu-[a-z]+-1)\/eks/.exec(headers.authorization ?? '')?.[1]);
  expect(regions).toEqual(['eu-west-1', 'eu-central-1', 'eu-west-1']);
});

it('reads again what was forgotten', async () => {
  const batch = (await session((_, nth) => json({ cluster: { name: `at ${nth}` } }), { now: () => 1 })).batch();
  const reader = batch.reader(own, 'eu-west-1');
  await reader.read('eks:DescribeCluster', { name: 'prod' });
  batch.forget(own, 'eu-west-1', 'eks:DescribeCluster', { name: 'prod' });
  expect(await reader.read('eks:DescribeCluster', { name: 'prod' })).toEqual(found('at 2', 1));
});

it('H-01: remembers for the batch that AWS was unavailable', async () => {
  const throttled = awsError('eks:DescribeCluster', 429, 'ThrottlingException');
  const aws = await session(() => throttled);
  const batch = aws.batch();
  const reader = batch.reader(own, 'eu-west-1');
  await reader.read('eks:DescribeCluster', { name: 'prod' });
  expect((await reader.read('eks:DescribeCluster', { name: 'prod' })).outcome).toBe('unavailable');
  expect([...batch.calls()]).toEqual([['eks:DescribeCluster', 1]]);
  expect([...aws.attempts()]).toEqual([['eks:DescribeCluster', 3]]);
});

it('counts attempts apart from calls', async () => {
  const aws = await session((asked, nth) => (nth < 3 ? awsError('eks:DescribeCluster', 503, 'x') : named(asked)));
  const batch = aws.batch();
  const read = await batch.reader(own, 'eu-west-1').read('eks:DescribeCluster', { name: 'prod' });
  expect(read.outcome).toBe('found');
  expect([...batch.calls()]).toEqual([['eks:DescribeCluster', 1]]);
  expect([...aws.attempts()]).toEqual([['eks:DescribeCluster', 3]]);
});

it.each([
  ['eu-west-1', 'us-east-1', 'aws'],
  ['us-gov-east-1', 'us-gov-west-1', 'aws-us-gov'],
  ['cn-northwest-1', 'cn-north-1', 'aws-cn'],
])('asks IAM from %s in %s, once for all regions', async (home, iamRegion, partition) => {
  const role =
    '<GetRoleResponse><GetRoleResult><Role><RoleName>node</RoleName></Role></GetRoleResult></GetRoleResponse>';
  const aws = await session(() => ({ status: 200, body: role, headers: { 'content-type': 'text/xml' } }), {
    home: { account: own, region: home },
  });
  const batch = aws.batch();
  const global = batch.reader(own, 'global');
  await global.read('iam:GetRole', { RoleName: 'node' });
  await batch.reader(own, home).read('iam:GetRole', { RoleName: 'node' });
  expect([global.region, global.partition]).toEqual([iamRegion, partition]);
  expect(server?.asked.map(({ headers }) => headers.authorization?.includes(`/${iamRegion}/iam/`))).toEqual([true]);
});

it('goes where AWS_ENDPOINT_URL says', async () => {
  server = await scriptedAws(named);
  vi.stubEnv('AWS_ENDPOINT_URL', server.endpoint);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  const aws = awsSession({ home: { account: own, region: 'eu-west-1' }, now: () => 1 });
  const read = await aws.batch().reader(own, 'eu-west-1').read('eks:DescribeCluster', { name: 'prod' });
  expect(read).toEqual(found('prod', 1));
});

it('paces the calls to one account, region and service', async () => {
  const slept: number[] = [];
  const aws = await session(named, {
    now: () => 0,
    sleep: async (milliseconds) => void slept.push(milliseconds),
    pace: { perSecond: 4, burst: 2 },
  });
  const batch = aws.batch();
  const reader = batch.reader(own, 'eu-west-1');
  for (const name of ['a', 'b', 'c', 'd']) await reader.read('eks:DescribeCluster', { name });
  await batch.reader(own, 'eu-central-1').read('eks:DescribeCluster', { name: 'a' });
  expect(slept).toEqual([250, 500]);
});

it('K-02: never enters an account that only an event names', async () => {
  const aws = await session(named, { accounts: [member], now: () => 1 });
  const batch = aws.batch();
  const stranger = await batch.reader('999988887777', 'eu-west-1').read('eks:DescribeCluster', { name: 'prod' });
  const why = 'The account is not on the registry.';
  expect(stranger).toEqual({ outcome: 'refused', began: 1, action: 'sts:AssumeRole', why });
  const write = { name: 'prod', logging: {} };
  expect(await batch.writer('999988887777', 'eu-west-1').write('eks:UpdateClusterConfig', write)).toEqual({
    outcome: 'refused',
    action: 'sts:AssumeRole',
    why,
  });
  expect(server?.asked).toEqual([]);
  expect(batch.calls().size).toBe(0);
});
