import { expect, it } from 'vitest';
import { type Account, anAccount, auditedServices, namesOf } from '../support/cloud/audited/index.ts';
import { ACCOUNT, REGION, START } from '../support/cloud/audited/testing.ts';

const names = namesOf(ACCOUNT, REGION);
const by = { userIdentity: { type: 'Root', arn: `arn:aws:iam::${ACCOUNT}:root` } };
const POLICY = '{"Version":"2012-10-17","Statement":[]}';
const managed = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';
const clusterArn = names.arn('eks', 'cluster/payments');

/** Makes the calls one after the other, an hour apart, and gives their faults and the account in the end. */
function after(calls: readonly [action: string, input: Record<string, unknown>][], account: Account = anAccount()) {
  let time = START;
  const cloud = auditedServices({ now: () => time, accounts: { [ACCOUNT]: account } });
  const faults = calls.map(([action, input]) => {
    const { fault } = cloud.act({ account: ACCOUNT, region: REGION, action, input, by });
    time += 3_600_000;
    return fault?.code;
  });
  const { regions, iam } = cloud.account(ACCOUNT);
  return { faults, here: regions[REGION] ?? {}, iam };
}

it('raises a cluster by one minor version, and no more at once', () => {
  const cluster = { ...anAccount().regions[REGION]?.clusters?.payments, version: '1.34' };
  const account = anAccount();
  Object.assign(account.regions[REGION]?.clusters ?? {}, { payments: cluster });
  const to = (version: string): [string, Record<string, unknown>] => [
    'eks:UpdateClusterVersion',
    { name: 'payments', version },
  ];
  const { faults, here } = after([to('1.36'), to('1.35'), to('1.35'), to('1.99')], account);
  expect([faults, here.clusters?.payments?.version, here.clusters?.payments?.platformVersion]).toEqual([
    ['InvalidParameterException', undefined, 'InvalidParameterException', 'InvalidParameterException'],
    '1.35',
    'eks.11',
  ]);
});

it('encrypts a cluster once and for ever', () => {
  const account = anAccount();
  delete account.regions[REGION]?.clusters?.payments?.encryptionConfig;
  const encryptionConfig = [{ resources: ['secrets'], provider: { keyArn: names.keyArn } }];
  const encrypt: [string, Record<string, unknown>] = [
    'eks:AssociateEncryptionConfig',
    { clusterName: 'payments', encryptionConfig },
  ];
  const { faults, here } = after([encrypt, encrypt], account);
  expect([faults, here.clusters?.payments?.encryptionConfig]).toEqual([
    [undefined, 'InvalidParameterException'],
    encryptionConfig,
  ]);
});

it('removes a node group and then its cluster, and takes tags away', () => {
  const { faults, here } = after([
    ['eks:UntagResource', { resourceArn: clusterArn, tagKeys: ['team'] }],
    ['eks:UpdateClusterConfig', { name: 'payments', deletionProtection: false }],
    ['eks:DeleteNodegroup', { clusterName: 'payments', nodegroupName: 'workers' }],
    ['eks:DeleteCluster', { name: 'payments' }],
    ['eks:UntagResource', { resourceArn: clusterArn, tagKeys: ['team'] }],
  ]);
  expect([faults, here.clusters, here.nodegroups, here.updates]).toEqual([
    [undefined, undefined, undefined, undefined, 'NotFoundException'],
    {},
    {},
    {},
  ]);
});

it('makes a security group that is closed from outside', () => {
  const make: [string, Record<string, unknown>] = [
    'ec2:CreateSecurityGroup',
    { GroupName: 'orders', Description: 'Orders', VpcId: names.vpc },
  ];
  const { faults, here } = after([make, make]);
  const made = Object.values(here.securityGroups ?? {}).find(({ GroupName }) => GroupName === 'orders');
  expect([faults, made?.IpPermissions, made?.VpcId]).toEqual([[undefined, 'InvalidGroup.Duplicate'], [], names.vpc]);
});

