import type { SecurityGroup } from '@aws-sdk/client-ec2';
import type { Cluster } from '@aws-sdk/client-eks';
import { describe, expect, it } from 'vitest';
import type { Resource, Use } from '../../shared/resources/resource.ts';
import { securityGroup } from '../../shared/resources/security-group.ts';
import { fakeReader, lacking, unread } from '../support/fake-reader.ts';
import { aResource, lines } from '../support/located.ts';

const at = aResource('security-group', 'sg-0a1b2c3d4e5f60718');
const office = 'pl-0b1b2c3d4e5f60718';
const partner = 'pl-0a1b2c3d4e5f60718';
const nodes: SecurityGroup = {
  GroupId: at.id,
  VpcId: 'vpc-0a1b2c3d4e5f60718',
  IpPermissions: [
    {
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      PrefixListIds: [{ PrefixListId: office }, { PrefixListId: partner }],
    },
    { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, PrefixListIds: [{ PrefixListId: office }, {}] },
    { IpProtocol: 'udp' },
  ],
  Tags: [{ Key: 'team', Value: 'payments' }, { Key: 'empty' }, { Value: 'no key' }],
};
const use = (by: Partial<Resource>, ...clusters: string[]): Use => ({
  by: { ...aResource('nodegroup', 'payments/workers'), ...by },
  as: ['node'],
  clusters,
});

