import type * as sdk from '@aws-sdk/client-ec2';
import type { Plain } from '../account.ts';
import { AwsFault, type Call, type Operations, page } from '../call.ts';
import { answer, badToken, byIds, type Filterable, missing } from './ec2-filters.ts';
import { authorizeIngress, createSecurityGroup, revokeIngress } from './ec2-groups.ts';
import { describeImages, describeLaunchTemplateVersions } from './ec2-launch.ts';
import { describeSecurityGroupRules } from './ec2-rules.ts';

function describeSubnets(request: Plain<sdk.DescribeSubnetsRequest>, call: Call): object {
  const found = byIds(call.here.subnets, request.SubnetIds, missing('InvalidSubnetID.NotFound', 'subnet'));
  const filterable: Filterable<Plain<sdk.Subnet>> = {
    'subnet-id': ({ SubnetId }) => [SubnetId],
    'vpc-id': ({ VpcId }) => [VpcId],
    'availability-zone': ({ AvailabilityZone }) => [AvailabilityZone],
    'map-public-ip-on-launch': ({ MapPublicIpOnLaunch }) => [MapPublicIpOnLaunch],
    state: ({ State }) => [State],
  };
  return answer('Subnets', found, request, filterable, call);
}

function describeRouteTables(request: Plain<sdk.DescribeRouteTablesRequest>, call: Call): object {
  const { routeTables } = call.here;
  const found = byIds(routeTables, request.RouteTableIds, missing('InvalidRouteTableID.NotFound', 'routeTable'));
  const filterable: Filterable<Plain<sdk.RouteTable>> = {
    'route-table-id': ({ RouteTableId }) => [RouteTableId],
    'vpc-id': ({ VpcId }) => [VpcId],
    'association.subnet-id': ({ Associations }) => (Associations ?? []).map(({ SubnetId }) => SubnetId),
    'association.main': ({ Associations }) => (Associations ?? []).map(({ Main }) => Main),
    'association.route-table-association-id': ({ Associations }) =>
      (Associations ?? []).map(({ RouteTableAssociationId }) => RouteTableAssociationId),
    'route.gateway-id': ({ Routes }) => (Routes ?? []).map(({ GatewayId }) => GatewayId),
    'route.destination-cidr-block': ({ Routes }) =>
      (Routes ?? []).map(({ DestinationCidrBlock }) => DestinationCidrBlock),
  };
  return answer('RouteTables', found, request, filterable, call);
}

function describeSecurityGroups(request: Plain<sdk.DescribeSecurityGroupsRequest>, call: Call): object {
  const { GroupIds, GroupNames } = request;
  const byName = Object.values(call.here.securityGroups).filter(({ GroupName }) =>
    GroupNames?.includes(GroupName ?? ''),
  );
  const unnamed = GroupNames?.find((name) => !byName.some(({ GroupName }) => GroupName === name));
  if (unnamed) throw new AwsFault('InvalidGroup.NotFound', `The security group '${unnamed}' does not exist`);
  const found = GroupNames?.length
    ? byName
    : byIds(
        call.here.securityGroups,
        GroupIds,
        (id) => new AwsFault('InvalidGroup.NotFound', `The security group '${id}' does not exist`),
      );
  const filterable: Filterable<Plain<sdk.SecurityGroup>> = {
    'group-id': ({ GroupId }) => [GroupId],
    'group-name': ({ GroupName }) => [GroupName],
    'vpc-id': ({ VpcId }) => [VpcId],
    'owner-id': ({ OwnerId }) => [OwnerId],
    'ip-permission.group-id': ({ IpPermissions }) =>
      (IpPermissions ?? []).flatMap(({ UserIdGroupPairs }) => (UserIdGroupPairs ?? []).map(({ GroupId }) => GroupId)),
    'ip-permission.cidr': ({ IpPermissions }) =>
      (IpPermissions ?? []).flatMap(({ IpRanges }) => (IpRanges ?? []).map(({ CidrIp }) => CidrIp)),
    'ip-permission.prefix-list-id': ({ IpPermissions }) =>
      (IpPermissions ?? []).flatMap(({ PrefixListIds }) =>
        (PrefixListIds ?? []).map(({ PrefixListId }) => PrefixListId),
      ),
  };
  return answer('SecurityGroups', found, request, filterable, call);
}

