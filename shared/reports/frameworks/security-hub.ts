import type { Requirement } from './requirement.ts';

const LATER = 'No control of the catalogue judges it yet.';

/** The controls of AWS Security Hub CSPM for EKS and ECR; EKS.4 and EKS.5 were never published. */
export const SECURITY_HUB: readonly Requirement[] = [
  { id: 'EKS.1', about: 'The API endpoint is not public' },
  { id: 'EKS.2', about: 'The Kubernetes version is supported' },
  { id: 'EKS.3', about: 'Secrets are encrypted' },
  { id: 'EKS.6', about: 'Clusters have tags', later: LATER },
  { id: 'EKS.7', about: 'Identity provider configurations have tags', later: LATER },
  { id: 'EKS.8', about: 'Audit logs are on' },
  { id: 'EKS.9', about: 'Node groups run a supported Kubernetes version', later: LATER },
  { id: 'ECR.1', about: 'Private images are scanned' },
  { id: 'ECR.2', about: 'Tags are immutable' },
  { id: 'ECR.3', about: 'Repositories have a lifecycle policy', later: LATER },
  { id: 'ECR.4', about: 'Public repositories have tags', later: LATER },
  { id: 'ECR.5', about: 'Repositories are encrypted by a key of your own', later: LATER },
];
