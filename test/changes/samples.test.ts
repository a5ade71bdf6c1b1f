import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Touch } from '../../shared/changes/change.ts';
import { locate } from '../../shared/changes/locate.ts';
import { KINDS } from '../../shared/resources/kinds.ts';
import { namesOf } from '../support/cloud/audited/healthy/names.ts';
import { aSample, SAMPLE_NAMES, type SampleEvent } from '../support/samples.ts';

const receivedAt = Date.UTC(2026, 10, 21);
const NEW_IMAGE = 'payments-api@sha256:52737fa99ad154760347f0f2e506c70bb475c2f4b8d3e81287ce44521e5ad61d';
const OLD_IMAGE = 'payments-api@sha256:2f69283b46f71914d352bb2d9278793523399b712dadc584a04e9f4b2b81a0ae';
const ISSUER = 'oidc.eks.eu-west-1.amazonaws.com/id/8ABD5788168C790E0CE49AD282C5DEB2';

/** What each sample touches: what that means for its life, the kind, the id (`*` where the event does not say), `global` for IAM. */
const TOUCHED: Record<string, string[]> = {
  'cloudtrail-CreateTrail': ['changed account-region eu-west-1', 'created trail management-events'],
  'cloudtrail-DeleteTrail': ['changed account-region eu-west-1', 'deleted trail management-events'],
  'cloudtrail-PutEventSelectors': ['changed account-region eu-west-1', 'changed trail management-events'],
  'cloudtrail-PutInsightSelectors': ['changed account-region eu-west-1', 'changed trail management-events'],
  'cloudtrail-StartLogging': ['changed account-region eu-west-1', 'changed trail management-events'],
  'cloudtrail-StopLogging': ['changed account-region eu-west-1', 'changed trail management-events'],
  'cloudtrail-UpdateTrail': ['changed account-region eu-west-1', 'changed trail management-events'],
  'ec2-AssociateRouteTable': ['changed subnet subnet-9cf76a3a7523b60fd'],
  'ec2-AuthorizeSecurityGroupEgress': ['changed security-group sg-74d6bb2e92acf6e29'],
  'ec2-AuthorizeSecurityGroupIngress': ['changed security-group sg-74d6bb2e92acf6e29'],
  'ec2-CreateLaunchTemplate': ['changed launch-template lt-e9b6ac9129a6271ce'],
  'ec2-CreateLaunchTemplateVersion': ['changed launch-template lt-e9b6ac9129a6271ce'],
  'ec2-CreateRoute': ['changed route-table rtb-bc1bca94325878df7'],
  'ec2-CreateSecurityGroup': ['created security-group sg-74d6bb2e92acf6e29'],
  'ec2-CreateTags': ['tagged security-group sg-fe9f23587d7c735cf', 'tagged security-group sg-74d6bb2e92acf6e29'],
  'ec2-DeleteRoute': ['changed route-table rtb-bc1bca94325878df7'],
  'ec2-DeleteSecurityGroup': ['deleted security-group sg-74d6bb2e92acf6e29'],
  'ec2-DeleteTags': ['tagged security-group sg-74d6bb2e92acf6e29'],
  'ec2-DisassociateRouteTable': ['changed nodegroup *'],
  'ec2-ModifyLaunchTemplate': ['changed launch-template lt-e9b6ac9129a6271ce'],
  'ec2-ModifyManagedPrefixList': ['changed prefix-list pl-857ff8aaa03b22613'],
  'ec2-ModifySecurityGroupRules': ['changed security-group sg-74d6bb2e92acf6e29'],
  'ec2-ModifyVpcAttribute': ['changed vpc vpc-92b7c3289c2359b80'],
  'ec2-ReplaceRoute': ['changed route-table rtb-bc1bca94325878df7'],
  'ec2-ReplaceRouteTableAssociation': ['changed nodegroup *'],
  'ec2-RevokeSecurityGroupEgress': ['changed security-group sg-74d6bb2e92acf6e29'],
  'ec2-RevokeSecurityGroupIngress': ['changed security-group sg-74d6bb2e92acf6e29'],
  'ecr-BatchDeleteImage': [`deleted image ${OLD_IMAGE}`],
  'ecr-CreateRepository': ['created repository payments-api'],
  'ecr-DeleteRepository': ['deleted repository payments-api'],
  'ecr-DeleteRepositoryPolicy': ['changed repository payments-api'],
  'ecr-ImageAction': [`deleted image ${OLD_IMAGE}`],
  'ecr-ImageScan': [`changed image ${NEW_IMAGE}`],
  'ecr-PutImage': [`created image ${NEW_IMAGE}`, 'seen arn:aws:iam::111122223333:role/ci/image-builder'],
  'ecr-PutImageTagMutability': ['changed repository payments-api'],
  'ecr-SetRepositoryPolicy': ['changed repository payments-api'],
  'eks-AssociateEncryptionConfig': ['changed cluster payments'],
  'eks-CancelUpdate': ['changed cluster payments'],
  'eks-CreateAccessEntry': ['seen arn:aws:iam::111122223333:user/release'],
  'eks-CreateCluster': ['created cluster payments', 'seen arn:aws:iam::111122223333:role/ci/terraform-deploy'],
  'eks-CreateNodegroup': ['created nodegroup payments/workers'],
  'eks-DeleteCluster': ['deleted cluster payments', `changed oidc-provider ${ISSUER} in global`],
  'eks-DeleteNodegroup': ['deleted nodegroup payments/workers'],
  'eks-TagResource': ['tagged cluster payments'],
  'eks-UntagResource': ['tagged nodegroup payments/workers'],
  'eks-UpdateClusterConfig': [
    'changed cluster payments',
    'seen arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_PlatformAdmin_7949befdbdf478ff/ana.lima@example.com',
  ],
  'eks-UpdateClusterVersion': ['changed cluster payments'],
  'eks-UpdateNodegroupConfig': ['changed nodegroup payments/workers'],
  'eks-UpdateNodegroupVersion': ['changed nodegroup payments/workers'],
  'iam-AddClientIDToOpenIDConnectProvider': [`changed oidc-provider ${ISSUER} in global`],
  'iam-AddRoleToInstanceProfile': ['changed role payments-node in global'],
  'iam-AttachGroupPolicy': ['changed policy team/deployers in global'],
  'iam-AttachRolePolicy': ['changed role payments-node in global'],
  'iam-AttachUserPolicy': ['changed policy team/deployers in global'],
  'iam-CreateOpenIDConnectProvider': [`changed oidc-provider ${ISSUER} in global`],
  'iam-CreatePolicy': ['created policy team/deployers in global'],
  'iam-CreatePolicyVersion': ['changed policy payments-queue in global'],
  'iam-CreateRole': ['created role payments-app in global'],
  'iam-DeleteOpenIDConnectProvider': [`changed oidc-provider ${ISSUER} in global`],
  'iam-DeletePolicy': ['deleted policy payments-queue in global'],
  'iam-DeletePolicyVersion': ['changed policy payments-queue in global'],
  'iam-DeleteRole': ['deleted role payments-app in global'],
  'iam-DeleteRolePermissionsBoundary': ['changed role payments-app in global'],
  'iam-DeleteRolePolicy': ['changed role payments-node in global'],
  'iam-DetachGroupPolicy': ['changed policy team/deployers in global'],
  'iam-DetachRolePolicy': ['changed policy payments-queue in global', 'changed role payments-app in global'],
  'iam-DetachUserPolicy': ['changed policy team/deployers in global'],
  'iam-PutRolePermissionsBoundary': ['changed role payments-app in global'],
  'iam-PutRolePolicy': ['changed role payments-node in global'],
  'iam-SetDefaultPolicyVersion': ['changed policy payments-queue in global'],
  'iam-TagPolicy': ['tagged policy payments-queue in global'],
  'iam-TagRole': ['tagged role payments-app in global'],
  'iam-UntagPolicy': ['tagged policy payments-queue in global'],
  'iam-UntagRole': ['tagged role payments-app in global'],
  'iam-UpdateAssumeRolePolicy': ['changed role payments-app in global'],
  'iam-UpdateOpenIDConnectProviderThumbprint': [`changed oidc-provider ${ISSUER} in global`],
  'inspector2-Finding': [`changed image ${NEW_IMAGE}`],
  'inspector2-Scan': [`changed image ${NEW_IMAGE}`],
  'kms-CancelKeyDeletion': ['changed key e50abe2c-64c9-df17-9c8d-351fc4ec617f'],
  'kms-DisableKey': ['changed key e50abe2c-64c9-df17-9c8d-351fc4ec617f'],
  'kms-EnableKey': ['changed key e50abe2c-64c9-df17-9c8d-351fc4ec617f'],
  'kms-ScheduleKeyDeletion': ['changed key e50abe2c-64c9-df17-9c8d-351fc4ec617f'],
  'logs-CreateLogGroup': ['created log-group /aws/eks/payments/cluster'],
  'logs-DeleteLogGroup': ['deleted log-group /aws/eks/payments/cluster'],
  'logs-DeleteRetentionPolicy': ['changed log-group /aws/eks/payments/cluster'],
  'logs-PutRetentionPolicy': ['changed log-group /aws/eks/payments/cluster'],
};

