import { cloudFormation, nodegroupOf } from './files.ts';
import { type Attribute, resource } from './hcl.ts';
import { aws, word } from './shell.ts';
import type { Place } from './snippet.ts';

/** A new node group beside the old one, whose pods then move: what cannot be changed on a node group is changed so. */
export function replacedByCli(place: Place, change: Readonly<Record<string, string | object>>): string[] {
  const { cluster: clusterName, resource: at } = place;
  const { region } = at;
  const nodegroupName = nodegroupOf(place);
  const own = { clusterName, nodegroupName, region };
  const made = {
    clusterName,
    nodegroupName: successor(place),
    nodeRole: 'NODE_ROLE_ARN',
    subnets: ['SUBNET_ID'],
    ...change,
  };
  return [
    '# What it has now:',
    aws('eks describe-nodegroup', own),
    '# A new one, with the role, subnets and sizes of the old:',
    aws('eks create-nodegroup', { ...made, region }),
    aws('eks wait nodegroup-active', { clusterName, nodegroupName: successor(place), region }),
    `kubectl drain -l ${word(`eks.amazonaws.com/nodegroup=${nodegroupName}`)} --ignore-daemonsets --delete-emptydir-data`,
    aws('eks delete-nodegroup', own),
  ];
}

export function replacedInConsole(place: Place, change: string): string[] {
  return [
    `In Amazon EKS, Clusters, ${place.cluster}, tab Compute, choose Add node group: ${change}`,
    `When its nodes are ready, drain those of ${nodegroupOf(place)} with kubectl, and delete that node group.`,
  ];
}

export function nodegroupInTerraform(place: Place, change: Readonly<Record<string, Attribute>>): string {
  return resource('aws_eks_node_group', nodegroupOf(place), {
    cluster_name: place.cluster,
    node_group_name: successor(place),
    node_role_arn: 'NODE_ROLE_ARN',
    subnet_ids: ['SUBNET_ID'],
    ...change,
  });
}

export function nodegroupInCloudFormation(place: Place, change: object): string {
  return cloudFormation('NodeGroup', 'EKS::Nodegroup', {
    ClusterName: place.cluster,
    NodegroupName: successor(place),
    NodeRole: 'NODE_ROLE_ARN',
    Subnets: ['SUBNET_ID'],
    ...change,
  });
}

/** Names of node groups end after 63 characters. */
export function successor(place: Place): string {
  return `${nodegroupOf(place).slice(0, 61)}-2`;
}