describe('security group', () => {
  it('reads itself by its id', async () => {
    const reader = fakeReader({ 'ec2:DescribeSecurityGroups': () => ({ SecurityGroups: [nodes] }) });
    expect(await securityGroup.base?.(reader, at)).toEqual({ outcome: 'found', began: 1, value: nodes });
    expect(reader.calls).toEqual([['ec2:DescribeSecurityGroups', { GroupIds: [at.id] }]]);
  });

  it.each([
    ['an empty list', { SecurityGroups: [] }, { outcome: 'gone', began: 1 }],
    ['no list', {}, lacking('ec2:DescribeSecurityGroups', 1)],
    ['gone', 'gone', { outcome: 'gone', began: 1 }],
    ['refused', 'refused', unread('refused', 'ec2:DescribeSecurityGroups', 1)],
  ])('cannot be read: %s', async (_, answer, expected) => {
    const reader = fakeReader({ 'ec2:DescribeSecurityGroups': () => answer as 'gone' });
    expect(await securityGroup.base?.(reader, at)).toEqual(expected);
  });

  it('has tags', () => {
    expect([securityGroup.tags?.(nodes), securityGroup.tags?.({})]).toEqual([{ team: 'payments', empty: '' }, {}]);
  });

  it('links to the prefix lists of its rules and to the clusters whose node ports it was judged by', () => {
    const nodePortRange = [{ cluster: 'payments', from: 30_000, to: 32_767 }];
    expect(lines(securityGroup.links?.(nodes, { nodePortRange }, at) ?? [])).toEqual([
      `prefix list → prefix-list ${partner}`,
      `prefix list → prefix-list ${office}`,
      'node ports → cluster payments',
    ]);
    expect(securityGroup.links?.({}, {}, at)).toEqual([]);
  });

  it('reads each prefix list that a rule names once', async () => {
    const reader = fakeReader({
      'ec2:GetManagedPrefixListEntries': ({ PrefixListId }) => ({
        Entries: PrefixListId === office ? [{ Cidr: '203.0.113.0/24' }, {}] : [],
      }),
    });
    expect(await securityGroup.facets.prefixLists.read(reader, nodes, at, [])).toEqual({
      outcome: 'found',
      began: 1,
      value: [
        { id: partner, cidrs: [] },
        { id: office, cidrs: ['203.0.113.0/24'] },
      ],
    });
    expect(reader.calls).toHaveLength(2);
  });

  it('needs no call without prefix lists', async () => {
    expect(await securityGroup.facets.prefixLists.read(fakeReader({}), { IpPermissions: [] }, at, [])).toEqual({
      outcome: 'found',
      began: Number.POSITIVE_INFINITY,
      value: [],
    });
  });

  it.each([
    ['refused', 'refused', unread('refused', 'ec2:GetManagedPrefixListEntries', 1)],
    ['gone', 'gone', { outcome: 'gone', began: 1 }],
    ['without entries', {}, lacking('ec2:GetManagedPrefixListEntries', 1)],
  ])('does not take a prefix list that cannot be read for an empty one: %s', async (_, answer, expected) => {
    const reader = fakeReader({
      'ec2:GetManagedPrefixListEntries': ({ PrefixListId }) =>
        PrefixListId === office ? { Entries: [] } : (answer as 'gone'),
    });
    expect(await securityGroup.facets.prefixLists.read(reader, nodes, at, [])).toEqual(expected);
  });

  it('has the node ports of every cluster that it is used by here', async () => {
    const clusters: Record<string, Cluster> = {
      payments: { kubeApiServerConfig: { serviceNodePortRange: { minPort: 20_000, maxPort: 20_100 } } },
      web: {},
    };
    const reader = fakeReader({
      'eks:DescribeCluster': ({ name = '' }) => (name in clusters ? { cluster: clusters[name] } : 'gone'),
    });
    const usedBy = [
      use({}, 'web', 'payments'),
      use({ id: 'payments/more' }, 'payments'),
      use({}, 'deleted'),
      use({ region: 'eu-central-1' }, 'elsewhere'),
      use({ account: '444455556666' }, 'another'),
    ];
    expect(await securityGroup.facets.nodePortRange.read(reader, nodes, at, usedBy)).toEqual({
      outcome: 'found',
      began: 1,
      value: [
        { cluster: 'payments', from: 20_000, to: 20_100 },
        { cluster: 'web', from: 30_000, to: 32_767 },
      ],
    });
    expect(reader.calls.map(([, input]) => input)).toEqual([
      { name: 'deleted' },
      { name: 'payments' },
      { name: 'web' },
    ]);
  });

  it.each([
    ['refused', unread('refused', 'eks:DescribeCluster', 1)],
    ['unavailable', unread('unavailable', 'eks:DescribeCluster', 1)],
    [{}, lacking('eks:DescribeCluster', 1)],
  ])('does not take the default for node ports that cannot be read: %j', async (answer, expected) => {
    const reader = fakeReader({ 'eks:DescribeCluster': () => answer as 'refused' });
    expect(await securityGroup.facets.nodePortRange.read(reader, nodes, at, [use({}, 'payments')])).toEqual(expected);
  });

  it('knows all ranges of its VPC', async () => {
    const Vpc = {
      CidrBlock: '10.0.0.0/16',
      CidrBlockAssociationSet: [{ CidrBlock: '10.0.0.0/16' }, { CidrBlock: '100.64.0.0/16' }],
      Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: '2001:db8::/56' }, {}],
    };
    const reader = fakeReader({ 'ec2:DescribeVpcs': () => ({ Vpcs: [Vpc] }) });
    expect(await securityGroup.facets.vpcCidrs.read(reader, nodes, at, [])).toEqual({
      outcome: 'found',
      began: 1,
      value: ['10.0.0.0/16', '100.64.0.0/16', '2001:db8::/56'],
    });
    expect(reader.calls).toEqual([['ec2:DescribeVpcs', { VpcIds: ['vpc-0a1b2c3d4e5f60718'] }]]);
    expect(await securityGroup.facets.vpcCidrs.read(fakeReader({}), {}, at, [])).toMatchObject({ value: [] });
  });

  it.each([
    [{ Vpcs: [] }, { outcome: 'gone', began: 1 }],
    [{ Vpcs: [{}] }, lacking('ec2:DescribeVpcs', 1)],
    [{}, lacking('ec2:DescribeVpcs', 1)],
    ['refused', unread('refused', 'ec2:DescribeVpcs', 1)],
  ])('cannot tell the ranges of its VPC from %j', async (answer, expected) => {
    const reader = fakeReader({ 'ec2:DescribeVpcs': () => answer as 'gone' });
    expect(await securityGroup.facets.vpcCidrs.read(reader, nodes, at, [])).toEqual(expected);
  });
});
