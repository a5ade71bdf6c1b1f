import type { Cluster } from '@aws-sdk/client-eks';
import { describe, expect, it } from 'vitest';
import { cluster } from '../../shared/resources/cluster.ts';
import { fakeReader, lacking, unread } from '../support/fake-reader.ts';
import { aResource, lines } from '../support/located.ts';

const at = aResource('cluster', 'payments');
const KEY = 'arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const CREATED = new Date('2026-01-02T03:04:05.678Z');

const payments: Cluster = {
  name: 'payments',
  version: '1.35',
  createdAt: CREATED,
  roleArn: 'arn:aws:iam::111122223333:role/eks/payments-cluster',
  computeConfig: { enabled: true, nodeRoleArn: 'arn:aws:iam::111122223333:role/payments-auto' },
  identity: { oidc: { issuer: 'https://oidc.eks.eu-west-1.amazonaws.com/id/0123ABCD' } },
  encryptionConfig: [{ resources: ['secrets'], provider: { keyArn: KEY } }],
  resourcesVpcConfig: {
    vpcId: 'vpc-0a1b2c3d4e5f60718',
    subnetIds: ['subnet-0a1b2c3d4e5f60718'],
    securityGroupIds: ['sg-0a1b2c3d4e5f60718'],
    clusterSecurityGroupId: 'sg-0b1b2c3d4e5f60718',
  },
  tags: { team: 'payments' },
};

