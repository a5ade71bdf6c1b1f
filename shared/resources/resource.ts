/** The names of all kinds. Those of `LOCATED_ONLY` have no read: their events recheck what uses them. */
export const KIND_NAMES = [
  'account-region',
  'cluster',
  'image',
  'key',
  'launch-template',
  'log-group',
  'nodegroup',
  'oidc-provider',
  'policy',
  'prefix-list',
  'principal',
  'repository',
  'role',
  'route-table',
  'security-group',
  'subnet',
  'trail',
  'vpc',
] as const;
export type KindName = (typeof KIND_NAMES)[number];

/** The region of what is one in an account whatever the region: IAM. */
export const GLOBAL = 'global';

/**
 * One resource by name. `id` is unique within kind, account and region: a cluster's name, `cluster/nodegroup`,
 * a group's id, a role's name, a policy's path and name (`team/Admin`), `repository@sha256:…`, a region's name for
 * `account-region`. `region` is `global` for IAM.
 */
export interface Resource {
  kind: KindName;
  id: string;
  account: string;
  region: string;
}

/** `account#region#kind#id`: the partition key of all that is stored about a resource. */
export function keyOf({ account, region, kind, id }: Resource): string {
  return `${account}#${region}#${kind}#${id}`;
}

/** The inverse of `keyOf`; an id may hold `#` itself. Undefined for text that is no such key. */
export function resourceOf(key: string): Resource | undefined {
  const [account, region, kind, ...id] = key.split('#');
  if (!account || !region || id.length === 0 || !(KIND_NAMES as readonly string[]).includes(kind ?? ''))
    return undefined;
  return { account, region, kind: kind as KindName, id: id.join('#') };
}

/** That a resource uses another: `as` says how (`node role`, `cluster security group`). */
export interface Link {
  to: Resource;
  as: string;
}

/** The other side of a link: who uses this resource, how, and for which clusters. */
export interface Use {
  by: Resource;
  as: readonly string[];
  clusters: readonly string[];
}
