import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import type { Cluster, ClusterVersionInformation } from '@aws-sdk/client-eks';
import type { KeyMetadata } from '@aws-sdk/client-kms';
import { combine, known, onFound, orNull, type Read } from '../aws/read.ts';
import type { Reader } from '../aws/reader.ts';
import { arnName, arnNames, decoded } from './arn.ts';
import { firstId } from './ids.ts';
import { at, field, text } from './json.ts';
import { key, keyArnOf } from './key.ts';
import { defineKind, type Listed, type Locate } from './kind.ts';
import { near, toIssuer, toKey, toRole } from './links.ts';
import { listedIn } from './listed.ts';
import { logGroup, logGroupOf, logGroupsTogether, readLogGroup } from './log-group.ts';
import type { Link, Resource } from './resource.ts';
import { vpc } from './vpc.ts';

/** A type and no interface: an interface with an index signature would accept any facet's name. */
export type ClusterFacets = {
  /** The key that encrypts secrets; null where the cluster names none. */
  encryptionKey: KeyMetadata | null;
  /** Null where EKS lists no such version: it is no longer supported. */
  versionStatus: ClusterVersionInformation | null;
  /** The DNS switches of the cluster's VPC; null where it has none (external clusters). */
  vpcDns: { enableDnsSupport: boolean; enableDnsHostnames: boolean } | null;
  /** The log group of the control plane; null where there is none. */
  logGroup: LogGroup | null;
};

/** Every EKS call puts the cluster into the URI label `name`; an old sample of CreateCluster has `clusterName`. */
const named: Locate = ({ request, response, arns }) =>
  firstId(
    'cluster',
    field(request, 'name'),
    field(request, 'clusterName'),
    at(response, 'cluster', 'name'),
    ...arnNames(arns, 'cluster'),
  );

/** Tagging names its resource by an ARN only, which may be any of EKS's; it travels in the URL, encoded. */
const tagged: Locate = ({ request, arns }) => {
  const arn = decoded(text(request, 'resourceArn') ?? arns[0] ?? '');
  if (!arn) return undefined;
  const name = arnName(arn, 'cluster');
  return name === undefined ? [] : firstId('cluster', name);
};

async function encryptionKey(reader: Reader, { encryptionConfig }: Cluster): Promise<Read<KeyMetadata | null>> {
  const keyArn = encryptionConfig?.[0]?.provider?.keyArn;
  if (keyArn === undefined) return known(null);
  const answer = await reader.read('kms:DescribeKey', { KeyId: keyArn });
  return onFound(answer, 'kms:DescribeKey', ({ KeyMetadata }) => KeyMetadata);
}

async function versionStatus(
  reader: Reader,
  { version, connectorConfig }: Cluster,
): Promise<Read<ClusterVersionInformation | null>> {
  if (connectorConfig) return known(null);
  const answer = await reader.read('eks:DescribeClusterVersions', { includeAll: true });
  return onFound(answer, 'eks:DescribeClusterVersions', ({ clusterVersions }) =>
    version === undefined || clusterVersions === undefined
      ? undefined
      : (clusterVersions.find(({ clusterVersion }) => clusterVersion === version) ?? null),
  );
}

/** AWS answers for one attribute a call. */
async function vpcDns(reader: Reader, { resourcesVpcConfig }: Cluster): Promise<Read<ClusterFacets['vpcDns']>> {
  const VpcId = resourcesVpcConfig?.vpcId;
  if (VpcId === undefined) return known(null);
  const [support, hostnames] = await Promise.all([
    reader.read('ec2:DescribeVpcAttribute', { VpcId, Attribute: 'enableDnsSupport' }),
    reader.read('ec2:DescribeVpcAttribute', { VpcId, Attribute: 'enableDnsHostnames' }),
  ]);
  const both = combine([
    onFound(support, 'ec2:DescribeVpcAttribute', ({ EnableDnsSupport }) => EnableDnsSupport?.Value),
    onFound(hostnames, 'ec2:DescribeVpcAttribute', ({ EnableDnsHostnames }) => EnableDnsHostnames?.Value),
  ]);
  return onFound(both, 'ec2:DescribeVpcAttribute', ([enableDnsSupport, enableDnsHostnames]) => ({
    enableDnsSupport,
    enableDnsHostnames,
  }));
}

/** How a cluster uses what it links to; `usedBy[].as` of the far end has these words. */
export const CLUSTER_USES = {
  clusterGroup: 'cluster security group',
  additionalGroup: 'additional security group',
  clusterRole: 'cluster role',
  /** Of Auto Mode; the same words as a node group's. */
  nodeRole: 'node role',
  subnet: 'cluster subnet',
  vpc: 'VPC',
  key: 'secrets key',
  logGroup: 'control plane logs',
  issuer: 'token issuer',
} as const;

