import type * as sdk from '@aws-sdk/client-ec2';
import type { Plain } from '../account.ts';
import { AwsFault, type Call, type Operations, page } from '../call.ts';
import { byIds, type Filterable, filtered } from './ec2-filters.ts';
import { authorizeIngress, createSecurityGroup, revokeIngress } from './ec2-groups.ts';

type Described = {
  Filters?: Plain<sdk.Filter>[] | undefined;
  NextToken?: string | undefined;
  MaxResults?: number | undefined;
};

const badToken = () => new AwsFault('InvalidNextToken', 'The token is not valid');

/** Filters and pages what was found; the list's name is the answer's. */
function answer<T extends { Tags?: Plain<sdk.Tag>[] | undefined }>(
  name: string,
  found: readonly T[],
  request: Described,
  filterable: Filterable<T>,
  call: Call,
): object {
  const wanted = filtered(found, request.Filters, filterable);
  const asked = { token: request.NextToken, most: request.MaxResults ?? 1000 };
  const { items, next } = page(name, wanted, asked, call, badToken);
  return { [name]: items, NextToken: next };
}

const missing = (code: string, what: string) => (id: string) =>
  new AwsFault(code, `The ${what} ID '${id}' does not exist`);

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
    'route.destination-cidr-block': ({ Routes }) => (Routes ?? []).map(({ DestinationCidrBlock }) => DestinationCidrBlock),
  };
  return answer('RouteTables', found, request, filterable, call);
}

function describeSecurityGroups(request: Plain<sdk.DescribeSecurityGroupsRequest>, call: Call): object {
  const { GroupIds, GroupNames } = request;
  const byName = Object.values(call.here.securityGroups).filter(({ GroupName }) => GroupNames?.includes(GroupName ?? ''));
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
      (IpPermissions ?? []).flatMap(({ PrefixListIds }) => (PrefixListIds ?? []).map(({ PrefixListId }) => PrefixListId)),
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
  throw new AwsFault('InvalidParameterValue', `Value (${Attribute}) for parameter attribute is invalid. Unknown attribute.`);
}

function describeImages(request: Plain<sdk.DescribeImagesRequest>, call: Call): object {
  const { ImageIds, Owners } = request;
  const found = byIds(
    call.here.machineImages,
    ImageIds,
    (id) => new AwsFault('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`),
  ).filter(
    ({ OwnerId, ImageOwnerAlias }) =>
      !Owners?.length ||
      Owners.some((owner) => owner === OwnerId || owner === ImageOwnerAlias || (owner === 'self' && OwnerId === call.accountId)),
  );
  const filterable: Filterable<Plain<sdk.Image>> = {
    'image-id': ({ ImageId }) => [ImageId],
    'owner-id': ({ OwnerId }) => [OwnerId],
    'owner-alias': ({ ImageOwnerAlias }) => [ImageOwnerAlias],
    name: ({ Name }) => [Name],
    state: ({ State }) => [State],
  };
  return answer('Images', found, request, filterable, call);
}

function describeLaunchTemplateVersions(request: Plain<sdk.DescribeLaunchTemplateVersionsRequest>, call: Call): object {
  const { LaunchTemplateId: id, LaunchTemplateName: name, Versions } = request;
  if ((id === undefined) === (name === undefined)) {
    throw new AwsFault('InvalidParameterCombination', 'Exactly one of LaunchTemplateId and LaunchTemplateName must be given');
  }
  const all = Object.values(call.here.launchTemplates).filter((version) =>
    id === undefined ? version.LaunchTemplateName === name : version.LaunchTemplateId === id,
  );
  if (all.length === 0) {
    throw id === undefined
      ? new AwsFault('InvalidLaunchTemplateName.NotFoundException', 'At least one of the launch templates specified in the request does not exist.')
      : new AwsFault('InvalidLaunchTemplateId.NotFound', 'The specified launch template, with template ID ' + `${id}, does not exist.`);
  }
  const latest = Math.max(...all.map(({ VersionNumber }) => VersionNumber ?? 0));
  const named = (wanted: string) =>
    all.filter((one) =>
      wanted === '$Latest' ? one.VersionNumber === latest : wanted === '$Default' ? one.DefaultVersion : String(one.VersionNumber) === wanted,
    );
  const found = Versions?.length
    ? Versions.flatMap((wanted) => {
        const versions = named(wanted);
        if (versions.length === 0) throw new AwsFault('InvalidLaunchTemplateId.VersionNotFound', `Could not find the specified version ${wanted} for the launch template with ID ${id ?? name}.`);
        return versions;
      })
    : all;
  return answer<Plain<sdk.LaunchTemplateVersion> & { Tags?: never }>('LaunchTemplateVersions', found, request, {}, call);
}

function getManagedPrefixListEntries(request: Plain<sdk.GetManagedPrefixListEntriesRequest>, call: Call): object {
  const id = request.PrefixListId ?? '';
  const [entries = []] = byIds(call.here.prefixLists, [id], missing('InvalidPrefixListID.NotFound', 'prefix list'));
  const asked = { token: request.NextToken, most: request.MaxResults };
  const { items, next } = page('entries', entries, asked, call, badToken);
  return { Entries: items, NextToken: next };
}

export const ec2: Operations = {
  reads: {
    DescribeImages: describeImages,
    DescribeLaunchTemplateVersions: describeLaunchTemplateVersions,
    DescribeRouteTables: describeRouteTables,
    DescribeSecurityGroups: describeSecurityGroups,
    DescribeSubnets: describeSubnets,
    DescribeVpcAttribute: describeVpcAttribute,
    DescribeVpcs: describeVpcs,
    GetManagedPrefixListEntries: getManagedPrefixListEntries,
  },
  writes: {
    AuthorizeSecurityGroupIngress: authorizeIngress,
    CreateSecurityGroup: createSecurityGroup,
    RevokeSecurityGroupIngress: revokeIngress,
  },
};
