/** A control that another tool checks too. Custodian has no checks of its own: a policy is written for each. */
export interface Pair {
  control: string;
  prowler?: string;
  custodian: { resource: string; filters: readonly unknown[] };
}

const OLD = ['1.23', '1.24', '1.25', '1.26', '1.27'];
const cluster = (...filters: unknown[]) => ({ resource: 'aws.eks', filters });
const repository = (...filters: unknown[]) => ({ resource: 'aws.ecr', filters });
const value = (key: string, op: string, wanted: unknown) => ({ type: 'value', key, op, value: wanted });

/** What is compared like with like. Where Prowler has no such check there is none. */
export const PAIRS: readonly Pair[] = [
  {
    control: 'eks-endpoint-public-cidrs',
    prowler: 'eks_cluster_not_publicly_accessible',
    custodian: cluster(
      { 'resourcesVpcConfig.endpointPublicAccess': true },
      value('resourcesVpcConfig.publicAccessCidrs', 'contains', '0.0.0.0/0'),
    ),
  },
  {
    control: 'eks-endpoint-private-enabled',
    prowler: 'eks_cluster_private_nodes_enabled',
    custodian: cluster({ 'resourcesVpcConfig.endpointPrivateAccess': false }),
  },
  {
    control: 'eks-control-plane-logging',
    prowler: 'eks_control_plane_logging_all_types_enabled',
    custodian: cluster({ not: [value('length(logging.clusterLogging[?enabled].types[])', 'gte', 5)] }),
  },
  {
    control: 'eks-version-supported',
    prowler: 'eks_cluster_uses_a_supported_version',
    custodian: cluster(value('version', 'in', OLD)),
  },
  {
    control: 'eks-secrets-cmk',
    prowler: 'eks_cluster_kms_cmk_encryption_in_secrets_enabled',
    custodian: cluster({ encryptionConfig: 'absent' }),
  },
  {
    control: 'eks-deletion-protection',
    prowler: 'eks_cluster_deletion_protection_enabled',
    custodian: cluster({ deletionProtection: false }),
  },
  {
    control: 'ecr-tag-immutable',
    prowler: 'ecr_repositories_tag_immutability',
    custodian: repository({ imageTagMutability: 'MUTABLE' }),
  },
  {
    control: 'ecr-policy-public',
    prowler: 'ecr_repositories_not_publicly_accessible',
    custodian: repository({ type: 'cross-account', everyone_only: true }),
  },
  {
    control: 'eks-auth-mode-api',
    custodian: cluster(value('accessConfig.authenticationMode', 'ne', 'API')),
  },
  {
    control: 'node-no-ssh',
    custodian: {
      resource: 'aws.eks-nodegroup',
      filters: [{ type: 'value', key: 'remoteAccess.ec2SshKey', value: 'present' }],
    },
  },
];

export type Peer = 'prowler' | 'custodian';

export function pairsOf(peer: Peer): readonly Pair[] {
  return peer === 'custodian' ? PAIRS : PAIRS.filter(({ prowler }) => prowler !== undefined);
}

/** The policies as Custodian reads them, each with the name of our control. */
export function policies(pairs: readonly Pair[] = PAIRS): object {
  return { policies: pairs.map(({ control, custodian }) => ({ name: control, ...custodian })) };
}
