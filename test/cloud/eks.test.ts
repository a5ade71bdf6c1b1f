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
  UpdateClusterConfigCommand,
  type UpdateClusterConfigCommandInput,
} from '@aws-sdk/client-eks';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { namesOf } from '../support/cloud/audited/index.ts';
import { ACCOUNT, aCloud, failure, REGION, START } from '../support/cloud/audited/testing.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const ALL = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];
const AUDIT_OFF = { clusterLogging: [{ types: ['audit' as const], enabled: false }] };

let cloud: Awaited<ReturnType<typeof aCloud>>;
beforeEach(async () => {
  cloud = await aCloud();
});
afterEach(() => cloud.stop());

const cluster = async (name = 'payments') =>
  (await cloud.clients.eks.send(new DescribeClusterCommand({ name }))).cluster;
const update = (input: Omit<UpdateClusterConfigCommandInput, 'name'>) =>
  cloud.clients.eks.send(new UpdateClusterConfigCommand({ name: 'payments', ...input }));

it('shows the old values while an update runs, then the new ones', async () => {
  const answer = await update({ logging: AUDIT_OFF });
  const during = await cluster();
  cloud.pass(45 * SECOND);
  const after = await cluster();
  expect([during?.status, during?.logging]).toEqual(['UPDATING', { clusterLogging: [{ types: ALL, enabled: true }] }]);
  expect([after?.status, after?.logging]).toEqual([
    'ACTIVE',
    {
      clusterLogging: [
        { types: ALL.filter((type) => type !== 'audit'), enabled: true },
        { types: ['audit'], enabled: false },
      ],
    },
  ]);
  expect(answer.update).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    status: 'InProgress',
    type: 'LoggingUpdate',
    params: [{ type: 'ClusterLogging', value: JSON.stringify(AUDIT_OFF) }],
    createdAt: new Date(START),
    errors: [],
  });
});

it('follows an update until it is successful', async () => {
  const { update: started } = await update({ logging: AUDIT_OFF });
  const ask = async () =>
    (await cloud.clients.eks.send(new DescribeUpdateCommand({ name: 'payments', updateId: started?.id }))).update
      ?.status;
  const before = await ask();
  cloud.pass(45 * SECOND);
  expect([before, await ask()]).toEqual(['InProgress', 'Successful']);
});

it('ends an update as failed where a rule says so, with the old values', async () => {
  cloud.fault({ when: { action: 'eks:UpdateClusterConfig' }, answer: 'update-failed', times: 1 });
  const { update: started } = await update({ logging: AUDIT_OFF });
  cloud.pass(45 * SECOND);
  const { update: ended } = await cloud.clients.eks.send(
    new DescribeUpdateCommand({ name: 'payments', updateId: started?.id }),
  );
  const after = await cluster();
  expect([ended?.status, ended?.errors?.[0]?.errorCode]).toEqual(['Failed', 'InsufficientFreeAddresses']);
  expect([after?.status, after?.logging]).toEqual(['ACTIVE', { clusterLogging: [{ types: ALL, enabled: true }] }]);
});

it('runs one update at a time', async () => {
  await update({ logging: AUDIT_OFF });
  const refused = await failure(update({ deletionProtection: false }));
  expect([refused.name, refused.status]).toEqual(['ResourceInUseException', 409]);
});

it('answers the same token with the same update, and refuses it for another request', async () => {
  const first = await update({ logging: AUDIT_OFF, clientRequestToken: 'once' });
  const second = await update({ logging: AUDIT_OFF, clientRequestToken: 'once' });
  const other = await failure(update({ deletionProtection: false, clientRequestToken: 'once' }));
  expect([second.update, other.name]).toEqual([first.update, 'InvalidParameterException']);
});

it.each<[string, Omit<UpdateClusterConfigCommandInput, 'name'>, RegExp]>([
  ['two kinds of change', { logging: AUDIT_OFF, resourcesVpcConfig: { endpointPublicAccess: true } }, /Only one type/],
  [
    'endpoint and subnets',
    { resourcesVpcConfig: { endpointPublicAccess: true, subnetIds: ['subnet-1'] } },
    /Only one type/,
  ],
  ['no kind of change', {}, /not provided/],
  ['logging as it is', { logging: { clusterLogging: [{ types: ['api'], enabled: true }] } }, /No changes needed/],
  ['the endpoint as it is', { resourcesVpcConfig: { endpointPrivateAccess: true } }, /already at the desired/],
  [
    'a private range',
    { resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ['10.0.0.0/8'] } },
    /CIDRs are invalid/,
  ],
  ['no endpoint at all', { resourcesVpcConfig: { endpointPrivateAccess: false } }, /cannot both be disabled/],
  [
    'access by aws-auth again',
    { accessConfig: { authenticationMode: 'CONFIG_MAP' } },
    /Unsupported authentication mode/,
  ],
  ['another type', { logging: { clusterLogging: 'all' } } as object, /clusterLogging must be a list/],
])('refuses %s', async (_, input, message) => {
  const { name, status, message: said } = await failure(update(input));
  expect([name, status]).toEqual(['InvalidParameterException', 400]);
  expect(said).toMatch(message);
});

it('refuses a field that EKS lacks, in the body and in the query string', async () => {
  const scope = `${ACCOUNT}/20261120/${REGION}/eks/aws4_request`;
  const headers = { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0` };
  const send = async (path: string, request: RequestInit) => {
    const answer = await fetch(`${cloud.url}${path}`, { headers, ...request });
    return [answer.status, answer.headers.get('x-amzn-errortype'), await answer.json()];
  };
  const body = JSON.stringify({ logs: true });
  expect(await send('/clusters/payments/update-config', { method: 'POST', body })).toEqual([
    400,
    'InvalidParameterException',
    { message: 'UpdateClusterConfig.logs is unknown' },
  ]);
  expect(await send('/clusters?most=3', {})).toEqual([
    400,
    'InvalidParameterException',
    { message: 'ListClusters.most is unknown' },
  ]);
});

it('changes the endpoint, with what CloudTrail and DescribeUpdate say of it', async () => {
  const { update: started } = await update({
    resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ['0.0.0.0/1', '128.0.0.0/1'] },
  });
  cloud.pass(45 * SECOND);
  const { resourcesVpcConfig } = (await cluster()) ?? {};
  expect(resourcesVpcConfig).toMatchObject({
    endpointPublicAccess: true,
    endpointPrivateAccess: true,
    publicAccessCidrs: ['0.0.0.0/1', '128.0.0.0/1'],
  });
  expect([started?.type, started?.params]).toEqual([
    'EndpointAccessUpdate',
    [
      { type: 'EndpointPublicAccess', value: 'true' },
      { type: 'EndpointPrivateAccess', value: 'true' },
      { type: 'PublicAccessCidrs', value: '["0.0.0.0/1","128.0.0.0/1"]' },
    ],
  ]);
});

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
