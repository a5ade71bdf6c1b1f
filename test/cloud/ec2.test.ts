import {
  AuthorizeSecurityGroupIngressCommand,
  DescribeImagesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  GetManagedPrefixListEntriesCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { namesOf } from '../support/cloud/audited/index.ts';
import { ACCOUNT, aCloud, failure, REGION } from '../support/cloud/audited/testing.ts';

const names = namesOf(ACCOUNT, REGION);
const [privateA, privateB] = names.privateSubnets;

let cloud: Awaited<ReturnType<typeof aCloud>>;
beforeEach(async () => {
  cloud = await aCloud();
});
afterEach(() => cloud.stop());

it('describes subnets by id, in the order asked', async () => {
  const { Subnets } = await cloud.clients.ec2.send(new DescribeSubnetsCommand({ SubnetIds: [privateB, privateA] }));
  expect(Subnets).toEqual([
    expect.objectContaining({ SubnetId: privateB, AvailabilityZone: 'eu-west-1b', MapPublicIpOnLaunch: false }),
    expect.objectContaining({ SubnetId: privateA, AvailableIpAddressCount: 4051 }),
  ]);
});

it('finds route tables by subnet, by VPC and main, and by tag', async () => {
  const path = ['regions', REGION, 'routeTables', names.publicRouteTable];
  cloud.change(ACCOUNT, { Tags: [{ Key: 'tier', Value: 'public' }] }, path);
  const ask = async (...filters: [string, string][]) => {
    const Filters = filters.map(([Name, Value]) => ({ Name, Values: [Value] }));
    const { RouteTables = [] } = await cloud.clients.ec2.send(new DescribeRouteTablesCommand({ Filters }));
    return RouteTables.map(({ RouteTableId }) => RouteTableId);
  };
  expect([
    await ask(['association.subnet-id', privateA]),
    await ask(['vpc-id', names.vpc], ['association.main', 'true']),
    await ask(['tag:tier', 'pub*']),
    await ask(['vpc-id', 'vpc-other']),
  ]).toEqual([[names.privateRouteTable], [names.mainRouteTable], [names.publicRouteTable], []]);
});

it('sends routes and associations whole', async () => {
  const { RouteTables } = await cloud.clients.ec2.send(
    new DescribeRouteTablesCommand({ RouteTableIds: [names.publicRouteTable] }),
  );
  expect(RouteTables?.[0]).toMatchObject({
    Associations: [{ Main: false, SubnetId: names.publicSubnet, AssociationState: { State: 'associated' } }],
    Routes: [{ GatewayId: 'local' }, { DestinationCidrBlock: '0.0.0.0/0', GatewayId: names.internetGateway }],
  });
});

it('reads one VPC attribute at a time', async () => {
  const read = (Attribute: 'enableDnsSupport' | 'enableDnsHostnames') =>
    cloud.clients.ec2.send(new DescribeVpcAttributeCommand({ VpcId: names.vpc, Attribute }));
  cloud.change(ACCOUNT, { enableDnsHostnames: false }, ['regions', REGION, 'vpcAttributes', names.vpc]);
  const answers = [await read('enableDnsSupport'), await read('enableDnsHostnames')];
  expect(answers.map(({ EnableDnsSupport, EnableDnsHostnames }) => [EnableDnsSupport, EnableDnsHostnames])).toEqual([
    [{ Value: true }, undefined],
    [undefined, { Value: false }],
  ]);
});

it('reads VPCs, machine images, prefix lists and launch template versions', async () => {
  const { ec2 } = cloud.clients;
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [names.vpc] }));
  const { Images } = await ec2.send(new DescribeImagesCommand({ Owners: ['self'] }));
  const { Entries } = await ec2.send(new GetManagedPrefixListEntriesCommand({ PrefixListId: 'pl-0a11c0ffee0a11c01' }));
  const versions = async (version: string) => {
    const input = { LaunchTemplateId: names.launchTemplate, Versions: [version] };
    return (await ec2.send(new DescribeLaunchTemplateVersionsCommand(input))).LaunchTemplateVersions;
  };
  expect(Vpcs?.[0]).toMatchObject({ CidrBlock: '10.20.0.0/16', IsDefault: false });
  expect(Images?.map(({ ImageId, OwnerId }) => [ImageId, OwnerId])).toEqual([['ami-0c0ffee0c0ffee001', ACCOUNT]]);
  expect(Entries).toEqual([{ Cidr: '203.0.113.0/24', Description: 'The office' }]);
  expect(await versions('$Latest')).toEqual(await versions('1'));
  expect((await versions('$Default'))?.[0]).toMatchObject({
    CreateTime: new Date('2026-06-15T08:50:02Z'),
    LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 } },
  });
});

