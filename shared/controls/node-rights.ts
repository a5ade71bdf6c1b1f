import { arnOf } from '../aws/partition.ts';
import type { Json } from '../resources/json.ts';
import type { AttachedPolicy, InlinePolicy } from '../resources/role.ts';
import { allows, reaches, resourceStatementsOf, type Statement, statementsOf } from './policy-document.ts';

/** What nodes need, and access by Session Manager. */
const FOR_NODES: ReadonlySet<string> = new Set([
  'AmazonEKSWorkerNodePolicy',
  'AmazonEKSWorkerNodeMinimalPolicy',
  'AmazonEC2ContainerRegistryPullOnly',
  'AmazonEC2ContainerRegistryReadOnly',
  'AmazonSSMManagedInstanceCore',
]);
const ADMINISTRATORS: ReadonlySet<string> = new Set(['AdministratorAccess', 'PowerUserAccess', 'IAMFullAccess']);
const PUSHING = /^AmazonEC2ContainerRegistry(?:PowerUser|FullAccess)$/;
const FOR_PODS = /^(?:AmazonEKS_CNI_Policy$|AmazonEBSCSIDriver)/;
const BROAD = ['s3:*', 'secretsmanager:*', 'ecr:PutImage'];

export interface NodeRights {
  /** Names of the policies that make an administrator of every node. */
  admin: string[];
  /** Rights on data or images that no node needs, with their policy: `backup: s3:*`. */
  broad: string[];
  pushing: string[];
  notAllowed: string[];
  /** Meant for the role of a pod of the system. */
  forPods: string[];
}

interface Granted {
  partition: string;
  at: { account: string };
  facets: { attachedPolicies: readonly AttachedPolicy[]; inlinePolicies: readonly InlinePolicy[] };
}

/** Sorts the policies of a node role by what is wrong with them. `allowed` ones may be anything but an administrator's. */
export function nodeRights(role: Granted, allowed: readonly string[]): NodeRights {
  const { attachedPolicies, inlinePolicies } = role.facets;
  const ofAws = attachedPolicies.filter(({ document }) => document === null);
  const rest = ofAws.filter(({ name, arn }) => !ADMINISTRATORS.has(name) && !allowed.includes(arn));
  const own = attachedPolicies.flatMap(({ name, arn, document }) =>
    document === null ? [] : [{ name, document, attached: true, isAllowed: allowed.includes(arn) }],
  );
  const written = [...own, ...inlinePolicies.map((each) => ({ ...each, attached: false, isAllowed: false }))].map(
    (each) => ({ ...each, ...grantsOf(each.document, role) }),
  );
  const unlisted = written.filter(({ isAdmin, isAllowed }) => !isAdmin && !isAllowed);
  return {
    admin: [
      ...ofAws.map(({ name }) => name).filter((name) => ADMINISTRATORS.has(name)),
      ...written.flatMap(({ name, isAdmin }) => (isAdmin ? [name] : [])),
    ],
    broad: unlisted.flatMap(({ name, broad }) => broad.map((action) => `${name}: ${action}`)),
    pushing: rest.map(({ name }) => name).filter((name) => PUSHING.test(name)),
    notAllowed: [
      ...rest
        .map(({ name }) => name)
        .filter((name) => !FOR_NODES.has(name) && !PUSHING.test(name) && !FOR_PODS.test(name)),
      ...unlisted.flatMap(({ name, attached, broad }) => (attached && broad.length === 0 ? [name] : [])),
    ],
    forPods: rest.map(({ name }) => name).filter((name) => FOR_PODS.test(name)),
  };
}

function grantsOf(document: Json, { partition, at }: Granted): { isAdmin: boolean; broad: string[] } {
  const anyRole = arnOf({ partition, service: 'iam', account: at.account, resource: 'role/*' });
  const statements = statementsOf(document);
  const isAdministrators = (statement: Statement) =>
    reaches(statement, anyRole) && (allows(statement, 'iam:*') || allows(statement, 'sts:AssumeRole'));
  return {
    isAdmin: statements.some(isAdministrators),
    broad: BROAD.filter((action) => statements.some((statement) => allows(statement, action))),
  };
}

/** Who else may assume the role, besides EC2 for its instances. */
export function otherTrusted(trust: Json): string[] {
  const statements = resourceStatementsOf(trust).filter(({ effect }) => effect === 'Allow');
  const trusted = statements.flatMap(({ principals, exceptPrincipals }) => {
    if (exceptPrincipals) return ['everyone but those named'];
    return principals.filter(({ type, id }) => type !== 'Service' || !EC2.test(id)).map(({ id }) => id);
  });
  return [...new Set(trusted)];
}

const EC2 = /^ec2\.amazonaws\.com(?:\.cn)?$/;
