import type { EventSelector, GetTrailStatusResponse, Trail } from '@aws-sdk/client-cloudtrail';
import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import type * as ec2 from '@aws-sdk/client-ec2';
import type { ImageDetail, ImageScanFindings, ImageScanStatus, Repository } from '@aws-sdk/client-ecr';
import type { Cluster, ClusterVersionInformation, Nodegroup, Update } from '@aws-sdk/client-eks';
import type { GetOpenIDConnectProviderResponse, Policy, Role } from '@aws-sdk/client-iam';
import type { Finding } from '@aws-sdk/client-inspector2';
import type { KeyMetadata } from '@aws-sdk/client-kms';

/** An SDK shape as a JSON document: dates are ISO text, bytes base64. */
export type Plain<T> = T extends Date | Uint8Array
  ? string
  : T extends readonly (infer E)[]
    ? Plain<E>[]
    : T extends object
      ? { [K in keyof T]: Plain<T[K]> }
      : T;

/** A policy as AWS keeps it (JSON text), or as the object that it says, which reads better in a story. */
export type PolicyDocument = string | { readonly [key: string]: unknown };

/** One region. Every collection is keyed by what AWS names the resource by, so that a merge patch can address it. */
export interface Region {
  clusters: Record<string, Plain<Cluster>>;
  clusterVersions: Record<string, Plain<ClusterVersionInformation>>;
  /** By `cluster/nodegroup`. */
  nodegroups: Record<string, Plain<Nodegroup>>;
  /** By `cluster/id`. */
  updates: Record<string, Plain<Update>>;
  vpcs: Record<string, Plain<ec2.Vpc>>;
  vpcAttributes: Record<string, { enableDnsSupport?: boolean; enableDnsHostnames?: boolean }>;
  subnets: Record<string, Plain<ec2.Subnet>>;
  routeTables: Record<string, Plain<ec2.RouteTable>>;
  securityGroups: Record<string, Plain<ec2.SecurityGroup>>;
  prefixLists: Record<string, Plain<ec2.PrefixListEntry>[]>;
  /** By `template id/version number`. */
  launchTemplates: Record<string, Plain<ec2.LaunchTemplateVersion>>;
  /** Amazon machine images. */
  machineImages: Record<string, Plain<ec2.Image>>;
  keys: Record<string, Plain<KeyMetadata>>;
  /** `alias/name` to key id. */
  keyAliases: Record<string, string>;
  logGroups: Record<string, Plain<LogGroup>>;
  repositories: Record<string, Plain<Repository>>;
  repositoryPolicies: Record<string, PolicyDocument>;
  /** By `repository@digest`. */
  images: Record<string, Plain<ImageDetail>>;
  /** By `repository@digest`. */
  scans: Record<string, { imageScanStatus?: Plain<ImageScanStatus>; imageScanFindings?: Plain<ImageScanFindings> }>;
  inspectorFindings: Record<string, Plain<Finding>>;
  trails: Record<string, Plain<Trail>>;
  trailStatus: Record<string, Plain<GetTrailStatusResponse>>;
  eventSelectors: Record<string, { EventSelectors?: Plain<EventSelector>[]; AdvancedEventSelectors?: unknown[] }>;
}

export interface Iam {
  roles: Record<string, Omit<Plain<Role>, 'AssumeRolePolicyDocument'> & { AssumeRolePolicyDocument?: PolicyDocument }>;
  /** ARNs of the managed policies attached to each role. */
  attachedPolicies: Record<string, string[]>;
  /** Role to policy name to document. */
  inlinePolicies: Record<string, Record<string, PolicyDocument>>;
  /** By ARN; AWS's own ones too. */
  policies: Record<string, Plain<Policy>>;
  /** Policy ARN to version id to document. */
  policyVersions: Record<string, Record<string, PolicyDocument>>;
  oidcProviders: Record<string, Plain<GetOpenIDConnectProviderResponse>>;
}

/** All that an account holds, as one JSON document; a region or collection that is left out is empty. */
export interface Account {
  /** What AssumeRole must bring, where the account asks for it. */
  externalId?: string;
  regions: Record<string, Partial<Region>>;
  iam: Partial<Iam>;
}

const NO_REGION: Readonly<Record<keyof Region, true>> = {
  clusters: true,
  clusterVersions: true,
  nodegroups: true,
  updates: true,
  vpcs: true,
  vpcAttributes: true,
  subnets: true,
  routeTables: true,
  securityGroups: true,
  prefixLists: true,
  launchTemplates: true,
  machineImages: true,
  keys: true,
  keyAliases: true,
  logGroups: true,
  repositories: true,
  repositoryPolicies: true,
  images: true,
  scans: true,
  inspectorFindings: true,
  trails: true,
  trailStatus: true,
  eventSelectors: true,
};
const NO_IAM: Readonly<Record<keyof Iam, true>> = {
  roles: true,
  attachedPolicies: true,
  inlinePolicies: true,
  policies: true,
  policyVersions: true,
  oidcProviders: true,
};

/** The region's part of the document itself, with every collection there: writing to it changes the account. */
export function regionOf(account: Account, name: string): Region {
  account.regions[name] ??= {};
  return filled(account.regions[name] as Record<string, unknown>, NO_REGION) as unknown as Region;
}

export function iamOf(account: Account): Iam {
  return filled(account.iam as Record<string, unknown>, NO_IAM) as unknown as Iam;
}

function filled(part: Record<string, unknown>, collections: object): Record<string, unknown> {
  for (const name of Object.keys(collections)) part[name] ??= {};
  return part;
}

/** A JSON merge patch (RFC 7396): null removes a field, objects merge, all else replaces. The target is left as it is. */
export function merge<T>(target: T, patch: unknown): T {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return structuredClone(patch) as T;
  const from = typeof target === 'object' && target !== null && !Array.isArray(target) ? target : {};
  const merged: Record<string, unknown> = { ...from };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = merge(merged[name], value);
  }
  return merged as T;
}

/** A policy as the text that AWS keeps. */
export const documentText = (document: PolicyDocument): string =>
  typeof document === 'string' ? document : JSON.stringify(document);
