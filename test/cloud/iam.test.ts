import {
  AttachRolePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListOpenIDConnectProvidersCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { namesOf } from '../support/cloud/audited/index.ts';
import { ACCOUNT, aCloud, clientsOf, failure, OTHER, REGION } from '../support/cloud/audited/testing.ts';

const names = namesOf(ACCOUNT, REGION);
const OPEN = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }],
});
const decoded = (document: string | undefined) => JSON.parse(decodeURIComponent(document ?? ''));

let cloud: Awaited<ReturnType<typeof aCloud>>;
beforeEach(async () => {
  cloud = await aCloud();
});
afterEach(() => cloud.stop());

it('sends trust and policies URL-encoded', async () => {
  const { iam } = cloud.clients;
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'payments-app' }));
  const inline = await iam.send(new GetRolePolicyCommand({ RoleName: 'payments-app', PolicyName: 'read-rates' }));
  const version = await iam.send(new GetPolicyVersionCommand({ PolicyArn: names.appPolicy, VersionId: 'v1' }));
  expect(Role?.AssumeRolePolicyDocument).toMatch(/^%7B/);
  expect(decoded(Role?.AssumeRolePolicyDocument).Statement[0].Principal).toEqual({ Federated: names.oidcProvider });
  expect(decoded(inline.PolicyDocument).Statement[0].Action).toEqual(['s3:GetObject']);
  expect(version.PolicyVersion).toMatchObject({ IsDefaultVersion: true, CreateDate: new Date('2026-06-15T08:05:00Z') });
  expect(decoded(version.PolicyVersion?.Document).Statement[0].Action).toEqual(['sqs:SendMessage']);
});

it('lists what a role has, in pages where they are short', async () => {
  const { iam } = cloud.clients;
  const list = (Marker?: string) =>
    iam.send(new ListAttachedRolePoliciesCommand({ RoleName: 'payments-node', MaxItems: 2, Marker }));
  const first = await list();
  const second = await list(first.Marker);
  const inline = await iam.send(new ListRolePoliciesCommand({ RoleName: 'payments-app' }));
  expect([first.AttachedPolicies?.map(({ PolicyName }) => PolicyName), first.IsTruncated]).toEqual([
    ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly'],
    true,
  ]);
  expect([second.AttachedPolicies?.map(({ PolicyArn }) => PolicyArn), second.IsTruncated]).toEqual([
    ['arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore'],
    false,
  ]);
  expect(inline.PolicyNames).toEqual(['read-rates']);
});

it('reads policies and OIDC providers', async () => {
  const { iam } = cloud.clients;
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: names.appPolicy }));
  const { OpenIDConnectProviderList } = await iam.send(new ListOpenIDConnectProvidersCommand({}));
  const provider = await iam.send(
    new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: names.oidcProvider }),
  );
  expect(Policy).toMatchObject({ PolicyName: 'payments-queue', DefaultVersionId: 'v1', Tags: [] });
  expect(OpenIDConnectProviderList).toEqual([{ Arn: names.oidcProvider }]);
  expect([provider.Url, provider.ClientIDList]).toEqual([names.issuer, ['sts.amazonaws.com']]);
});

it.each([
  new GetRoleCommand({ RoleName: 'nobody' }),
  new GetRolePolicyCommand({ RoleName: 'payments-app', PolicyName: 'none' }),
  new GetPolicyCommand({ PolicyArn: 'arn:aws:iam::111122223333:policy/none' }),
  new GetPolicyVersionCommand({ PolicyArn: names.appPolicy, VersionId: 'v9' }),
  new ListRolePoliciesCommand({ RoleName: 'nobody' }),
])('says that there is no such entity (%#)', async (command) => {
  const { name, status } = await failure(cloud.clients.iam.send(command as never));
  expect([name, status]).toEqual(['NoSuchEntityException', 404]);
});

