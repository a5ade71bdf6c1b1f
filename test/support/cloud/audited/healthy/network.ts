import type { Region } from '../account.ts';
import type { Names } from './names.ts';

type Network = Pick<Region, 'vpcs' | 'vpcAttributes' | 'subnets' | 'routeTables' | 'securityGroups' | 'prefixLists'>;

const VPC_CIDR = '10.20.0.0/16';

function subnet(names: Names, id: string, zone: string, CidrBlock: string): Region['subnets'][string] {
  return {
    SubnetId: id,
    SubnetArn: names.arn('ec2', `subnet/${id}`),
    VpcId: names.vpc,
    AvailabilityZone: `${names.region}${zone}`,
    CidrBlock,
    AvailableIpAddressCount: 4051,
    DefaultForAz: false,
    MapPublicIpOnLaunch: false,
    OwnerId: names.account,
    State: 'available',
    Ipv6CidrBlockAssociationSet: [],
    Tags: [],
  };
}

const local = {
  DestinationCidrBlock: VPC_CIDR,
  GatewayId: 'local',
  Origin: 'CreateRouteTable' as const,
  State: 'active' as const,
};

function routeTable(
  names: Names,
  RouteTableId: string,
  of: { subnets?: readonly string[]; main?: boolean; routes?: NonNullable<Region['routeTables'][string]['Routes']> },
): Region['routeTables'][string] {
  const association = (more: object, at: number) => ({
    RouteTableAssociationId: `rtbassoc-${RouteTableId.slice(4, 20)}${at}`,
    RouteTableId,
    AssociationState: { State: 'associated' as const },
    ...more,
  });
  return {
    RouteTableId,
    VpcId: names.vpc,
    OwnerId: names.account,
    Associations: [
      ...(of.main ? [association({ Main: true }, 0)] : []),
      ...(of.subnets ?? []).map((SubnetId, at) => association({ Main: false, SubnetId }, at + 1)),
    ],
    PropagatingVgws: [],
    Routes: [local, ...(of.routes ?? [])],
    Tags: [],
  };
}

function securityGroup(
  names: Names,
  GroupId: string,
  GroupName: string,
  Description: string,
  from: string,
): Region['securityGroups'][string] {
  return {
    GroupId,
    GroupName,
    Description,
    OwnerId: names.account,
    VpcId: names.vpc,
    SecurityGroupArn: names.arn('ec2', `security-group/${GroupId}`),
    IpPermissions: [
      {
        IpProtocol: '-1',
        IpRanges: [],
        Ipv6Ranges: [],
        PrefixListIds: [],
        UserIdGroupPairs: [{ GroupId: from, UserId: names.account }],
      },
    ],
    IpPermissionsEgress: [
      {
        IpProtocol: '-1',
        IpRanges: [{ CidrIp: '0.0.0.0/0' }],
        Ipv6Ranges: [],
        PrefixListIds: [],
        UserIdGroupPairs: [],
      },
    ],
    Tags: [],
  };
}

function ourVpc(names: Names): Region['vpcs'][string] {
  return {
    VpcId: names.vpc,
    CidrBlock: VPC_CIDR,
    CidrBlockAssociationSet: [
      {
        AssociationId: 'vpc-cidr-assoc-0f1e2d3c4b5a69788',
        CidrBlock: VPC_CIDR,
        CidrBlockState: { State: 'associated' },
      },
    ],
    Ipv6CidrBlockAssociationSet: [],
    DhcpOptionsId: 'dopt-0123456789abcdef0',
    InstanceTenancy: 'default',
    IsDefault: false,
    OwnerId: names.account,
    State: 'available',
    Tags: [{ Key: 'Name', Value: 'payments' }],
  };
}

function routeTables(names: Names): Region['routeTables'] {
  const { privateSubnets, publicSubnet } = names;
  const nat = {
    DestinationCidrBlock: '0.0.0.0/0',
    NatGatewayId: 'nat-0a1b2c3d4e5f60718',
    Origin: 'CreateRoute' as const,
    State: 'active' as const,
  };
  const internet = {
    DestinationCidrBlock: '0.0.0.0/0',
    GatewayId: names.internetGateway,
    Origin: 'CreateRoute' as const,
    State: 'active' as const,
  };
  return {
    [names.mainRouteTable]: routeTable(names, names.mainRouteTable, { main: true }),
    [names.privateRouteTable]: routeTable(names, names.privateRouteTable, { subnets: privateSubnets, routes: [nat] }),
    [names.publicRouteTable]: routeTable(names, names.publicRouteTable, {
      subnets: [publicSubnet],
      routes: [internet],
    }),
  };
}

/** Nodes in private subnets behind a NAT gateway; one public subnet that nothing of ours is in. */
export function healthyNetwork(names: Names): Network {
  const { vpc, privateSubnets, publicSubnet, clusterGroup, nodeGroupSecurity } = names;
  const [first, second] = privateSubnets;
  return {
    vpcs: { [vpc]: ourVpc(names) },
    vpcAttributes: { [vpc]: { enableDnsSupport: true, enableDnsHostnames: true } },
    subnets: {
      [first]: subnet(names, first, 'a', '10.20.0.0/20'),
      [second]: subnet(names, second, 'b', '10.20.16.0/20'),
      [publicSubnet]: subnet(names, publicSubnet, 'a', '10.20.240.0/24'),
    },
    routeTables: routeTables(names),
    securityGroups: {
      [clusterGroup]: securityGroup(
        names,
        clusterGroup,
        `eks-cluster-sg-${names.cluster}`,
        'EKS created security group',
        clusterGroup,
      ),
      [nodeGroupSecurity]: securityGroup(
        names,
        nodeGroupSecurity,
        'payments-workers',
        'Nodes of payments',
        clusterGroup,
      ),
    },
    prefixLists: { 'pl-0a11c0ffee0a11c01': [{ Cidr: '203.0.113.0/24', Description: 'The office' }] },
  };
}
