import type { Cluster, UpdateClusterConfigRequest } from '@aws-sdk/client-eks';
import type { Step } from './define-control.ts';

type ClusterUpdate = Step<'eks:UpdateClusterConfig'>;

/** One change of one cluster's configuration; EKS takes a single kind of change in a call. */
export function clusterUpdate(
  { name }: Cluster,
  safety: ClusterUpdate['safety'],
  change: Omit<UpdateClusterConfigRequest, 'name'>,
): ClusterUpdate {
  return { safety, action: 'eks:UpdateClusterConfig', input: { name, ...change } };
}
