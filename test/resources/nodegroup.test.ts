import type { RouteTable, SecurityGroup } from '@aws-sdk/client-ec2';
import type { Nodegroup } from '@aws-sdk/client-eks';
import { describe, expect, it } from 'vitest';
import { nodegroup } from '../../shared/resources/nodegroup.ts';
import { fakeReader, lacking, unread } from '../support/fake-reader.ts';
import { aResource, lines } from '../support/located.ts';

const at = aResource('nodegroup', 'payments/workers');
const FIRST = 'subnet-0a1b2c3d4e5f60718';
const SECOND = 'subnet-0b1b2c3d4e5f60718';
const VPC = 'vpc-0a1b2c3d4e5f60718';

const workers: Nodegroup = {
  clusterName: 'payments',
  nodegroupName: 'workers',
  createdAt: new Date('2026-01-02T03:04:05Z'),
  nodeRole: 'arn:aws:iam::111122223333:role/payments-node',
  subnets: [FIRST, SECOND],
  amiType: 'AL2023_x86_64_STANDARD',
  tags: { team: 'payments' },
};
const templated: Nodegroup = {
  ...workers,
  amiType: 'CUSTOM',
  launchTemplate: { id: 'lt-0a1b2c3d4e5f60718', name: 'workers', version: '3' },
};