it('changes trust, policies and roles, with the events that IAM makes of it in us-east-1', async () => {
  const { iam } = cloud.clients;
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'payments-app', PolicyDocument: OPEN }));
  await iam.send(new PutRolePolicyCommand({ RoleName: 'payments-app', PolicyName: 'more', PolicyDocument: OPEN }));
  await iam.send(
    new AttachRolePolicyCommand({
      RoleName: 'payments-app',
      PolicyArn: 'arn:aws:iam::aws:policy/AmazonEKSClusterPolicy',
    }),
  );
  const made = await iam.send(
    new CreatePolicyVersionCommand({ PolicyArn: names.appPolicy, PolicyDocument: OPEN, SetAsDefault: true }),
  );
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'orders', AssumeRolePolicyDocument: OPEN }));
  await iam.send(new DeleteRoleCommand({ RoleName: 'orders' }));
  const conflict = await failure(iam.send(new DeleteRoleCommand({ RoleName: 'payments-app' })));
  const trust = (await iam.send(new GetRoleCommand({ RoleName: 'payments-app' }))).Role?.AssumeRolePolicyDocument;
  const policy = (await iam.send(new GetPolicyCommand({ PolicyArn: names.appPolicy }))).Policy;
  expect([decoded(trust), policy?.DefaultVersionId, made.PolicyVersion?.VersionId, conflict.name]).toEqual([
    JSON.parse(OPEN),
    'v2',
    'v2',
    'DeleteConflictException',
  ]);
  expect(Role?.RoleId).toMatch(/^AROA[0-9A-F]{17}$/);
  expect(cloud.events.map((event) => [event.eventName, event.awsRegion, event.responseElements !== null])).toEqual([
    ['UpdateAssumeRolePolicy', 'us-east-1', false],
    ['PutRolePolicy', 'us-east-1', false],
    ['AttachRolePolicy', 'us-east-1', false],
    ['CreatePolicyVersion', 'us-east-1', true],
    ['CreateRole', 'us-east-1', true],
    ['DeleteRole', 'us-east-1', false],
    ['DeleteRole', 'us-east-1', false],
  ]);
  expect(cloud.events[0]?.requestParameters).toEqual({ roleName: 'payments-app', policyDocument: OPEN });
  expect(cloud.events[4]?.responseElements).toMatchObject({
    role: {
      roleName: 'orders',
      assumeRolePolicyDocument: encodeURIComponent(OPEN),
      createDate: 'Nov 20, 2026, 10:00:00 AM',
    },
  });
});

it('refuses a policy that is no JSON', async () => {
  const put = new PutRolePolicyCommand({ RoleName: 'payments-app', PolicyName: 'x', PolicyDocument: 'allow all' });
  expect((await failure(cloud.clients.iam.send(put))).name).toBe('MalformedPolicyDocumentException');
});

it('lets a role of another account in, whose key then is that account', async () => {
  cloud.change(OTHER, { externalId: 'secret' });
  const RoleArn = `arn:aws:iam::${OTHER}:role/eks-warden-read`;
  const assume = (ExternalId?: string) =>
    cloud.clients.sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'look', ExternalId }));
  const refused = await failure(assume('wrong'));
  const stranger = await failure(
    cloud.clients.sts.send(
      new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::999988887777:role/x', RoleSessionName: 'look' }),
    ),
  );
  const { Credentials } = await assume('secret');
  const there = clientsOf(cloud.url, { accessKeyId: Credentials?.AccessKeyId ?? '' });
  const { Account, Arn } = await there.sts.send(new GetCallerIdentityCommand({}));
  const gone = await failure(there.iam.send(new GetRoleCommand({ RoleName: 'payments-app' })));
  expect([refused.name, refused.status, stranger.name]).toEqual(['AccessDenied', 403, 'AccessDenied']);
  expect([Account, Arn, gone.name]).toEqual([
    OTHER,
    `arn:aws:sts::${OTHER}:assumed-role/eks-warden-read/look`,
    'NoSuchEntityException',
  ]);
});
