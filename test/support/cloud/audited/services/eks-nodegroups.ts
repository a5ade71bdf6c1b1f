import type {
  CreateNodegroupRequest,
  DeleteNodegroupRequest,
  DescribeNodegroupRequest,
  ListNodegroupsRequest,
  Nodegroup,
} from '@aws-sdk/client-eks';
import type { Plain } from '../account.ts';
import { AwsFault, type Call, page } from '../call.ts';
import { invalid } from './eks-changes.ts';
import { clusterNamed } from './eks-updates.ts';

function nodegroupNamed(clusterName: string, nodegroupName: string, call: Call): Plain<Nodegroup> {
  clusterNamed(clusterName, call);
  const nodegroup = call.here.nodegroups[`${clusterName}/${nodegroupName}`];
  if (!nodegroup) {
    throw new AwsFault('ResourceNotFoundException', `No node group found for name: ${nodegroupName}.`, 404, {
      clusterName,
      nodegroupName,
    });
  }
  return nodegroup;
}

function describeNodegroup(request: Plain<DescribeNodegroupRequest>, call: Call): object {
  return { nodegroup: nodegroupNamed(request.clusterName ?? '', request.nodegroupName ?? '', call) };
}

function listNodegroups(request: Plain<ListNodegroupsRequest>, call: Call): object {
  const { clusterName = '', nextToken, maxResults } = request;
  clusterNamed(clusterName, call);
  const names = Object.values(call.here.nodegroups)
    .filter((nodegroup) => nodegroup.clusterName === clusterName)
    .map(({ nodegroupName }) => nodegroupName)
    .sort();
  const { items, next } = page('nodegroups', names, { token: nextToken, most: maxResults }, call, () =>
    invalid('nextToken is invalid'),
  );
  return { nodegroups: items, nextToken: next };
}

/** With a key and no source groups, EKS opens port 22 of a group of its own to the world. */
function remoteAccessGroup(request: Plain<CreateNodegroupRequest>, call: Call): string | undefined {
  if (!request.remoteAccess?.ec2SshKey) return undefined;
  const GroupId = `sg-${call.id().replaceAll('-', '').slice(0, 17)}`;
  const sources = request.remoteAccess.sourceSecurityGroups ?? [];
  const from = sources.length
    ? { UserIdGroupPairs: sources.map((source) => ({ GroupId: source, UserId: call.accountId })), IpRanges: [] }
    : { UserIdGroupPairs: [], IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  call.here.securityGroups[GroupId] = {
    GroupId,
    GroupName: `eks-remoteAccess-${call.id()}`,
    Description: 'Security group for all nodes in the nodegroup to allow SSH access',
    OwnerId: call.accountId,
    VpcId: call.here.clusters[request.clusterName ?? '']?.resourcesVpcConfig?.vpcId,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, ...from, Ipv6Ranges: [], PrefixListIds: [] }],
    IpPermissionsEgress: [],
    Tags: [],
  };
  return GroupId;
}

function createNodegroup(request: Plain<CreateNodegroupRequest>, call: Call): object {
  const { clientRequestToken: _, subnets, launchTemplate, ...asked } = request;
  const { clusterName = '', nodegroupName = '' } = asked;
  const cluster = clusterNamed(clusterName, call);
  if (cluster.status === 'CREATING' || cluster.status === 'DELETING') {
    throw new AwsFault('InvalidRequestException', `Cluster '${clusterName}' is not in ACTIVE status`);
  }
  const key = `${clusterName}/${nodegroupName}`;
  if (call.here.nodegroups[key]) {
    const message = `NodeGroup already exists with name ${nodegroupName} and cluster name ${clusterName}`;
    throw new AwsFault('ResourceInUseException', message, 409);
  }
  const unknown = (subnets ?? []).filter((subnet) => !call.here.subnets[subnet]);
  if (unknown.length > 0) throw invalid(`The subnet ID '${unknown[0]}' does not exist`);
  const { partition, region, accountId } = call;
  const group = remoteAccessGroup(request, call);
  call.here.nodegroups[key] = {
    version: cluster.version,
    amiType: 'AL2023_x86_64_STANDARD',
    capacityType: 'ON_DEMAND',
    scalingConfig: { minSize: 1, maxSize: 2, desiredSize: 2 },
    instanceTypes: ['t3.medium'],
    ...(launchTemplate ? { launchTemplate } : { diskSize: 20 }),
    ...asked,
    subnets,
    status: 'CREATING',
    createdAt: call.at,
    modifiedAt: call.at,
    nodegroupArn: `arn:${partition}:eks:${region}:${accountId}:nodegroup/${key}/${call.id()}`,
    resources: group ? { remoteAccessSecurityGroup: group } : {},
    health: { issues: [] },
    tags: asked.tags ?? {},
  };
  call.later(call.durations.createNodegroup, ({ nodegroups }) => {
    const made = nodegroups[key];
    if (made?.status === 'CREATING') made.status = 'ACTIVE';
  });
  return structuredClone({ nodegroup: call.here.nodegroups[key] });
}

function deleteNodegroup(request: Plain<DeleteNodegroupRequest>, call: Call): object {
  const { clusterName = '', nodegroupName = '' } = request;
  const nodegroup = nodegroupNamed(clusterName, nodegroupName, call);
  nodegroup.status = 'DELETING';
  call.later(call.durations.deleteNodegroup, ({ nodegroups }) => {
    if (nodegroups[`${clusterName}/${nodegroupName}`]?.status === 'DELETING')
      delete nodegroups[`${clusterName}/${nodegroupName}`];
  });
  return structuredClone({ nodegroup });
}

export const nodegroupReads = { DescribeNodegroup: describeNodegroup, ListNodegroups: listNodegroups };
export const nodegroupWrites = { CreateNodegroup: createNodegroup, DeleteNodegroup: deleteNodegroup };
