import type { IpPermission } from '@aws-sdk/client-ec2';
import type { Nodegroup } from '@aws-sdk/client-eks';
import { combine, known, onFound, type Read } from '../aws/read.ts';
import type { Reader } from '../aws/reader.ts';
import { nodeTemplate } from './node-template.ts';

/** A security group attached to nodes. EKS's own lets its members reach each other: a rule may name the group itself. */
export interface AttachedGroup {
  id: string;
  as: 'remote access' | 'launch template' | 'cluster';
  ingress: readonly IpPermission[];
}

const GROUPS = 'ec2:DescribeSecurityGroups';

/** The groups that decide who reaches a node: of its template, or else the cluster's own and that for remote access. */
export async function nodeAccess(reader: Reader, base: Nodegroup): Promise<Read<AttachedGroup[]>> {
  const attached = await attachedGroups(reader, base);
  if (attached.outcome !== 'found') return attached;
  const GroupIds = attached.value.map(({ id }) => id);
  const answer = await reader.read(GROUPS, { GroupIds });
  const groups = onFound(answer, GROUPS, ({ SecurityGroups }) => SecurityGroups);
  const listed = onFound(groups, GROUPS, (all) => {
    const found = attached.value.flatMap(({ id, as }) => {
      const ingress = all.find(({ GroupId }) => GroupId === id)?.IpPermissions;
      return ingress ? [{ id, as, ingress }] : [];
    });
    return found.length < GroupIds.length ? undefined : found;
  });
  return { ...listed, began: Math.min(attached.began, listed.began) };
}

type Attached = Pick<AttachedGroup, 'id' | 'as'>;

async function attachedGroups(reader: Reader, base: Nodegroup): Promise<Read<Attached[]>> {
  const remote = base.resources?.remoteAccessSecurityGroup;
  const ofAccess = known<Attached[]>(remote === undefined ? [] : [{ id: remote, as: 'remote access' }]);
  const template = await nodeTemplate(reader, base);
  if (template.outcome !== 'found') return template;
  const ofTemplate = template.value?.securityGroups.map((id): Attached => ({ id, as: 'launch template' })) ?? [];
  const others = ofTemplate.length > 0 ? { ...template, value: ofTemplate } : await clusterGroup(reader, base);
  const both = combine([ofAccess, others, template]);
  return onFound(both, GROUPS, ([access, other]) => [...access, ...other]);
}

/** Attached by EKS where no template names a group. */
async function clusterGroup(reader: Reader, { clusterName }: Nodegroup): Promise<Read<Attached[]>> {
  const name = onFound(known(clusterName), 'eks:DescribeNodegroup', (found) => found);
  if (name.outcome !== 'found') return name;
  const answer = await reader.read('eks:DescribeCluster', { name: name.value });
  return onFound(answer, 'eks:DescribeCluster', ({ cluster }) => {
    const id = cluster?.resourcesVpcConfig?.clusterSecurityGroupId;
    return id === undefined ? undefined : [{ id, as: 'cluster' } as const];
  });
}
