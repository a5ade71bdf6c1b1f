import type {
  AssociateEncryptionConfigRequest,
  Cluster,
  DescribeUpdateRequest,
  DescribeUpdateResponse,
  UpdateClusterConfigRequest,
  UpdateClusterVersionRequest,
} from '@aws-sdk/client-eks';
import { merge, type Plain } from '../account.ts';
import { AwsFault, type Call } from '../call.ts';
import { askedChange, type Change, invalid } from './eks-changes.ts';

export function clusterNamed(name: string, call: Call): Plain<Cluster> {
  const cluster = call.here.clusters[name];
  if (!cluster) {
    throw new AwsFault('ResourceNotFoundException', `No cluster found for name: ${name}.`, 404, { clusterName: name });
  }
  return cluster;
}

/** Answers a repeated idempotency token with what it was answered before. */
export function once<T extends object>(call: Call, key: string, request: object, run: () => T): T {
  const asked = JSON.stringify(request);
  const known = call.answered.get(`${call.accountId}/${call.region}/${key}`);
  if (known && known.asked !== asked) {
    throw invalid('The client request token was used before with other parameters');
  }
  const answer = known ? (known.answer as T) : run();
  call.answered.set(`${call.accountId}/${call.region}/${key}`, { asked, answer: structuredClone(answer) });
  return answer;
}

/** Only a cluster at rest can be changed: one update runs at a time. */
export function refuseUnlessActive(cluster: Plain<Cluster>, type: string, call: Call): void {
  const { name = '', status } = cluster;
  const running = Object.entries(call.here.updates).find(
    ([key, update]) => key.startsWith(`${name}/`) && update.status === 'InProgress',
  );
  if (status === 'UPDATING' || running) {
    const id = running?.[1].id ?? 'unknown';
    throw new AwsFault(
      'ResourceInUseException',
      `Cannot ${type} because cluster ${name} currently has update ${id} in progress`,
      409,
      { clusterName: name },
    );
  }
  if (status !== 'ACTIVE') {
    throw new AwsFault('InvalidRequestException', `Cluster '${name}' is not in ACTIVE status`, 400, {
      clusterName: name,
    });
  }
}

/** Starts an update: the cluster is UPDATING and keeps its old values until the time is over. */
function begin(cluster: Plain<Cluster>, change: Change, call: Call): DescribeUpdateResponse {
  const name = cluster.name ?? '';
  const { createdAt } = cluster;
  const id = call.id();
  const { type, params } = change;
  call.here.updates[`${name}/${id}`] = { id, status: 'InProgress', type, params, createdAt: call.at, errors: [] };
  cluster.status = 'UPDATING';
  const fails = call.updateFails;
  const after = type === 'DeletionProtectionUpdate' ? 0 : call.durations.update;
  call.later(after, ({ clusters, updates }) => {
    const now = clusters[name];
    const update = updates[`${name}/${id}`];
    if (!now || now.createdAt !== createdAt || !update) return;
    if (fails) {
      const errorMessage = 'A subnet of the cluster has not enough free addresses.';
      Object.assign(update, { status: 'Failed', errors: [{ errorCode: 'InsufficientFreeAddresses', errorMessage }] });
    } else {
      update.status = 'Successful';
      clusters[name] = merge(now, change.patch);
    }
    const settled = clusters[name];
    if (settled) settled.status = 'ACTIVE';
  });
  return structuredClone({ update: call.here.updates[`${name}/${id}`] }) as unknown as DescribeUpdateResponse;
}

export function updateClusterConfig(request: Plain<UpdateClusterConfigRequest>, call: Call): object {
  const cluster = clusterNamed(request.name ?? '', call);
  const { clientRequestToken, ...asked } = request;
  const run = () => {
    refuseUnlessActive(cluster, 'UpdateClusterConfig', call);
    return begin(cluster, askedChange(cluster, asked), call);
  };
  return clientRequestToken ? once(call, `${request.name}/${clientRequestToken}`, asked, run) : run();
}

export function updateClusterVersion(request: Plain<UpdateClusterVersionRequest>, call: Call): object {
  const cluster = clusterNamed(request.name ?? '', call);
  refuseUnlessActive(cluster, 'VersionUpdate', call);
  const { version = '' } = request;
  const minor = (text: string | undefined) => Number(text?.split('.')[1]);
  if (!call.here.clusterVersions[version]) throw invalid(`unsupported Kubernetes version ${version}`);
  if (version === cluster.version)
    throw invalid(`Cluster is already at the desired configuration with version: ${version}`);
  if (Math.abs(minor(version) - minor(cluster.version)) !== 1) {
    throw invalid(`Unsupported Kubernetes minor version update from ${cluster.version} to ${version}`);
  }
  const type = minor(version) > minor(cluster.version) ? 'VersionUpdate' : 'VersionRollback';
  const platformVersion = call.here.clusterVersions[version]?.defaultPlatformVersion;
  return begin(
    cluster,
    {
      type,
      params: [{ type: 'Version', value: version }],
      patch: { version, ...(platformVersion && { platformVersion }) },
    },
    call,
  );
}

/** Can be done once and never undone. */
export function associateEncryptionConfig(request: Plain<AssociateEncryptionConfigRequest>, call: Call): object {
  const cluster = clusterNamed(request.clusterName ?? '', call);
  refuseUnlessActive(cluster, 'AssociateEncryptionConfig', call);
  if ((cluster.encryptionConfig ?? []).length > 0) throw invalid('Encryption is already enabled on this cluster');
  const { encryptionConfig = [] } = request;
  const params = [{ type: 'EncryptionConfig' as const, value: JSON.stringify(encryptionConfig) }];
  return begin(cluster, { type: 'AssociateEncryptionConfig', params, patch: { encryptionConfig } }, call);
}

export function describeUpdate({ name = '', updateId = '' }: Plain<DescribeUpdateRequest>, call: Call): object {
  clusterNamed(name, call);
  const update = call.here.updates[`${name}/${updateId}`];
  if (!update)
    throw new AwsFault('ResourceNotFoundException', `No update found for ID: ${updateId}`, 404, { clusterName: name });
  return { update };
}
