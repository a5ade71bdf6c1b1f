import type {
  Cluster,
  CreateClusterRequest,
  DeleteClusterRequest,
  DescribeClusterRequest,
  DescribeClusterVersionsRequest,
  ListClustersRequest,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-eks';
import type { Plain } from '../account.ts';
import { AwsFault, type Call, type Operations, page } from '../call.ts';
import { createAccessEntry, deleteAccessEntry, listAccessEntries, listInsights } from './eks-access.ts';
import { checkPublicCidrs, invalid, loggingAfter } from './eks-changes.ts';
import { nodegroupReads, nodegroupWrites } from './eks-nodegroups.ts';
import {
  associateEncryptionConfig,
  clusterNamed,
  describeUpdate,
  once,
  updateClusterConfig,
  updateClusterVersion,
} from './eks-updates.ts';

const badToken = () => invalid('nextToken is invalid');

function describeCluster({ name = '' }: Plain<DescribeClusterRequest>, call: Call): object {
  return { cluster: clusterNamed(name, call) };
}

function listClusters({ nextToken, maxResults }: Plain<ListClustersRequest>, call: Call): object {
  const names = Object.keys(call.here.clusters).sort();
  const { items, next } = page('clusters', names, { token: nextToken, most: maxResults }, call, badToken);
  return { clusters: items, nextToken: next };
}

/** Without `includeAll` only versions that are still supported. */
function describeClusterVersions(request: Plain<DescribeClusterVersionsRequest>, call: Call): object {
  const { includeAll, defaultOnly, clusterVersions, versionStatus, clusterType, nextToken, maxResults } = request;
  const wanted = Object.values(call.here.clusterVersions)
    .filter((row) => includeAll || clusterVersions || row.versionStatus !== 'UNSUPPORTED')
    .filter((row) => !defaultOnly || row.defaultVersion)
    .filter((row) => !clusterVersions || clusterVersions.includes(row.clusterVersion ?? ''))
    .filter((row) => !versionStatus || row.versionStatus === versionStatus)
    .filter((row) => !clusterType || row.clusterType === clusterType)
    .sort((a, b) => Number(b.clusterVersion?.split('.')[1]) - Number(a.clusterVersion?.split('.')[1]));
  const { items, next } = page('versions', wanted, { token: nextToken, most: maxResults }, call, badToken);
  return { clusterVersions: items, nextToken: next };
}

/** What EKS makes of a request that leaves things out: an open endpoint, no logs, access by aws-auth. */
function newCluster(request: Plain<CreateClusterRequest>, call: Call): Plain<Cluster> {
  const { clientRequestToken: _, bootstrapSelfManagedAddons: __, resourcesVpcConfig: vpc, ...asked } = request;
  const { name = '', version = '' } = asked;
  const { accountId, partition, region, here } = call;
  const isPublic = vpc?.endpointPublicAccess ?? true;
  return {
    ...(asked as object),
    name,
    arn: `arn:${partition}:eks:${region}:${accountId}:cluster/${name}`,
    createdAt: call.at,
    status: 'CREATING',
    version,
    platformVersion: here.clusterVersions[version]?.defaultPlatformVersion ?? 'eks.1',
    resourcesVpcConfig: {
      subnetIds: vpc?.subnetIds ?? [],
      securityGroupIds: vpc?.securityGroupIds ?? [],
      vpcId: here.subnets[vpc?.subnetIds?.[0] ?? '']?.VpcId,
      endpointPublicAccess: isPublic,
      endpointPrivateAccess: vpc?.endpointPrivateAccess ?? false,
      publicAccessCidrs: vpc?.publicAccessCidrs ?? (isPublic ? ['0.0.0.0/0'] : []),
    },
    kubernetesNetworkConfig: { serviceIpv4Cidr: '172.20.0.0/16', ipFamily: 'ipv4', ...asked.kubernetesNetworkConfig },
    logging: loggingAfter(undefined, asked.logging ?? {}),
    accessConfig: {
      authenticationMode: 'CONFIG_MAP',
      bootstrapClusterCreatorAdminPermissions: true,
      ...asked.accessConfig,
    },
    upgradePolicy: asked.upgradePolicy ?? { supportType: 'EXTENDED' },
    deletionProtection: asked.deletionProtection ?? false,
    health: { issues: [] },
    tags: asked.tags ?? {},
  };
}

function createCluster(request: Plain<CreateClusterRequest>, call: Call): object {
  const { clientRequestToken, ...asked } = request;
  const run = () => {
    const { name = '', resourcesVpcConfig } = asked;
    const newest = Object.values(call.here.clusterVersions).find(
      ({ defaultVersion }) => defaultVersion,
    )?.clusterVersion;
    const version = asked.version ?? newest ?? '1.36';
    if (call.here.clusters[name])
      throw new AwsFault('ResourceInUseException', `Cluster already exists with name: ${name}`, 409, {
        clusterName: name,
      });
    if (!/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/.test(name)) throw invalid(`The name ${name} is not a cluster name`);
    if (!call.here.clusterVersions[version]) throw invalid(`unsupported Kubernetes version ${version}`);
    checkPublicCidrs(resourcesVpcConfig?.publicAccessCidrs ?? []);
    const made = newCluster({ ...asked, version }, call);
    call.here.clusters[name] = made;
    const { createdAt } = made;
    const [issuer, group, endpoint] = [call.id(), call.id(), call.id()].map((id) =>
      id.replaceAll('-', '').toUpperCase(),
    );
    call.later(call.durations.createCluster, ({ clusters }) => {
      const cluster = clusters[name];
      if (cluster?.status !== 'CREATING' || cluster.createdAt !== createdAt) return;
      cluster.status = 'ACTIVE';
      cluster.endpoint = `https://${endpoint}.gr7.${call.region}.eks.amazonaws.com`;
      cluster.identity = { oidc: { issuer: `https://oidc.eks.${call.region}.amazonaws.com/id/${issuer}` } };
      cluster.certificateAuthority = { data: 'LS0tLS1CRUdJTg==' };
      if (cluster.resourcesVpcConfig)
        cluster.resourcesVpcConfig.clusterSecurityGroupId = `sg-${group?.slice(0, 17).toLowerCase()}`;
    });
    return structuredClone({ cluster: made });
  };
  return clientRequestToken ? once(call, `create/${asked.name}/${clientRequestToken}`, asked, run) : run();
}

function deleteCluster({ name = '' }: Plain<DeleteClusterRequest>, call: Call): object {
  const cluster = clusterNamed(name, call);
  const { createdAt } = cluster;
  if (cluster.deletionProtection)
    throw new AwsFault('InvalidRequestException', `Cluster ${name} has deletion protection enabled`, 400, {
      clusterName: name,
    });
  if (Object.keys(call.here.nodegroups).some((key) => key.startsWith(`${name}/`))) {
    throw new AwsFault('ResourceInUseException', 'Cluster has nodegroups attached', 409, { clusterName: name });
  }
  cluster.status = 'DELETING';
  call.later(call.durations.deleteCluster, ({ clusters, updates }) => {
    if (clusters[name]?.status !== 'DELETING' || clusters[name].createdAt !== createdAt) return;
    delete clusters[name];
    for (const key of Object.keys(updates)) if (key.startsWith(`${name}/`)) delete updates[key];
  });
  return structuredClone({ cluster });
}

function taggedBy(arn: string, call: Call): { tags?: Record<string, string> | undefined } {
  const all = [...Object.values(call.here.clusters), ...Object.values(call.here.nodegroups)];
  const found = all.find(
    (one) => ('nodegroupArn' in one ? one.nodegroupArn : 'arn' in one ? one.arn : undefined) === arn,
  );
  if (!found) throw new AwsFault('NotFoundException', `Resource ${arn} was not found`, 404);
  return found;
}

function tagResource({ resourceArn = '', tags = {} }: Plain<TagResourceRequest>, call: Call): object {
  const resource = taggedBy(resourceArn, call);
  resource.tags = { ...resource.tags, ...tags };
  return {};
}

function untagResource({ resourceArn = '', tagKeys = [] }: Plain<UntagResourceRequest>, call: Call): object {
  const resource = taggedBy(resourceArn, call);
  resource.tags = Object.fromEntries(Object.entries(resource.tags ?? {}).filter(([key]) => !tagKeys.includes(key)));
  return {};
}

export const eks: Operations = {
  reads: {
    DescribeCluster: describeCluster,
    DescribeClusterVersions: describeClusterVersions,
    DescribeUpdate: describeUpdate,
    ListAccessEntries: listAccessEntries,
    ListClusters: listClusters,
    ListInsights: listInsights,
    ...nodegroupReads,
  },
  writes: {
    AssociateEncryptionConfig: associateEncryptionConfig,
    CreateAccessEntry: createAccessEntry,
    CreateCluster: createCluster,
    DeleteAccessEntry: deleteAccessEntry,
    DeleteCluster: deleteCluster,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateClusterConfig: updateClusterConfig,
    UpdateClusterVersion: updateClusterVersion,
    ...nodegroupWrites,
  },
};
