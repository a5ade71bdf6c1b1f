import { arnOf } from '../aws/partition.ts';
import type { Json } from '../resources/json.ts';
import type { AttachedPolicy } from '../resources/role.ts';
import { isRequired } from './policy-condition.ts';
import {
  allows,
  reaches,
  resourceStatementsOf,
  type Statement,
  statementsOf,
  trustsService,
} from './policy-document.ts';
import { hasWildcard, matches } from './wildcard.ts';

/** Actions that act inside Kubernetes with the rights of whoever calls them. */
const INTO_KUBERNETES = ['eks:AccessKubernetesApi', 'eks:MutateViaKubernetesApi'];

/** What a policy allows on every cluster of the account: wildcards of EKS that do more than read, and the way into Kubernetes. */
export interface EksRights {
  wildcards: readonly string[];
  intoKubernetes: readonly string[];
}

interface Owner {
  partition: string;
  at: { account: string };
}

/** `of` says whose clusters; `reading` are the patterns that only read. */
export function eksRights(document: Json, of: Owner, reading: readonly string[]): EksRights {
  const { partition, at } = of;
  const anyCluster = arnOf({ partition, service: 'eks', region: '*', account: at.account, resource: 'cluster/*' });
  const open = statementsOf(document).filter(
    (statement) => statement.effect === 'Allow' && reaches(statement, anyCluster) && !isRestricted(statement),
  );
  const unread = (statement: Statement) => wildcardsOf(statement, reading);
  const exact = open.filter((statement) => unread(statement).length === 0);
  return {
    wildcards: [...new Set(open.flatMap(unread))],
    intoKubernetes: INTO_KUBERNETES.filter((action) => exact.some((statement) => allows(statement, action))),
  };
}

/** By a tag of the cluster or a condition key of EKS, on a value that is more than a wildcard. An organisation, an address or MFA leave every cluster open. */
function isRestricted({ conditions }: Statement): boolean {
  return conditions.some(
    (condition) =>
      isRequired(condition) &&
      (condition.key.startsWith('aws:resourcetag/') || condition.key.startsWith('eks:')) &&
      !condition.values.some((value) => /^[*?]*$/.test(value)),
  );
}

/** The patterns that stand for actions of EKS not all of which read; `NotAction` leaves open what it does not name. */
function wildcardsOf({ action }: Statement, reading: readonly string[]): string[] {
  if (action.except) {
    const isClosed = action.patterns.some((pattern) => matches(pattern.toLowerCase(), 'eks:*'));
    return isClosed ? [] : [`everything but ${action.patterns.join(', ')}`];
  }
  return action.patterns.filter((pattern) => {
    const ofEks = onEks(pattern.toLowerCase());
    return ofEks !== undefined && !reading.some((each) => matches(each.toLowerCase(), ofEks));
  });
}

/** A wildcard as far as it is about EKS: `*` is `eks:*` too. Undefined for others and for actions named in full. */
function onEks(pattern: string): string | undefined {
  if (!hasWildcard(pattern)) return undefined;
  const [service = '', name = '*'] = pattern.split(':');
  return hasWildcard(name) && matches(service, 'eks') ? `eks:${name}` : undefined;
}

const EVERYTHING = ['AdministratorAccess', 'PowerUserAccess'];
const OF_CLUSTERS = 'AmazonEKSClusterPolicy';

/** Those of AWS with rights on all clusters; the one for control planes is in its place on a cluster's role. */
export function awsPoliciesOnEks(role: {
  trust: Json;
  facets: { attachedPolicies: readonly AttachedPolicy[] };
}): string[] {
  const names = role.facets.attachedPolicies.flatMap(({ name, document }) => (document === null ? [name] : []));
  const isOfCluster =
    names.includes(OF_CLUSTERS) && trustsService(resourceStatementsOf(role.trust), 'eks.amazonaws.com');
  return names.filter((name) => EVERYTHING.includes(name) || (name === OF_CLUSTERS && !isOfCluster));
}
