import {
  DescribeClusterCommand,
  DescribeUpdateCommand,
  UpdateClusterConfigCommand,
  type UpdateClusterConfigCommandInput,
} from '@aws-sdk/client-eks';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ACCOUNT, aCloud, failure, REGION, START } from '../support/cloud/audited/testing.ts';

const SECOND = 1000;
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
