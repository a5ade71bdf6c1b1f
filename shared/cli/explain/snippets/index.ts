import { apiTlsVersion } from './api-tls-version.ts';
import { ecrPolicyPublic } from './ecr-policy-public.ts';
import { ecrTagImmutable } from './ecr-tag-immutable.ts';
import { eksAuthModeApi } from './eks-auth-mode-api.ts';
import { eksControlPlaneLogging } from './eks-control-plane-logging.ts';
import { eksDeletionProtection } from './eks-deletion-protection.ts';
import { eksEndpointPrivateEnabled } from './eks-endpoint-private-enabled.ts';
import { eksEndpointPublicCidrs } from './eks-endpoint-public-cidrs.ts';
import { eksEndpointPublicDisabled } from './eks-endpoint-public-disabled.ts';
import { eksLoggroupRetention } from './eks-loggroup-retention.ts';
import { eksSecretsCmk } from './eks-secrets-cmk.ts';
import { eksVersionSupported } from './eks-version-supported.ts';
import { iamEksWildcardPolicy } from './iam-eks-wildcard-policy.ts';
import { iamIrsaTrustScoped } from './iam-irsa-trust-scoped.ts';
import { iamNodeRole } from './iam-node-role.ts';
import { imageVulnerabilities } from './image-vulnerabilities.ts';
import { nodeNoSsh } from './node-no-ssh.ts';
import { nodeOsOptimized } from './node-os-optimized.ts';
import { nodePrivateSubnets } from './node-private-subnets.ts';
import { nodeSgIngress } from './node-sg-ingress.ts';
import type { Snippets } from './snippet.ts';
import { trailEnabled } from './trail-enabled.ts';

/** By control; a test proves that each has its own. */
export const SNIPPETS: Readonly<Record<string, Snippets>> = {
  'api-tls-version': apiTlsVersion,
  'ecr-policy-public': ecrPolicyPublic,
  'ecr-tag-immutable': ecrTagImmutable,
  'eks-auth-mode-api': eksAuthModeApi,
  'eks-control-plane-logging': eksControlPlaneLogging,
  'eks-deletion-protection': eksDeletionProtection,
  'eks-endpoint-private-enabled': eksEndpointPrivateEnabled,
  'eks-endpoint-public-cidrs': eksEndpointPublicCidrs,
  'eks-endpoint-public-disabled': eksEndpointPublicDisabled,
  'eks-loggroup-retention': eksLoggroupRetention,
  'eks-secrets-cmk': eksSecretsCmk,
  'eks-version-supported': eksVersionSupported,
  'iam-eks-wildcard-policy': iamEksWildcardPolicy,
  'iam-irsa-trust-scoped': iamIrsaTrustScoped,
  'iam-node-role': iamNodeRole,
  'image-vulnerabilities': imageVulnerabilities,
  'node-no-ssh': nodeNoSsh,
  'node-os-optimized': nodeOsOptimized,
  'node-private-subnets': nodePrivateSubnets,
  'node-sg-ingress': nodeSgIngress,
  'trail-enabled': trailEnabled,
};