const told = ({ life, kind, id = '*', region }: Touch) =>
  `${life} ${kind} ${id}${region === 'eu-west-1' ? '' : ` in ${region}`}`;

function touched(event: SampleEvent): string[] {
  const located = locate(event, { kinds: KINDS, receivedAt });
  if ('ignored' in located) return [located.ignored];
  return [...located.touches.map(told), ...located.sightings.map(({ resource }) => `seen ${resource.id}`)];
}

const calls = SAMPLE_NAMES.filter((name) => 'eventName' in aSample(name).detail);
const kindsOf = (rows: readonly string[]) => rows.map((row) => row.split(' ').slice(0, 2).join(' '));

it.each(SAMPLE_NAMES)('%s touches what it should', (name) => {
  expect(touched(aSample(name))).toEqual(TOUCHED[name]);
});

it('there is a sample for each event that a kind knows, and no other', () => {
  const events = new Set(KINDS.flatMap(({ touchedBy }) => Object.keys(touchedBy)));
  expect(SAMPLE_NAMES).toEqual([...events].map((event) => event.replace(':', '-')).sort());
});

it.each(SAMPLE_NAMES)('%s is the event that its file is named after', (name) => {
  const located = locate(aSample(name), { kinds: KINDS, receivedAt });
  expect(located.event).toBe(name.replace('-', ':'));
});

