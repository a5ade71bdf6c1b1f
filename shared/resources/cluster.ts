import type { Cluster, ClusterVersionInformation } from '@aws-sdk/client-eks';
import type { KeyMetadata } from '@aws-sdk/client-kms';
import { onFound } from '../aws/read.ts';
import { text } from './json.ts';
import { defineKind, type Locate } from './kind.ts';

/** A type and no interface: an interface with an index signature would accept any facet's name. */
export type ClusterFacets = {
  /** The key that encrypts secrets; null where the cluster names none. */
  encryptionKey: KeyMetadata | null;
  /** Undefined where EKS lists no such version: it is no longer supported. */
  versionStatus: ClusterVersionInformation | null;
};

/** Every EKS call puts the cluster into the URI label `name`; an old sample of CreateCluster has `clusterName`. */
const named: Locate = ({ request }) => {
  const name = text(request, 'name') ?? text(request, 'clusterName');
  return name === undefined ? undefined : [name];
};

export const cluster = defineKind<Cluster, ClusterFacets>()({
  kind: 'cluster',
  called: 'EKS cluster',
  judged: 'every',
  actions: ['eks:DescribeCluster'],
  base: async (reader, { id }) =>
    onFound(await reader.read('eks:DescribeCluster', { name: id }), 'eks:DescribeCluster', (answer) => answer.cluster),
  facets: {
    encryptionKey: {
      actions: ['kms:DescribeKey'],
      async read(reader, base) {
        const keyArn = base.encryptionConfig?.[0]?.provider?.keyArn;
        if (keyArn === undefined) return { outcome: 'found', value: null, began: Number.POSITIVE_INFINITY };
        const answer = await reader.read('kms:DescribeKey', { KeyId: keyArn });
        return onFound(answer, 'kms:DescribeKey', ({ KeyMetadata }) => KeyMetadata);
      },
    },
    versionStatus: {
      actions: ['eks:DescribeClusterVersions'],
      async read(reader, base) {
        const answer = await reader.read('eks:DescribeClusterVersions', { includeAll: true });
        return onFound(answer, 'eks:DescribeClusterVersions', ({ clusterVersions }) =>
          clusterVersions === undefined
            ? undefined
            : (clusterVersions.find(({ clusterVersion }) => clusterVersion === base.version) ?? null),
        );
      },
    },
  },
  settled: ({ status }) =>
    status === 'DELETING' ? 'gone' : status === 'CREATING' || status === 'UPDATING' ? 'unsettled' : 'settled',
  generation: ({ createdAt }) => createdAt?.toISOString(),
  clusters: (_, { id }) => [id],
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
    'eks:TagResource': named,
    'eks:UntagResource': named,
  },
  reachedThrough: [],
});