function describeVpcs(request: Plain<sdk.DescribeVpcsRequest>, call: Call): object {
  const found = byIds(call.here.vpcs, request.VpcIds, missing('InvalidVpcID.NotFound', 'vpc'));
  const filterable: Filterable<Plain<sdk.Vpc>> = {
    'vpc-id': ({ VpcId }) => [VpcId],
    cidr: ({ CidrBlock }) => [CidrBlock],
    'is-default': ({ IsDefault }) => [IsDefault],
  };
  return answer('Vpcs', found, request, filterable, call);
}

/** One attribute at a time; EC2 wraps its value. */
function describeVpcAttribute({ VpcId = '', Attribute }: Plain<sdk.DescribeVpcAttributeRequest>, call: Call): object {
  byIds(call.here.vpcs, [VpcId], missing('InvalidVpcID.NotFound', 'vpc'));
  const { enableDnsSupport = true, enableDnsHostnames = false } = call.here.vpcAttributes[VpcId] ?? {};
  if (Attribute === 'enableDnsSupport') return { VpcId, EnableDnsSupport: { Value: enableDnsSupport } };
  if (Attribute === 'enableDnsHostnames') return { VpcId, EnableDnsHostnames: { Value: enableDnsHostnames } };
  throw new AwsFault(
    'InvalidParameterValue',
    `Value (${Attribute}) for parameter attribute is invalid. Unknown attribute.`,
  );
}

/** One attribute at a time; names come only where names are resolved. */
function modifyVpcAttribute(request: Plain<sdk.ModifyVpcAttributeRequest>, call: Call): object {
  const { VpcId = '', EnableDnsSupport: support, EnableDnsHostnames: hostnames } = request;
  byIds(call.here.vpcs, [VpcId], missing('InvalidVpcID.NotFound', 'vpc'));
  if ((support === undefined) === (hostnames === undefined)) {
    throw new AwsFault('InvalidParameterCombination', 'Exactly one attribute must be given');
  }
  const before = call.here.vpcAttributes[VpcId] ?? {};
  if (hostnames?.Value && before.enableDnsSupport === false) {
    throw new AwsFault('InvalidParameterValue', 'enableDnsHostnames needs enableDnsSupport');
  }
  call.here.vpcAttributes[VpcId] = {
    ...before,
    ...(support?.Value === undefined ? {} : { enableDnsSupport: support.Value }),
    ...(hostnames?.Value === undefined ? {} : { enableDnsHostnames: hostnames.Value }),
  };
  return {};
}

function getManagedPrefixListEntries(request: Plain<sdk.GetManagedPrefixListEntriesRequest>, call: Call): object {
  const id = request.PrefixListId ?? '';
  const [entries = []] = byIds(call.here.prefixLists, [id], missing('InvalidPrefixListID.NotFound', 'prefix list'));
  const asked = { token: request.NextToken, most: request.MaxResults };
  const { items, next } = page('entries', entries, asked, call, badToken);
  return { Entries: items, NextToken: next };
}

/** Those of the account's document are enabled; a story makes others answer as a region does that is not. */
function describeRegions({ RegionNames, AllRegions }: Plain<sdk.DescribeRegionsRequest>, call: Call): object {
  const here = Object.keys(call.account.regions).map((name) => [name, 'opt-in-not-required'] as const);
  const others = (RegionNames ?? []).flatMap((name) =>
    Object.hasOwn(call.account.regions, name) || !AllRegions ? [] : [[name, 'not-opted-in'] as const],
  );
  const wanted = [...here, ...others].filter(([name]) => RegionNames?.includes(name) ?? true);
  return { Regions: wanted.map(([RegionName, OptInStatus]) => ({ RegionName, OptInStatus })) };
}

export const ec2: Operations = {
  reads: {
    DescribeImages: describeImages,
    DescribeLaunchTemplateVersions: describeLaunchTemplateVersions,
    DescribeRegions: describeRegions,
    DescribeRouteTables: describeRouteTables,
    DescribeSecurityGroupRules: describeSecurityGroupRules,
    DescribeSecurityGroups: describeSecurityGroups,
    DescribeSubnets: describeSubnets,
    DescribeVpcAttribute: describeVpcAttribute,
    DescribeVpcs: describeVpcs,
    GetManagedPrefixListEntries: getManagedPrefixListEntries,
  },
  writes: {
    AuthorizeSecurityGroupIngress: authorizeIngress,
    CreateSecurityGroup: createSecurityGroup,
    ModifyVpcAttribute: modifyVpcAttribute,
    RevokeSecurityGroupIngress: revokeIngress,
  },
};
