import type { Account, Iam, Region } from './account.ts';
import { problemsOf } from './wire/check.ts';
import { type ServiceName, shapeOf } from './wire/schema.ts';

type Check = (value: unknown, path: string) => string[];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A document may leave out what AWS always sends: stories show such answers too. */
const shape =
  (service: ServiceName, name: string): Check =>
  (value, path) =>
    problemsOf(shapeOf(service, name), value, path, { required: false });
const text: Check = (value, path) => (typeof value === 'string' ? [] : [`${path} must be text`]);
const policy: Check = (value, path) =>
  typeof value === 'string' || isObject(value) ? [] : [`${path} must be a policy, as text or object`];
const flag: Check = (value, path) => (typeof value === 'boolean' ? [] : [`${path} must be true or false`]);
const listOf =
  (check: Check): Check =>
  (value, path) =>
    Array.isArray(value) ? value.flatMap((item, at) => check(item, `${path}[${at}]`)) : [`${path} must be a list`];
const mapOf =
  (check: Check): Check =>
  (value, path) =>
    isObject(value)
      ? Object.entries(value).flatMap(([key, item]) => check(item, `${path}.${key}`))
      : [`${path} must be an object`];
const fields =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value, path) =>
    isObject(value)
      ? Object.entries(value).flatMap(([key, item]) => {
          const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
          return check ? check(item, `${path}.${key}`) : [`${path}.${key} is unknown`];
        })
      : [`${path} must be an object`];

const REGION: Readonly<Record<keyof Region, Check>> = {
  clusters: mapOf(shape('eks', 'Cluster')),
  clusterVersions: mapOf(shape('eks', 'ClusterVersionInformation')),
  nodegroups: mapOf(shape('eks', 'Nodegroup')),
  updates: mapOf(shape('eks', 'Update')),
  vpcs: mapOf(shape('ec2', 'Vpc')),
  vpcAttributes: mapOf(fields({ enableDnsSupport: flag, enableDnsHostnames: flag })),
  subnets: mapOf(shape('ec2', 'Subnet')),
  routeTables: mapOf(shape('ec2', 'RouteTable')),
  securityGroups: mapOf(shape('ec2', 'SecurityGroup')),
  prefixLists: mapOf(listOf(shape('ec2', 'PrefixListEntry'))),
  launchTemplates: mapOf(shape('ec2', 'LaunchTemplateVersion')),
  machineImages: mapOf(shape('ec2', 'Image')),
  keys: mapOf(shape('kms', 'KeyMetadata')),
  keyAliases: mapOf(text),
  logGroups: mapOf(shape('logs', 'LogGroup')),
  repositories: mapOf(shape('ecr', 'Repository')),
  repositoryPolicies: mapOf(policy),
  images: mapOf(shape('ecr', 'ImageDetail')),
  scans: mapOf(shape('ecr', 'DescribeImageScanFindingsResponse')),
  inspectorFindings: mapOf(shape('inspector2', 'Finding')),
  trails: mapOf(shape('cloudtrail', 'Trail')),
  trailStatus: mapOf(shape('cloudtrail', 'GetTrailStatusResponse')),
  eventSelectors: mapOf(shape('cloudtrail', 'GetEventSelectorsResponse')),
};

const IAM: Readonly<Record<keyof Iam, Check>> = {
  roles: mapOf(shape('iam', 'Role')),
  attachedPolicies: mapOf(listOf(text)),
  inlinePolicies: mapOf(mapOf(policy)),
  policies: mapOf(shape('iam', 'Policy')),
  policyVersions: mapOf(mapOf(policy)),
  oidcProviders: mapOf(shape('iam', 'GetOpenIDConnectProviderResponse')),
};

const ACCOUNT: Readonly<Record<keyof Account, Check>> = {
  externalId: text,
  regions: mapOf(fields(REGION)),
  iam: fields(IAM),
};

/** Every field that AWS does not know, or that has another type there: a misspelt story fails at once. */
export function problemsOfAccount(account: unknown): string[] {
  return fields(ACCOUNT)(account, 'account');
}

/** Throws with all problems at once. */
export function checkAccount(id: string, account: unknown): void {
  const problems = problemsOfAccount(account);
  if (problems.length > 0) throw new TypeError(`Account ${id}: ${problems.join('; ')}.`);
}
