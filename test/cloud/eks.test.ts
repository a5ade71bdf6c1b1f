import {
  CreateClusterCommand,
  CreateNodegroupCommand,
  DeleteClusterCommand,
  DescribeClusterCommand,
  DescribeClusterVersionsCommand,
  DescribeNodegroupCommand,
  DescribeUpdateCommand,
  ListClustersCommand,
  TagResourceCommand,
} from '@aws-sdk/client-eks';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { namesOf } from '../support/cloud/audited/index.ts';
import { ACCOUNT, aCloud, failure, REGION } from '../support/cloud/audited/testing.ts';

const MINUTE = 60_000;
const ALL = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

let cloud: Awaited<ReturnType<typeof aCloud>>;
beforeEach(async () => {
  cloud = await aCloud();
});
afterEach(() => cloud.stop());

const cluster = async (name = 'payments') =>
  (await cloud.clients.eks.send(new DescribeClusterCommand({ name }))).cluster;

it('does not find what is not there', async () => {
  const absent = [
    failure(cluster('orders')),
    failure(cloud.clients.eks.send(new DescribeNodegroupCommand({ clusterName: 'payments', nodegroupName: 'none' }))),
    failure(cloud.clients.eks.send(new DescribeUpdateCommand({ name: 'payments', updateId: 'none' }))),
  ];
  const answers = (await Promise.all(absent)).map(({ name, status }) => [name, status]);
  expect(answers).toEqual(Array(3).fill(['ResourceNotFoundException', 404]));
});

it('makes a cluster as EKS does where a request leaves things out, and removes it again', async () => {
  const { privateSubnets, vpc } = namesOf(ACCOUNT, REGION);
  const { eks } = cloud.clients;
  const order = {
    name: 'orders',
    roleArn: 'arn:aws:iam::111122223333:role/orders',
    resourcesVpcConfig: { subnetIds: [...privateSubnets] },
  };
  await eks.send(new CreateClusterCommand(order));
  const creating = await cluster('orders');
  cloud.pass(9 * MINUTE);
  const made = await cluster('orders');
  await eks.send(new DeleteClusterCommand({ name: 'orders' }));
  const deleting = await cluster('orders');
  cloud.pass(3 * MINUTE);
  const gone = await failure(cluster('orders'));
  expect([creating?.status, made?.status, deleting?.status, gone.name]).toEqual([
    'CREATING',
    'ACTIVE',
    'DELETING',
    'ResourceNotFoundException',
  ]);
  expect(made?.resourcesVpcConfig).toMatchObject({
    vpcId: vpc,
    endpointPublicAccess: true,
    endpointPrivateAccess: false,
    publicAccessCidrs: ['0.0.0.0/0'],
  });
  expect([made?.logging, made?.accessConfig?.authenticationMode, made?.deletionProtection, made?.version]).toEqual([
    { clusterLogging: [{ types: ALL, enabled: false }] },
    'CONFIG_MAP',
    false,
    '1.36',
  ]);
  expect(creating?.identity).toBeUndefined();
  expect(made?.identity?.oidc?.issuer).toMatch(/^https:\/\/oidc\.eks\.eu-west-1\.amazonaws\.com\/id\/[0-9A-F]{32}$/);
});

it('keeps a cluster that is protected or has node groups', async () => {
  const protectedOne = await failure(cloud.clients.eks.send(new DeleteClusterCommand({ name: 'payments' })));
  cloud.change(ACCOUNT, { deletionProtection: false }, ['regions', REGION, 'clusters', 'payments']);
  const inUse = await failure(cloud.clients.eks.send(new DeleteClusterCommand({ name: 'payments' })));
  expect([protectedOne.name, inUse.name]).toEqual(['InvalidRequestException', 'ResourceInUseException']);
});

it('opens port 22 to the world for a node group with a key and no source groups', async () => {
  const { privateSubnets } = namesOf(ACCOUNT, REGION);
  const { nodegroup } = await cloud.clients.eks.send(
    new CreateNodegroupCommand({
      clusterName: 'payments',
      nodegroupName: 'spare',
      subnets: [...privateSubnets],
      nodeRole: 'arn:aws:iam::111122223333:role/payments-node',
      remoteAccess: { ec2SshKey: 'ops' },
    }),
  );
  cloud.pass(2 * MINUTE);
  const read = await cloud.clients.eks.send(
    new DescribeNodegroupCommand({ clusterName: 'payments', nodegroupName: 'spare' }),
  );
  const group = nodegroup?.resources?.remoteAccessSecurityGroup ?? '';
  expect([nodegroup?.status, read.nodegroup?.status]).toEqual(['CREATING', 'ACTIVE']);
  expect(cloud.account(ACCOUNT).regions[REGION]?.securityGroups?.[group]?.IpPermissions?.[0]).toMatchObject({
    FromPort: 22,
    IpRanges: [{ CidrIp: '0.0.0.0/0' }],
  });
});

it('lists versions by pages, supported ones unless all are asked for', async () => {
  cloud.change(ACCOUNT, { '1.30': { clusterVersion: '1.30', versionStatus: 'UNSUPPORTED' } }, [
    'regions',
    REGION,
    'clusterVersions',
  ]);
  const page = async (nextToken?: string) =>
    cloud.clients.eks.send(new DescribeClusterVersionsCommand({ includeAll: true, maxResults: 4, nextToken }));
  const first = await page();
  const second = await page(first.nextToken);
  const supported = await cloud.clients.eks.send(new DescribeClusterVersionsCommand({}));
  const versions = ({ clusterVersions = [] }: typeof first) =>
    clusterVersions.map(({ clusterVersion }) => clusterVersion);
  expect([versions(first), versions(second), second.nextToken]).toEqual([
    ['1.36', '1.35', '1.34', '1.33'],
    ['1.32', '1.31', '1.30'],
    undefined,
  ]);
  expect(versions(supported)).toEqual(['1.36', '1.35', '1.34', '1.33', '1.32', '1.31']);
  expect(first.clusterVersions?.[2]?.endOfStandardSupportDate).toEqual(new Date('2026-12-02T00:00:00Z'));
});

it('lists clusters by pages, and refuses a token that it never gave', async () => {
  cloud.change(ACCOUNT, { orders: { name: 'orders' }, stock: { name: 'stock' } }, ['regions', REGION, 'clusters']);
  const page = (nextToken?: string) => cloud.clients.eks.send(new ListClustersCommand({ maxResults: 2, nextToken }));
  const first = await page();
  const second = await page(first.nextToken);
  const refused = await failure(page('bogus'));
  expect([first.clusters, second.clusters, refused.name]).toEqual([
    ['orders', 'payments'],
    ['stock'],
    'InvalidParameterException',
  ]);
});

it('keeps tags', async () => {
  const arn = (await cluster())?.arn;
  await cloud.clients.eks.send(new TagResourceCommand({ resourceArn: arn, tags: { owner: 'ada' } }));
  expect((await cluster())?.tags).toEqual({ team: 'payments', environment: 'production', owner: 'ada' });
});