it.each(calls)('E-07: %s that failed is ignored and counted', (name) => {
  const { detail } = aSample(name);
  const failed = aSample(name, { responseElements: null, errorCode: 'Client.DryRunOperation' });
  const expected = { ignored: 'failed call', event: name.replace('-', ':'), eventId: detail.eventID };
  expect(locate(failed, { kinds: KINDS, receivedAt })).toEqual(expected);
});

it.each([
  ['omitted', { omitted: true, originalSize: 182_113, reason: 'exceeded maximum size' }],
  ['null', null],
  ['missing', undefined],
])('Z-02: a call whose request is %s still touches every kind that it touched', (_, requestParameters) => {
  const before = calls.map((name) => [name, kindsOf(touched(aSample(name)))]);
  const after = calls.map((name) => [name, kindsOf(touched(aSample(name, { requestParameters })))]);
  expect(after).toEqual(before.map(([name, kinds]) => [name, expect.arrayContaining(kinds as string[])]));
});

it('Z-02: so it does without request and answer, and where both are cut out the resource is found by its ARN', () => {
  const omitted = { omitted: true, reason: 'exceeded maximum size' };
  const cut = { requestParameters: omitted, responseElements: omitted };
  const before = calls.map((name) => [name, kindsOf(touched(aSample(name)))]);
  const after = calls.map((name) => [name, kindsOf(touched(aSample(name, cut)))]);
  expect(after).toEqual(before.map(([name, kinds]) => [name, expect.arrayContaining(kinds as string[])]));
  expect(touched(aSample('kms-DisableKey', cut))).toEqual(TOUCHED['kms-DisableKey']);
  expect(touched(aSample('ecr-SetRepositoryPolicy', cut))).toEqual(['changed repository payments-api']);
});

it('samples are small, and speak of the account that tests run against', () => {
  const sizes = SAMPLE_NAMES.map((name) => statSync(join('events', 'samples', `${name}.json`)).size);
  expect(Math.max(...sizes)).toBeLessThan(6_000);
  const { vpc, key, launchTemplate, privateRouteTable, nodeGroupSecurity, digest } = namesOf(
    '111122223333',
    'eu-west-1',
  );
  const named = Object.values(TOUCHED)
    .flat()
    .map((row) => row.split(' ')[2]);
  const ids = [vpc, key, launchTemplate, privateRouteTable, nodeGroupSecurity, `payments-api@${digest}`];
  expect(named).toEqual(expect.arrayContaining(ids));
});