it.each([
  ['InvalidSubnetID.NotFound', new DescribeSubnetsCommand({ SubnetIds: ['subnet-0'] })],
  ['InvalidRouteTableID.NotFound', new DescribeRouteTablesCommand({ RouteTableIds: ['rtb-0'] })],
  ['InvalidGroup.NotFound', new DescribeSecurityGroupsCommand({ GroupIds: ['sg-0'] })],
  ['InvalidVpcID.NotFound', new DescribeVpcsCommand({ VpcIds: ['vpc-0'] })],
  ['InvalidVpcID.NotFound', new DescribeVpcAttributeCommand({ VpcId: 'vpc-0', Attribute: 'enableDnsSupport' })],
  ['InvalidAMIID.NotFound', new DescribeImagesCommand({ ImageIds: ['ami-0'] })],
  ['InvalidPrefixListID.NotFound', new GetManagedPrefixListEntriesCommand({ PrefixListId: 'pl-0' })],
  ['InvalidLaunchTemplateId.NotFound', new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: 'lt-0' })],
  [
    'InvalidLaunchTemplateName.NotFoundException',
    new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateName: 'x' }),
  ],
  [
    'InvalidLaunchTemplateId.VersionNotFound',
    new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: names.launchTemplate, Versions: ['7'] }),
  ],
  ['InvalidParameterValue', new DescribeVpcsCommand({ Filters: [{ Name: 'colour', Values: ['red'] }] })],
])('says %s', async (code, command) => {
  const { name, status } = await failure(cloud.clients.ec2.send(command as never));
  expect([name, status]).toEqual([code, 400]);
});

it('opens and closes a security group, with the events that EC2 makes of it', async () => {
  const rule = (CidrIp: string) => ({ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp }] });
  const { ec2 } = cloud.clients;
  const GroupId = names.nodeGroupSecurity;
  const open = new AuthorizeSecurityGroupIngressCommand({
    GroupId,
    IpPermissions: [rule('0.0.0.0/0'), rule('203.0.113.0/24')],
  });
  await ec2.send(open);
  const twice = await failure(ec2.send(open));
  await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: [rule('203.0.113.0/24')] }));
  const never = await failure(
    ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: [rule('192.0.2.0/24')] })),
  );
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }));
  expect(SecurityGroups?.[0]?.IpPermissions?.slice(1)).toEqual([
    { ...rule('0.0.0.0/0'), Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] },
  ]);
  expect([twice.name, never.name]).toEqual(['InvalidPermission.Duplicate', 'InvalidPermission.NotFound']);
  const item = (cidrIp: string) => ({
    ipProtocol: 'tcp',
    fromPort: 22,
    toPort: 22,
    groups: {},
    ipRanges: { items: [{ cidrIp }] },
    ipv6Ranges: {},
    prefixListIds: {},
  });
  expect(cloud.events[0]).toMatchObject({
    eventSource: 'ec2.amazonaws.com',
    eventName: 'AuthorizeSecurityGroupIngress',
    requestParameters: { groupId: GroupId, ipPermissions: { items: [item('0.0.0.0/0'), item('203.0.113.0/24')] } },
    responseElements: { requestId: expect.any(String), _return: true },
  });
  expect(cloud.events.map(({ errorCode }) => errorCode)).toEqual([
    undefined,
    'Client.InvalidPermission.Duplicate',
    undefined,
    'Client.InvalidPermission.NotFound',
  ]);
});