describe('cluster', () => {
  it('reads itself by its name', async () => {
    const reader = fakeReader({ 'eks:DescribeCluster': () => ({ cluster: payments }) });
    expect(await cluster.base?.(reader, at)).toEqual({ outcome: 'found', began: 1, value: payments });
    expect(reader.calls).toEqual([['eks:DescribeCluster', { name: 'payments' }]]);
  });

  it.each(['gone', 'refused', 'unavailable', 'malformed'] as const)('hands on that it is %s', async (outcome) => {
    const reader = fakeReader({ 'eks:DescribeCluster': () => outcome });
    const expected = outcome === 'gone' ? { outcome, began: 1 } : unread(outcome, 'eks:DescribeCluster', 1);
    expect(await cluster.base?.(reader, at)).toEqual(expected);
  });

  it('says that an answer without its cluster is malformed', async () => {
    const reader = fakeReader({ 'eks:DescribeCluster': () => ({}) });
    expect(await cluster.base?.(reader, at)).toEqual(lacking('eks:DescribeCluster', 1));
  });

  it('makes another generation of a cluster made again', () => {
    expect(cluster.generation?.(payments)).toBe('2026-01-02T03:04:05.678Z');
    expect(cluster.generation?.({})).toBeUndefined();
  });

  it.each([
    ['CREATING', 'unsettled'],
    ['UPDATING', 'unsettled'],
    ['DELETING', 'gone'],
    ['ACTIVE', 'settled'],
    ['FAILED', 'settled'],
  ] as const)('%s is %s', (status, settled) => {
    expect(cluster.settled?.({ status })).toBe(settled);
  });

  it('belongs to itself and has its own tags', () => {
    expect([cluster.clusters?.(at), cluster.tags?.(payments), cluster.tags?.({})]).toEqual([
      ['payments'],
      { team: 'payments' },
      {},
    ]);
  });

  it('links to all that its controls hear of', () => {
    expect(lines(cluster.links?.(payments, {}, at) ?? [])).toEqual([
      'cluster security group → security-group sg-0b1b2c3d4e5f60718',
      'additional security group → security-group sg-0a1b2c3d4e5f60718',
      'cluster role → role payments-cluster in global',
      'node role → role payments-auto in global',
      'cluster subnet → subnet subnet-0a1b2c3d4e5f60718',
      'VPC → vpc vpc-0a1b2c3d4e5f60718',
      'secrets key → key 1234abcd-12ab-34cd-56ef-1234567890ab in 444455556666',
      'control plane logs → log-group /aws/eks/payments/cluster',
      'token issuer → oidc-provider oidc.eks.eu-west-1.amazonaws.com/id/0123ABCD in global',
    ]);
  });

  it('links to the key behind an alias once that was read', () => {
    const base = { encryptionConfig: [{ provider: { keyArn: 'arn:aws:kms:eu-west-1:111122223333:alias/eks' } }] };
    const keys = (facets: object) =>
      lines(cluster.links?.(base, facets, at) ?? []).filter((line) => line.includes('key'));
    expect(keys({})).toEqual([]);
    expect(keys({ encryptionKey: { KeyId: 'x', Arn: KEY } })).toHaveLength(1);
  });

  it('has no log group as an external cluster', () => {
    expect(lines(cluster.links?.({ connectorConfig: {} }, {}, at) ?? [])).toEqual([]);
  });

  it('needs no call for the key of a cluster that names none', async () => {
    const read = await cluster.facets.encryptionKey.read(fakeReader({}), {}, at, []);
    expect(read).toEqual({ outcome: 'found', value: null, began: Number.POSITIVE_INFINITY });
  });

  it('reads the key that it names', async () => {
    const reader = fakeReader({ 'kms:DescribeKey': () => ({ KeyMetadata: { KeyId: 'k', KeyManager: 'CUSTOMER' } }) });
    const read = await cluster.facets.encryptionKey.read(reader, payments, at, []);
    expect(read).toEqual({ outcome: 'found', value: { KeyId: 'k', KeyManager: 'CUSTOMER' }, began: 1 });
    expect(reader.calls).toEqual([['kms:DescribeKey', { KeyId: KEY }]]);
  });

  it('does not take a refused key for a missing one', async () => {
    const reader = fakeReader({ 'kms:DescribeKey': () => 'refused' });
    const read = await cluster.facets.encryptionKey.read(reader, payments, at, []);
    expect(read).toEqual(unread('refused', 'kms:DescribeKey', 1));
  });

  it.each([
    ['its own version', '1.35', { clusterVersion: '1.35', versionStatus: 'STANDARD_SUPPORT' }],
    ['null where EKS lists it no more', '1.21', null],
  ])('finds %s among all versions', async (_, version, value) => {
    const clusterVersions = [
      { clusterVersion: '1.34', versionStatus: 'EXTENDED_SUPPORT' as const },
      { clusterVersion: '1.35', versionStatus: 'STANDARD_SUPPORT' as const },
    ];
    const reader = fakeReader({ 'eks:DescribeClusterVersions': () => ({ clusterVersions }) });
    const read = await cluster.facets.versionStatus.read(reader, { version }, at, []);
    expect(read).toEqual({ outcome: 'found', value, began: 1 });
    expect(reader.calls).toEqual([['eks:DescribeClusterVersions', { includeAll: true }]]);
  });

  it('cannot tell the support of a cluster without a version, nor from an answer without versions', async () => {
    const reader = () => fakeReader({ 'eks:DescribeClusterVersions': () => ({ clusterVersions: [] }) });
    const empty = fakeReader({ 'eks:DescribeClusterVersions': () => ({}) });
    expect(await cluster.facets.versionStatus.read(reader(), {}, at, [])).toEqual(
      lacking('eks:DescribeClusterVersions', 1),
    );
    expect(await cluster.facets.versionStatus.read(empty, payments, at, [])).toEqual(
      lacking('eks:DescribeClusterVersions', 1),
    );
    expect(await cluster.facets.versionStatus.read(fakeReader({}), { connectorConfig: {} }, at, [])).toMatchObject({
      value: null,
    });
  });

  it('asks for both DNS switches of its VPC', async () => {
    const reader = fakeReader({
      'ec2:DescribeVpcAttribute': ({ Attribute }) =>
        Attribute === 'enableDnsSupport'
          ? { EnableDnsSupport: { Value: true } }
          : { EnableDnsHostnames: { Value: false } },
    });
    const read = await cluster.facets.vpcDns.read(reader, payments, at, []);
    expect(read).toEqual({ outcome: 'found', value: { enableDnsSupport: true, enableDnsHostnames: false }, began: 1 });
  });

  it('does not guess a DNS switch that was refused or left out', async () => {
    const halfRefused = fakeReader({
      'ec2:DescribeVpcAttribute': ({ Attribute }) =>
        Attribute === 'enableDnsSupport' ? { EnableDnsSupport: { Value: true } } : 'refused',
    });
    const without = fakeReader({ 'ec2:DescribeVpcAttribute': () => ({}) });
    expect(await cluster.facets.vpcDns.read(halfRefused, payments, at, [])).toEqual({
      ...unread('refused', 'ec2:DescribeVpcAttribute', 2),
      began: 1,
    });
    expect(await cluster.facets.vpcDns.read(without, payments, at, [])).toEqual(lacking('ec2:DescribeVpcAttribute', 1));
    expect(await cluster.facets.vpcDns.read(fakeReader({}), {}, at, [])).toMatchObject({ value: null });
  });

  it('takes the log group of exactly its name', async () => {
    const group = (logGroupName: string) => ({ logGroupName });
    const answer = (...names: string[]) =>
      fakeReader({ 'logs:DescribeLogGroups': () => ({ logGroups: names.map(group) }) });
    const mine = '/aws/eks/payments/cluster';
    const read = (reader: ReturnType<typeof fakeReader>) => cluster.facets.logGroup.read(reader, payments, at, []);
    expect(await read(answer(`${mine}-old`, mine))).toEqual({ outcome: 'found', value: group(mine), began: 1 });
    expect(await read(answer(`${mine}-old`))).toEqual({ outcome: 'found', value: null, began: 1 });
    expect(await read(fakeReader({ 'logs:DescribeLogGroups': () => ({}) }))).toEqual(
      lacking('logs:DescribeLogGroups', 1),
    );
    expect(await read(fakeReader({ 'logs:DescribeLogGroups': () => 'refused' }))).toEqual(
      unread('refused', 'logs:DescribeLogGroups', 1),
    );
  });
});