const inVpc = { Subnets: [FIRST, SECOND].map((SubnetId) => ({ SubnetId, VpcId: VPC, OwnerId: '444455556666' })) };
const toInternet = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-0a1b2c3d4e5f60718' };
const local = { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local' };
const main: RouteTable = {
  RouteTableId: 'rtb-0a1b2c3d4e5f60718',
  VpcId: VPC,
  Associations: [{ Main: true }],
  Routes: [local],
};
const own: RouteTable = {
  RouteTableId: 'rtb-0b1b2c3d4e5f60718',
  VpcId: VPC,
  Associations: [{ Main: false, SubnetId: SECOND }],
  Routes: [local, toInternet],
};
const template = (LaunchTemplateData: object) => ({
  LaunchTemplateVersions: [{ LaunchTemplateId: 'lt-0a1b2c3d4e5f60718', VersionNumber: 3, LaunchTemplateData }],
});
const group = (GroupId: string): SecurityGroup => ({ GroupId, IpPermissions: [{ IpProtocol: '-1' }] });

describe('node group', () => {
  it('reads itself by cluster and name', async () => {
    const reader = fakeReader({ 'eks:DescribeNodegroup': () => ({ nodegroup: workers }) });
    expect(await nodegroup.base?.(reader, at)).toEqual({ outcome: 'found', began: 1, value: workers });
    expect(reader.calls).toEqual([['eks:DescribeNodegroup', { clusterName: 'payments', nodegroupName: 'workers' }]]);
    expect(await nodegroup.base?.(fakeReader({ 'eks:DescribeNodegroup': () => ({}) }), at)).toEqual(
      lacking('eks:DescribeNodegroup', 1),
    );
  });

  it('belongs to its cluster, has tags and generations', () => {
    expect(nodegroup.clusters?.(workers, at)).toEqual(['payments']);
    expect([nodegroup.tags?.(workers), nodegroup.tags?.({})]).toEqual([{ team: 'payments' }, {}]);
    expect(nodegroup.generation?.(workers)).toBe('2026-01-02T03:04:05.000Z');
  });

  it.each([
    ['CREATING', 'unsettled'],
    ['UPDATING', 'unsettled'],
    ['DELETING', 'gone'],
    ['DEGRADED', 'settled'],
    ['CREATE_FAILED', 'settled'],
  ] as const)('%s is %s', (status, settled) => {
    expect(nodegroup.settled?.({ status })).toBe(settled);
  });

  it('links to what its base read names', () => {
    const base = { ...templated, resources: { remoteAccessSecurityGroup: 'sg-0a1b2c3d4e5f60718' } };
    expect(lines(nodegroup.links?.(base, {}, at) ?? [])).toEqual([
      'cluster → cluster payments',
      'node role → role payments-node in global',
      `node subnet → subnet ${FIRST}`,
      `node subnet → subnet ${SECOND}`,
      'launch template → launch-template lt-0a1b2c3d4e5f60718',
      'remote access security group → security-group sg-0a1b2c3d4e5f60718',
    ]);
    expect(nodegroup.links?.({}, {}, at)).toEqual([]);
  });

  it('links to route tables, to shared subnets where they belong, and to its template’s groups, once those are read', () => {
    const facets = {
      subnets: [{ id: FIRST, owner: '444455556666', routeTable: 'rtb-0a1b2c3d4e5f60718', public: false }],
      launchTemplate: {
        id: 'lt-0a1b2c3d4e5f60718',
        version: '3',
        imageId: null,
        keyName: null,
        securityGroups: ['sg-0a1b2c3d4e5f60718'],
        adminContainer: false,
      },
      remoteAccessGroups: [
        { id: 'sg-0a1b2c3d4e5f60718', as: 'launch template', ingress: [] },
        { id: 'sg-0b1b2c3d4e5f60718', as: 'cluster', ingress: [] },
      ] as const,
    };
    expect(lines(nodegroup.links?.({}, facets, at) ?? [])).toEqual([
      `node subnet → subnet ${FIRST} in 444455556666`,
      'route table of a node subnet → route-table rtb-0a1b2c3d4e5f60718 in 444455556666',
      'security group of the launch template → security-group sg-0a1b2c3d4e5f60718',
    ]);
  });

  it('knows a public subnet by its effective route table: its own, else the main one', async () => {
    const reader = fakeReader({
      'ec2:DescribeSubnets': () => inVpc,
      'ec2:DescribeRouteTables': () => ({ RouteTables: [own, main] }),
    });
    expect(await nodegroup.facets.subnets.read(reader, workers, at, [])).toEqual({
      outcome: 'found',
      began: 1,
      value: [
        { id: FIRST, owner: '444455556666', routeTable: 'rtb-0a1b2c3d4e5f60718', public: false },
        { id: SECOND, owner: '444455556666', routeTable: 'rtb-0b1b2c3d4e5f60718', public: true },
      ],
    });
    expect(reader.calls).toEqual([
      ['ec2:DescribeSubnets', { SubnetIds: [FIRST, SECOND] }],
      ['ec2:DescribeRouteTables', { Filters: [{ Name: 'vpc-id', Values: [VPC] }] }],
    ]);
  });

  it.each([
    ['IPv6 to the internet gateway', { DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-0a' }, true],
    [
      'IPv6 to an egress-only gateway',
      { DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-0a' },
      false,
    ],
    ['a NAT gateway', { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-0a' }, false],
    [
      'a network of ours by the internet gateway',
      { DestinationCidrBlock: '203.0.113.0/24', GatewayId: 'igw-0a' },
      false,
    ],
  ])('a default route: %s', async (_, route, isPublic) => {
    const reader = fakeReader({
      'ec2:DescribeSubnets': () => ({ Subnets: [{ SubnetId: FIRST, VpcId: VPC }] }),
      'ec2:DescribeRouteTables': () => ({ RouteTables: [{ ...main, Routes: [route] }] }),
    });
    expect(await nodegroup.facets.subnets.read(reader, { subnets: [FIRST] }, at, [])).toMatchObject({
      value: [{ id: FIRST, owner: null, public: isPublic }],
    });
  });

  it('is never private for want of an answer', async () => {
    const read = (base: Nodegroup, subnets: object | 'gone', tables: object | 'refused' = {}) =>
      nodegroup.facets.subnets.read(
        fakeReader({
          'ec2:DescribeSubnets': () => subnets as { Subnets: [] },
          'ec2:DescribeRouteTables': () => tables as { RouteTables: [] },
        }),
        base,
        at,
        [],
      );
    expect(await read({}, {})).toEqual(lacking('eks:DescribeNodegroup', Number.POSITIVE_INFINITY));
    expect(await read({ subnets: [] }, {})).toEqual(lacking('eks:DescribeNodegroup', Number.POSITIVE_INFINITY));
    expect(await read(workers, {})).toEqual(lacking('ec2:DescribeSubnets', 1));
    expect(await read(workers, 'gone')).toEqual({ outcome: 'gone', began: 1 });
    expect(await read(workers, { Subnets: [{ SubnetId: FIRST }] })).toEqual({ outcome: 'gone', began: 1 });
    expect(await read(workers, inVpc, 'refused')).toEqual({
      ...unread('refused', 'ec2:DescribeRouteTables', 2),
      began: 1,
    });
    expect(await read(workers, inVpc)).toEqual(lacking('ec2:DescribeRouteTables', 1));
    expect(await read(workers, inVpc, { RouteTables: [own] })).toEqual(lacking('ec2:DescribeRouteTables', 1));
    expect(await read(workers, inVpc, { RouteTables: [{ ...main, Routes: undefined }] })).toEqual(
      lacking('ec2:DescribeRouteTables', 1),
    );
  });

  it('has no launch template of its user’s without one', async () => {
    const read = await nodegroup.facets.launchTemplate.read(fakeReader({}), workers, at, []);
    expect(read).toEqual({ outcome: 'found', value: null, began: Number.POSITIVE_INFINITY });
  });

  it('keeps facts of its template in the version that it runs, and no user data', async () => {
    const reader = fakeReader({
      'ec2:DescribeLaunchTemplateVersions': () =>
        template({
          ImageId: 'ami-0a1b2c3d4e5f60718',
          KeyName: 'ops',
          SecurityGroupIds: ['sg-0a1b2c3d4e5f60718'],
          NetworkInterfaces: [{ Groups: ['sg-0b1b2c3d4e5f60718', 'sg-0a1b2c3d4e5f60718'] }, {}],
          UserData: Buffer.from('[settings.host-containers.admin]\nenabled = true\n').toString('base64'),
        }),
    });
    expect(await nodegroup.facets.launchTemplate.read(reader, templated, at, [])).toEqual({
      outcome: 'found',
      began: 1,
      value: {
        id: 'lt-0a1b2c3d4e5f60718',
        version: '3',
        imageId: 'ami-0a1b2c3d4e5f60718',
        keyName: 'ops',
        securityGroups: ['sg-0a1b2c3d4e5f60718', 'sg-0b1b2c3d4e5f60718'],
        adminContainer: true,
      },
    });
    expect(reader.calls).toEqual([
      ['ec2:DescribeLaunchTemplateVersions', { LaunchTemplateId: 'lt-0a1b2c3d4e5f60718', Versions: ['3'] }],
    ]);
  });

  it('asks for a template by its name where there is no id, and for its default where there is no version', async () => {
    const reader = fakeReader({ 'ec2:DescribeLaunchTemplateVersions': () => template({}) });
    const base = { launchTemplate: { name: 'workers' } };
    expect(await nodegroup.facets.launchTemplate.read(reader, base, at, [])).toMatchObject({
      value: { version: '$Default', imageId: null, keyName: null, securityGroups: [], adminContainer: false },
    });
    expect(reader.calls).toEqual([
      ['ec2:DescribeLaunchTemplateVersions', { LaunchTemplateName: 'workers', Versions: ['$Default'] }],
    ]);
  });

  it.each([
    ['gone', 'gone', { outcome: 'gone', began: 1 }],
    ['refused', 'refused', unread('refused', 'ec2:DescribeLaunchTemplateVersions', 1)],
    ['an empty list', { LaunchTemplateVersions: [] }, { outcome: 'gone', began: 1 }],
    ['no list', {}, lacking('ec2:DescribeLaunchTemplateVersions', 1)],
    ['no content', { LaunchTemplateVersions: [{}] }, lacking('ec2:DescribeLaunchTemplateVersions', 1)],
  ])('cannot read its template: %s', async (_, answer, expected) => {
    const reader = fakeReader({ 'ec2:DescribeLaunchTemplateVersions': () => answer as 'gone' });
    expect(await nodegroup.facets.launchTemplate.read(reader, templated, at, [])).toEqual(expected);
  });

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

  it('asks for the owner of a custom image only', async () => {
    const reader = fakeReader({
      'ec2:DescribeLaunchTemplateVersions': () => template({ ImageId: 'ami-0a1b2c3d4e5f60718' }),
      'ec2:DescribeImages': () => ({ Images: [{ OwnerId: '444455556666', Name: 'hardened' }] }),
    });
    expect(await nodegroup.facets.image.read(fakeReader({}), workers, at, [])).toMatchObject({ value: null });
    expect(await nodegroup.facets.image.read(reader, templated, at, [])).toEqual({
      outcome: 'found',
      began: 1,
      value: { id: 'ami-0a1b2c3d4e5f60718', name: 'hardened', owner: '444455556666', ownerAlias: null },
    });
    expect(reader.calls.at(-1)).toEqual(['ec2:DescribeImages', { ImageIds: ['ami-0a1b2c3d4e5f60718'] }]);
  });

  it.each([
    ['no template', { ...workers, amiType: 'CUSTOM' as const }, {}, 'malformed'],
    ['a template without an image', templated, template({}), 'malformed'],
    ['a template that is gone', templated, 'gone', 'gone'],
  ])('cannot name the owner of a custom image: %s', async (_, base, answer, outcome) => {
    const reader = fakeReader({ 'ec2:DescribeLaunchTemplateVersions': () => answer as 'gone' });
    expect((await nodegroup.facets.image.read(reader, base, at, [])).outcome).toBe(outcome);
  });

  it.each([
    ['gone', 'gone'],
    [{ Images: [] }, 'gone'],
    [{ Images: [{}] }, 'malformed'],
    [{}, 'malformed'],
    ['refused', 'refused'],
  ])('the image %j is %s', async (answer, outcome) => {
    const reader = fakeReader({
      'ec2:DescribeLaunchTemplateVersions': () => template({ ImageId: 'ami-0a1b2c3d4e5f60718' }),
      'ec2:DescribeImages': () => answer as 'gone',
    });
    const read = await nodegroup.facets.image.read(reader, templated, at, []);
    expect([read.outcome, read.began]).toEqual([outcome, 1]);
  });
});
