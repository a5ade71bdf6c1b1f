import type { RouteTable, SecurityGroup } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { nodegroup } from '../../shared/resources/nodegroup.ts';
import { fakeReader } from '../support/fake-reader.ts';
import { at, SECOND, template, templated, workers } from '../support/node-groups.ts';

const VPC = 'vpc-0a1b2c3d4e5f60718';
const toInternet = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-0a1b2c3d4e5f60718' };
const local = { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local' };
const _own: RouteTable = {
  RouteTableId: 'rtb-0b1b2c3d4e5f60718',
  VpcId: VPC,
  Associations: [{ Main: false, SubnetId: SECOND }],
  Routes: [local, toInternet],
};
const group = (GroupId: string): SecurityGroup => ({ GroupId, IpPermissions: [{ IpProtocol: '-1' }] });

describe('the groups attached to nodes', () => {
  it('names the groups of its template as attached, with their rules', async () => {
    const reader = fakeReader({
      'ec2:DescribeLaunchTemplateVersions': () => template({ SecurityGroupIds: ['sg-0a1b2c3d4e5f60718'] }),
      'ec2:DescribeSecurityGroups': () => ({ SecurityGroups: [group('sg-0a1b2c3d4e5f60718')] }),
    });
    expect(await nodegroup.facets.remoteAccessGroups.read(reader, templated, at, [])).toEqual({
      outcome: 'found',
      began: 1,
      value: [{ id: 'sg-0a1b2c3d4e5f60718', as: 'launch template', ingress: [{ IpProtocol: '-1' }] }],
    });
  });

  it('has the cluster’s own group and that for remote access where no template names one', async () => {
    const reader = fakeReader({
      'eks:DescribeCluster': () => ({
        cluster: { resourcesVpcConfig: { clusterSecurityGroupId: 'sg-0c1b2c3d4e5f60718' } },
      }),
      'ec2:DescribeSecurityGroups': () => ({
        SecurityGroups: [group('sg-0c1b2c3d4e5f60718'), group('sg-0d1b2c3d4e5f60718')],
      }),
    });
    const base = { ...workers, resources: { remoteAccessSecurityGroup: 'sg-0d1b2c3d4e5f60718' } };
    expect(await nodegroup.facets.remoteAccessGroups.read(reader, base, at, [])).toEqual({
      outcome: 'found',
      began: 1,
      value: [
        { id: 'sg-0d1b2c3d4e5f60718', as: 'remote access', ingress: [{ IpProtocol: '-1' }] },
        { id: 'sg-0c1b2c3d4e5f60718', as: 'cluster', ingress: [{ IpProtocol: '-1' }] },
      ],
    });
    expect(reader.calls).toEqual([
      ['eks:DescribeCluster', { name: 'payments' }],
      ['ec2:DescribeSecurityGroups', { GroupIds: ['sg-0d1b2c3d4e5f60718', 'sg-0c1b2c3d4e5f60718'] }],
    ]);
  });

  it.each([
    ['template refused', { 'ec2:DescribeLaunchTemplateVersions': 'refused' }, 'refused'],
    ['cluster refused', { 'eks:DescribeCluster': 'refused' }, 'refused'],
    ['cluster without a group', { 'eks:DescribeCluster': { cluster: {} } }, 'malformed'],
    ['groups throttled', { 'ec2:DescribeSecurityGroups': 'unavailable' }, 'unavailable'],
    ['groups gone', { 'ec2:DescribeSecurityGroups': 'gone' }, 'gone'],
    ['one group missing', { 'ec2:DescribeSecurityGroups': { SecurityGroups: [] } }, 'malformed'],
    [
      'rules left out',
      { 'ec2:DescribeSecurityGroups': { SecurityGroups: [{ GroupId: 'sg-0c1b2c3d4e5f60718' }] } },
      'malformed',
    ],
  ])('cannot tell who reaches its nodes: %s', async (_, changed, outcome) => {
    const answers = {
      'ec2:DescribeLaunchTemplateVersions': template({}),
      'eks:DescribeCluster': { cluster: { resourcesVpcConfig: { clusterSecurityGroupId: 'sg-0c1b2c3d4e5f60718' } } },
      'ec2:DescribeSecurityGroups': { SecurityGroups: [group('sg-0c1b2c3d4e5f60718')] },
      ...changed,
    };
    const made = Object.fromEntries(Object.entries(answers).map(([action, answer]) => [action, () => answer]));
    const read = await nodegroup.facets.remoteAccessGroups.read(fakeReader(made), templated, at, []);
    expect([read.outcome, read.began]).toEqual([outcome, 1]);
  });
});