it('makes a repository with mutable tags, and pins them', () => {
  const repositoryName = 'orders';
  const { faults, here } = after([
    ['ecr:CreateRepository', { repositoryName }],
    ['ecr:PutImage', { repositoryName, imageManifest: '{"a":1}', imageTag: 'latest' }],
    ['ecr:PutImage', { repositoryName, imageManifest: '{"a":2}', imageTag: 'latest' }],
    ['ecr:PutImageTagMutability', { repositoryName, imageTagMutability: 'IMMUTABLE' }],
    ['ecr:CreateRepository', { repositoryName }],
  ]);
  const tags = Object.values(here.images ?? {}).filter((image) => image.repositoryName === repositoryName);
  expect([faults, here.repositories?.orders?.imageTagMutability, tags.map(({ imageTags }) => imageTags)]).toEqual([
    [undefined, undefined, undefined, undefined, 'RepositoryAlreadyExistsException'],
    'IMMUTABLE',
    [[], ['latest']],
  ]);
});

it('makes and deletes log groups, and lets logs live for ever', () => {
  const { faults, here } = after([
    ['logs:CreateLogGroup', { logGroupName: 'orders' }],
    ['logs:CreateLogGroup', { logGroupName: 'orders' }],
    ['logs:DeleteRetentionPolicy', { logGroupName: names.logGroup }],
    ['logs:DeleteLogGroup', { logGroupName: 'orders' }],
    ['logs:DeleteLogGroup', { logGroupName: 'orders' }],
  ]);
  expect([
    faults,
    Object.values(here.logGroups ?? {}).map((group) => [group.logGroupName, group.retentionInDays]),
  ]).toEqual([
    [undefined, 'ResourceAlreadyExistsException', undefined, undefined, 'ResourceNotFoundException'],
    [[names.logGroup, undefined]],
  ]);
});

it('changes what a role may do, and what a policy says', () => {
  const role = 'payments-app';
  const { faults, iam } = after([
    ['iam:DetachRolePolicy', { RoleName: role, PolicyArn: names.appPolicy }],
    ['iam:DetachRolePolicy', { RoleName: role, PolicyArn: names.appPolicy }],
    ['iam:AttachRolePolicy', { RoleName: role, PolicyArn: managed }],
    ['iam:DeleteRolePolicy', { RoleName: role, PolicyName: 'read-rates' }],
    ['iam:CreatePolicyVersion', { PolicyArn: names.appPolicy, PolicyDocument: POLICY }],
    ['iam:SetDefaultPolicyVersion', { PolicyArn: names.appPolicy, VersionId: 'v2' }],
    ['iam:SetDefaultPolicyVersion', { PolicyArn: names.appPolicy, VersionId: 'v3' }],
  ]);
  expect(faults).toEqual([undefined, 'NoSuchEntity', undefined, undefined, undefined, undefined, 'NoSuchEntity']);
  expect([
    iam.attachedPolicies?.[role],
    iam.inlinePolicies?.[role],
    iam.policies?.[names.appPolicy]?.DefaultVersionId,
  ]).toEqual([[managed], {}, 'v2']);
});

it('narrows, stops, starts and deletes a trail', () => {
  const TrailName = names.trail;
  const selectors = [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }];
  const kept = after([
    ['cloudtrail:PutEventSelectors', { TrailName, EventSelectors: selectors }],
    ['cloudtrail:StopLogging', { Name: TrailName }],
    ['cloudtrail:StartLogging', { Name: TrailName }],
    ['cloudtrail:UpdateTrail', { Name: TrailName, IsMultiRegionTrail: false, EnableLogFileValidation: false }],
  ]);
  const gone = after([
    ['cloudtrail:DeleteTrail', { Name: TrailName }],
    ['cloudtrail:DeleteTrail', { Name: TrailName }],
  ]);
  expect([kept.faults, kept.here.eventSelectors, kept.here.trailStatus?.[TrailName]?.IsLogging]).toEqual([
    [undefined, undefined, undefined, undefined],
    { [TrailName]: { EventSelectors: selectors } },
    true,
  ]);
  expect(kept.here.trails?.[TrailName]).toMatchObject({ IsMultiRegionTrail: false, LogFileValidationEnabled: false });
  expect([gone.faults, gone.here.trails]).toEqual([[undefined, 'TrailNotFoundException'], {}]);
});

it('records a request that makes no sense as it came', () => {
  const cloud = auditedServices({ now: () => START, accounts: { [ACCOUNT]: anAccount() } });
  const input = { GroupId: names.clusterGroup, IpPermissions: 'all' };
  const { event, fault } = cloud.act({
    account: ACCOUNT,
    region: REGION,
    action: 'ec2:AuthorizeSecurityGroupIngress',
    input,
    by,
  });
  expect([fault?.code, event?.requestParameters]).toEqual([
    'InvalidParameterValue',
    { groupId: names.clusterGroup, ipPermissions: 'all' },
  ]);
});
