import type { Nodegroup } from '@aws-sdk/client-eks';
import { onFound } from '../aws/read.ts';
import type { Reader } from '../aws/reader.ts';
import { listClusters } from './cluster.ts';
import { defineKind, type Listed } from './kind.ts';
import { launchTemplate } from './launch-template.ts';
import { near, toRole } from './links.ts';
import { listedIn, listingWithin } from './listed.ts';
import { type AttachedGroup, nodeAccess } from './node-access.ts';
import { type NodeSubnet, nodeSubnets } from './node-subnets.ts';
import { type NodeImage, type NodeTemplate, nodeImage, nodeTemplate } from './node-template.ts';
import { nodegroupEvents } from './nodegroup-events.ts';
import type { Link, Resource } from './resource.ts';
import { routeTable } from './route-table.ts';
import { securityGroup } from './security-group.ts';
import { subnet } from './subnet.ts';

export type NodegroupFacets = {
  subnets: readonly NodeSubnet[];
  /** Null: no launch template of the user's. */
  launchTemplate: NodeTemplate | null;
  /** Every security group attached to the nodes, with its ingress rules. */
  remoteAccessGroups: readonly AttachedGroup[];
  /** The AMI where `amiType` is CUSTOM, else null. */
  image: NodeImage | null;
};

/** How a node group uses what it links to; `usedBy[].as` of the far end has these words. */
export const NODEGROUP_USES = {
  cluster: 'cluster',
  nodeRole: 'node role',
  subnet: 'node subnet',
  routeTable: 'route table of a node subnet',
  launchTemplate: 'launch template',
  templateGroup: 'security group of the launch template',
  remoteAccessGroup: 'remote access security group',
  /** The cluster's own, which EKS attaches where no template names a group; the same words as the cluster's. */
  clusterGroup: 'cluster security group',
} as const;

function linksOf(base: Nodegroup, facets: Partial<NodegroupFacets>, at: Resource): Link[] {
  const subnets = facets.subnets ?? base.subnets?.map((id) => ({ id, owner: null, routeTable: undefined })) ?? [];
  const template = facets.launchTemplate?.securityGroups ?? [];
  const attached = (by: AttachedGroup['as']) =>
    facets.remoteAccessGroups?.flatMap(({ id, as }) => (as === by ? [id] : [])) ?? [];
  return [
    ...near(at, 'cluster', base.clusterName, NODEGROUP_USES.cluster),
    ...toRole(base.nodeRole, NODEGROUP_USES.nodeRole),
    ...subnets.flatMap(({ id, owner, routeTable: table }) => {
      const there = { ...at, account: owner ?? at.account };
      return [
        ...near(there, 'subnet', id, NODEGROUP_USES.subnet),
        ...near(there, 'route-table', table, NODEGROUP_USES.routeTable),
      ];
    }),
    ...near(at, 'launch-template', base.launchTemplate?.id, NODEGROUP_USES.launchTemplate),
    ...[...new Set([...template, ...attached('launch template')])].flatMap((id) =>
      near(at, 'security-group', id, NODEGROUP_USES.templateGroup),
    ),
    ...near(at, 'security-group', base.resources?.remoteAccessSecurityGroup, NODEGROUP_USES.remoteAccessGroup),
    ...attached('cluster').flatMap((id) => near(at, 'security-group', id, NODEGROUP_USES.clusterGroup)),
  ];
}

async function listOf(reader: Reader, clusterName: string): Promise<Listed> {
  return listedIn(
    'nodegroup',
    await reader.read('eks:ListNodegroups', { clusterName }),
    'eks:ListNodegroups',
    ({ nodegroups }) => nodegroups?.map((name) => `${clusterName}/${name}`),
  );
}

const clusterOf = (id: string): string => id.slice(0, id.indexOf('/'));

export const nodegroup = defineKind<Nodegroup, NodegroupFacets>()({
  kind: 'nodegroup',
  called: 'node group',
  judged: 'every',
  actions: ['eks:DescribeNodegroup'],
  base: async (reader, { id }) => {
    const [clusterName, nodegroupName] = id.split('/');
    const answer = await reader.read('eks:DescribeNodegroup', { clusterName, nodegroupName });
    return onFound(answer, 'eks:DescribeNodegroup', (found) => found.nodegroup);
  },
  listing: {
    actions: ['eks:ListClusters', 'eks:ListNodegroups'],
    ...listingWithin({ parents: listClusters, of: listOf, parentOf: clusterOf }),
  },
  facets: {
    subnets: { actions: ['ec2:DescribeSubnets', 'ec2:DescribeRouteTables'], read: nodeSubnets },
    launchTemplate: { actions: ['ec2:DescribeLaunchTemplateVersions'], read: nodeTemplate },
    remoteAccessGroups: {
      actions: ['ec2:DescribeLaunchTemplateVersions', 'eks:DescribeCluster', 'ec2:DescribeSecurityGroups'],
      read: nodeAccess,
    },
    image: { actions: ['ec2:DescribeLaunchTemplateVersions', 'ec2:DescribeImages'], read: nodeImage },
  },
  settled: ({ status }) =>
    status === 'DELETING' ? 'gone' : status === 'CREATING' || status === 'UPDATING' ? 'unsettled' : 'settled',
  generation: ({ createdAt }) => createdAt?.toISOString(),
  linksTo: ['cluster', 'role', 'subnet', 'route-table', 'launch-template', 'security-group'],
  linkFacets: ['launchTemplate'],
  links: linksOf,
  clusters: ({ id }) => [clusterOf(id)],
  tags: ({ tags }) => tags ?? {},
  lifecycle: {
    created: ['eks:CreateNodegroup'],
    deleted: ['eks:DeleteNodegroup'],
    tagged: ['eks:TagResource', 'eks:UntagResource'],
  },
  touchedBy: nodegroupEvents.touchedBy,
  reachedThrough: [subnet, routeTable, launchTemplate, securityGroup],
});
