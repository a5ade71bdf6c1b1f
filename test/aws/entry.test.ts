import { afterEach, expect, it } from 'vitest';
import { awsSession, type SessionSettings } from '../../shared/aws/session.ts';
import { type Asked, awsError, json, type Reply, type ScriptedAws, scriptedAws } from '../support/scripted-aws.ts';

const own = '111122223333';
const member = '444455556666';
const HOUR = 3_600_000;
const MINUTE = 60_000;
let server: ScriptedAws | undefined;
afterEach(() => server?.stop());

/** STS gives keys named after the role; everything else answers with a cluster. */
const script =
  (expires: () => number) =>
  ({ body, path }: Asked): Reply => {
    if (!body.includes('Action=AssumeRole')) return json({ cluster: { name: path.split('/').at(-1) } });
    const role = new URLSearchParams(body).get('RoleArn')?.split('/').at(-1);
    const keys = `<AccessKeyId>${role}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>`;
    const until = `<Expiration>${new Date(expires()).toISOString()}</Expiration>`;
    const xml = `<AssumeRoleResponse><AssumeRoleResult><Credentials>${keys}${until}</Credentials></AssumeRoleResult></AssumeRoleResponse>`;
    return { status: 200, body: xml, headers: { 'content-type': 'text/xml' } };
  };

async function session(reply: (asked: Asked) => Reply, settings: Partial<SessionSettings>) {
  server = await scriptedAws(reply);
  const home = { account: own, region: 'eu-west-1' };
  return awsSession({ home, accounts: [member], ...settings, client: { sdk: server.client } });
}

const assumed = () =>
  (server?.asked ?? [])
    .filter(({ body }) => body.includes('Action=AssumeRole'))
    .map(({ body }) => {
      const { RoleArn, ExternalId } = Object.fromEntries(new URLSearchParams(body));
      return { RoleArn, ExternalId };
    });

it('K-02: enters a registered account with its role and the external id, and its own account with neither', async () => {
  const aws = await session(
    script(() => Date.now() + HOUR),
    { externalId: 'x-1', rolePath: '/security/' },
  );
  const batch = aws.batch();
  await batch.reader(own, 'eu-west-1').read('eks:DescribeCluster', { name: 'prod' });
  expect(assumed()).toEqual([]);
  await batch.reader(member, 'eu-west-1').read('eks:DescribeCluster', { name: 'prod' });
  await batch.writer(member, 'eu-west-1').write('eks:UpdateClusterConfig', { name: 'prod' });
  const role = (name: string) => ({ RoleArn: `arn:aws:iam::${member}:role/security/${name}`, ExternalId: 'x-1' });
  expect(assumed()).toEqual([role('eks-warden-read'), role('eks-warden-fix')]);
  const keys = server?.asked.map(({ headers }) => /Credential=([^/]+)/.exec(headers.authorization ?? '')?.[1]);
  expect(keys).toEqual(['test', 'test', 'eks-warden-read', 'test', 'eks-warden-fix']);
});

it.each([
  ['us-gov-east-1', 'aws-us-gov'],
  ['cn-north-1', 'aws-cn'],
])('enters an account in %s', async (region, partition) => {
  const aws = await session(
    script(() => Date.now() + HOUR),
    { home: { account: own, region } },
  );
  await aws.batch().reader(member, region).read('eks:DescribeCluster', { name: 'prod' });
  expect(assumed()).toEqual([
    { RoleArn: `arn:${partition}:iam::${member}:role/eks-warden-read`, ExternalId: undefined },
  ]);
});

it('enters once for many reads, and again five minutes before the credentials end', async () => {
  let now = Date.now();
  const start = now;
  const aws = await session(
    script(() => now + HOUR),
    { now: () => now },
  );
  const read = (region: string) => aws.batch().reader(member, region).read('eks:DescribeCluster', { name: 'prod' });
  await Promise.all([read('eu-west-1'), read('eu-central-1'), read('eu-west-3')]);
  expect(assumed()).toHaveLength(1);
  now = start + HOUR - 5 * MINUTE - 1;
  await read('eu-north-1');
  expect(assumed()).toHaveLength(1);
  now = start + HOUR - 5 * MINUTE;
  await read('eu-south-1');
  expect(assumed()).toHaveLength(2);
});

it('a role that may not be entered is refused, and not asked for with each read', async () => {
  const aws = await session(() => awsError('sts:AssumeRole', 403, 'AccessDenied'), { now: () => 5 });
  const reader = aws.batch().reader(member, 'eu-west-1');
  const refused = {
    outcome: 'refused',
    began: 5,
    action: 'sts:AssumeRole',
    why: 'AccessDenied on sts:AssumeRole.',
  };
  expect(await reader.read('eks:DescribeCluster', { name: 'a' })).toEqual(refused);
  expect(await reader.read('eks:DescribeCluster', { name: 'b' })).toEqual(refused);
  expect(assumed()).toHaveLength(1);
});

it('a throttled STS is unavailable', async () => {
  const aws = await session(() => awsError('sts:AssumeRole', 400, 'Throttling'), {});
  const read = await aws.batch().reader(member, 'eu-west-1').read('eks:DescribeCluster', { name: 'a' });
  expect(read).toMatchObject({ outcome: 'unavailable', action: 'sts:AssumeRole' });
});
