// Derived from the files in the folders beside it by `npm run derive`; do not edit.
import apiTlsVersion from './account/api-tls-version.ts';
import eksAuthModeApi from './cluster/eks-auth-mode-api.ts';
import eksControlPlaneLogging from './cluster/eks-control-plane-logging.ts';
import eksDeletionProtection from './cluster/eks-deletion-protection.ts';
import eksEndpointPrivateEnabled from './cluster/eks-endpoint-private-enabled.ts';
import eksEndpointPublicCidrs from './cluster/eks-endpoint-public-cidrs.ts';
import eksEndpointPublicDisabled from './cluster/eks-endpoint-public-disabled.ts';
import eksSecretsCmk from './cluster/eks-secrets-cmk.ts';
import eksVersionSupported from './cluster/eks-version-supported.ts';
import type { AnyControl } from './define-control.ts';
import iamEksWildcardPolicy from './iam/iam-eks-wildcard-policy.ts';
import iamIrsaTrustScoped from './iam/iam-irsa-trust-scoped.ts';
import iamNodeRole from './iam/iam-node-role.ts';
import ecrPolicyPublic from './image/ecr-policy-public.ts';
import ecrTagImmutable from './image/ecr-tag-immutable.ts';
import imageVulnerabilities from './image/image-vulnerabilities.ts';
import eksLoggroupRetention from './logging/eks-loggroup-retention.ts';
import trailEnabled from './logging/trail-enabled.ts';
import nodeNoSsh from './node/node-no-ssh.ts';
import nodeOsOptimized from './node/node-os-optimized.ts';
import nodePrivateSubnets from './node/node-private-subnets.ts';
import nodeSgIngress from './node/node-sg-ingress.ts';

const BY_ID: Readonly<Record<string, { group: string; control: AnyControl }>> = {
  'api-tls-version': { group: 'account', control: apiTlsVersion },
  'ecr-policy-public': { group: 'image', control: ecrPolicyPublic },
  'ecr-tag-immutable': { group: 'image', control: ecrTagImmutable },
  'eks-auth-mode-api': { group: 'cluster', control: eksAuthModeApi },
  'eks-control-plane-logging': { group: 'cluster', control: eksControlPlaneLogging },
  'eks-deletion-protection': { group: 'cluster', control: eksDeletionProtection },
  'eks-endpoint-private-enabled': { group: 'cluster', control: eksEndpointPrivateEnabled },
  'eks-endpoint-public-cidrs': { group: 'cluster', control: eksEndpointPublicCidrs },
  'eks-endpoint-public-disabled': { group: 'cluster', control: eksEndpointPublicDisabled },
  'eks-loggroup-retention': { group: 'logging', control: eksLoggroupRetention },
  'eks-secrets-cmk': { group: 'cluster', control: eksSecretsCmk },
  'eks-version-supported': { group: 'cluster', control: eksVersionSupported },
  'iam-eks-wildcard-policy': { group: 'iam', control: iamEksWildcardPolicy },
  'iam-irsa-trust-scoped': { group: 'iam', control: iamIrsaTrustScoped },
  'iam-node-role': { group: 'iam', control: iamNodeRole },
  'image-vulnerabilities': { group: 'image', control: imageVulnerabilities },
  'node-no-ssh': { group: 'node', control: nodeNoSsh },
  'node-os-optimized': { group: 'node', control: nodeOsOptimized },
  'node-private-subnets': { group: 'node', control: nodePrivateSubnets },
  'node-sg-ingress': { group: 'node', control: nodeSgIngress },
  'trail-enabled': { group: 'logging', control: trailEnabled },
};

/** Every control there is, in id order. */
export const CATALOGUE: readonly AnyControl[] = Object.values(BY_ID).map(({ control }) => control);

/** The folder that a control's file stands in; empty for a control that is not of the catalogue. */
export function groupOf({ id }: Pick<AnyControl, 'id'>): string {
  return BY_ID[id]?.group ?? '';
}