function linksOf(base: Cluster, { encryptionKey }: Partial<ClusterFacets>, from: Resource): Link[] {
  const { resourcesVpcConfig: network, roleArn, computeConfig, encryptionConfig, identity, connectorConfig } = base;
  return [
    ...near(from, 'security-group', network?.clusterSecurityGroupId, CLUSTER_USES.clusterGroup),
    ...(network?.securityGroupIds ?? []).flatMap((id) =>
      near(from, 'security-group', id, CLUSTER_USES.additionalGroup),
    ),
    ...toRole(roleArn, CLUSTER_USES.clusterRole),
    ...toRole(computeConfig?.nodeRoleArn, CLUSTER_USES.nodeRole),
    ...(network?.subnetIds ?? []).flatMap((id) => near(from, 'subnet', id, CLUSTER_USES.subnet)),
    ...near(from, 'vpc', network?.vpcId, CLUSTER_USES.vpc),
    ...toKey(encryptionKey?.Arn ?? encryptionConfig?.[0]?.provider?.keyArn, CLUSTER_USES.key),
    ...(connectorConfig ? [] : near(from, 'log-group', logGroupOf(from.id), CLUSTER_USES.logGroup)),
    ...toIssuer(from, identity?.oidc?.issuer, CLUSTER_USES.issuer),
  ];
}

/** A key is named by its ARN, as nearly every cluster does; an alias is asked for when the cluster has told of it. */
function likely(_: Resource, links: readonly Link[], partition: string): Partial<Cluster> {
  const one = (as: string) => links.find((link) => link.as === as)?.to;
  const [found, network] = [one(CLUSTER_USES.key), one(CLUSTER_USES.vpc)];
  return {
    ...(found ? { encryptionConfig: [{ provider: { keyArn: keyArnOf(partition, found) } }] } : {}),
    ...(network ? { resourcesVpcConfig: { vpcId: network.id } } : {}),
  };
}

/** External clusters are left out by EKS, as they are by us. */
export async function listClusters(reader: Reader): Promise<Listed> {
  return listedIn('cluster', await reader.read('eks:ListClusters', {}), 'eks:ListClusters', ({ clusters }) => clusters);
}

export const cluster = defineKind<Cluster, ClusterFacets>()({
  kind: 'cluster',
  called: 'EKS cluster',
  judged: 'every',
  actions: ['eks:DescribeCluster'],
  base: async (reader, { id }) =>
    onFound(await reader.read('eks:DescribeCluster', { name: id }), 'eks:DescribeCluster', (answer) => answer.cluster),
  likely,
  listing: { actions: ['eks:ListClusters'], list: listClusters },
  facets: {
    encryptionKey: { actions: ['kms:DescribeKey'], read: encryptionKey },
    versionStatus: { actions: ['eks:DescribeClusterVersions'], read: versionStatus },
    vpcDns: { actions: ['ec2:DescribeVpcAttribute'], read: vpcDns },
    logGroup: {
      actions: ['logs:DescribeLogGroups'],
      read: async (reader, _, { id }) => orNull(await readLogGroup(reader, logGroupOf(id))),
      together: (reader, ids) => logGroupsTogether(reader, ids, logGroupOf),
    },
  },
  settled: ({ status }) =>
    status === 'DELETING' ? 'gone' : status === 'CREATING' || status === 'UPDATING' ? 'unsettled' : 'settled',
  generation: ({ createdAt }) => createdAt?.toISOString(),
  linksTo: ['security-group', 'role', 'subnet', 'vpc', 'key', 'log-group', 'oidc-provider'],
  links: linksOf,
  clusters: ({ id }) => [id],
  tags: ({ tags }) => tags ?? {},
  lifecycle: {
    created: ['eks:CreateCluster'],
    deleted: ['eks:DeleteCluster'],
    tagged: ['eks:TagResource', 'eks:UntagResource'],
  },
  touchedBy: {
    'eks:CreateCluster': named,
    'eks:DeleteCluster': named,
    'eks:UpdateClusterConfig': named,
    'eks:UpdateClusterVersion': named,
    'eks:CancelUpdate': named,
    'eks:AssociateEncryptionConfig': named,
    'eks:TagResource': tagged,
    'eks:UntagResource': tagged,
  },
  reachedThrough: [vpc, logGroup, key],
});
