import type { Role, RoleDetail } from '@aws-sdk/client-iam';
import { combine, known, onFound, type Read } from '../aws/read.ts';
import type { Reader } from '../aws/reader.ts';
import { authorizationDetails, DETAILS, seedsOfRole } from './account-authorization.ts';
import { arnName, arnNames, arnParts } from './arn.ts';
import { firstId } from './ids.ts';
import { at, field, type Json, list } from './json.ts';
import { defineKind, type Listed, type Locate } from './kind.ts';
import { toIssuer, toPolicy } from './links.ts';
import { listedIn } from './listed.ts';
import { nodegroupEvents } from './nodegroup-events.ts';
import { oidcProvider } from './oidc-provider.ts';
import { policy } from './policy.ts';
import { documentOf, versionDocument } from './policy-documents.ts';
import type { Link, Resource } from './resource.ts';
import { tagsOf } from './tags.ts';

/** A role with its trust policy decoded, without what only a read of the one role tells. */
export interface TrustedRole extends Omit<Role, 'Description' | 'MaxSessionDuration'> {
  trust: Json;
}

export interface AttachedPolicy {
  arn: string;
  name: string;
  /** Of the default version; null for AWS's own policies, which go by their names. */
  document: Json | null;
}

export interface InlinePolicy {
  name: string;
  document: Json;
}

export type RoleFacets = {
  attachedPolicies: readonly AttachedPolicy[];
  inlinePolicies: readonly InlinePolicy[];
  /** The issuers that the account trusts, without scheme: `oidc.eks.eu-west-1.amazonaws.com/id/…`. */
  oidcProviders: readonly string[];
};

async function attachedPolicies(reader: Reader, { RoleName }: TrustedRole): Promise<Read<AttachedPolicy[]>> {
  const answer = await reader.read('iam:ListAttachedRolePolicies', { RoleName });
  const attached = onFound(answer, 'iam:ListAttachedRolePolicies', ({ AttachedPolicies }) => {
    const named = AttachedPolicies?.flatMap(({ PolicyArn, PolicyName }) =>
      PolicyArn && PolicyName ? [{ arn: PolicyArn, name: PolicyName }] : [],
    );
    return named?.length === AttachedPolicies?.length ? named : undefined;
  });
  if (attached.outcome !== 'found') return attached;
  const all = combine(await Promise.all(attached.value.map((each) => withDocument(reader, each))));
  return { ...all, began: Math.min(attached.began, all.began) };
}

async function withDocument(reader: Reader, each: Omit<AttachedPolicy, 'document'>): Promise<Read<AttachedPolicy>> {
  if (arnParts(each.arn)?.account === 'aws') return known({ ...each, document: null });
  const policy = await reader.read('iam:GetPolicy', { PolicyArn: each.arn });
  if (policy.outcome !== 'found') return policy;
  const document = await versionDocument(reader, each.arn, policy.value.Policy?.DefaultVersionId);
  return onFound(combine([policy, document]), 'iam:GetPolicyVersion', ([, found]) => ({ ...each, document: found }));
}

async function inlinePolicies(reader: Reader, { RoleName }: TrustedRole): Promise<Read<InlinePolicy[]>> {
  const answer = await reader.read('iam:ListRolePolicies', { RoleName });
  const names = onFound(answer, 'iam:ListRolePolicies', ({ PolicyNames }) => PolicyNames);
  if (names.outcome !== 'found') return names;
  const reads = names.value.map(async (name): Promise<Read<InlinePolicy>> => {
    const found = await reader.read('iam:GetRolePolicy', { RoleName, PolicyName: name });
    return onFound(found, 'iam:GetRolePolicy', ({ PolicyDocument }) => {
      const document = documentOf(PolicyDocument);
      return document && { name, document };
    });
  });
  const all = combine(await Promise.all(reads));
  return { ...all, began: Math.min(names.began, all.began) };
}

async function oidcProviders(reader: Reader): Promise<Read<string[]>> {
  const answer = await reader.read('iam:ListOpenIDConnectProviders', {});
  return onFound(answer, 'iam:ListOpenIDConnectProviders', ({ OpenIDConnectProviderList }) =>
    OpenIDConnectProviderList?.flatMap(({ Arn = '' }) => arnName(Arn, 'oidc-provider') ?? []),
  );
}

/** How a role uses what it links to. */
export const ROLE_USES = {
  attached: 'attached policy',
  boundary: 'permissions boundary',
  issuer: 'trusted issuer',
} as const;

/** The providers that a trust policy names, in whatever shape: one statement or several, one principal or several. */
function trustedIssuers(trust: Json): string[] {
  const statements = [field(trust, 'Statement')].flat();
  const principals = statements.flatMap((statement) => {
    const principal = field(statement, 'Principal');
    const federated = list(principal, 'Federated');
    return federated.length > 0 ? federated : [field(principal, 'Federated')];
  });
  return principals.flatMap((arn) => (typeof arn === 'string' ? (arnName(arn, 'oidc-provider') ?? []) : []));
}

function linksOf(base: TrustedRole, { attachedPolicies = [] }: Partial<RoleFacets>, from: Resource): Link[] {
  return [
    ...attachedPolicies.flatMap(({ arn }) => toPolicy(arn, ROLE_USES.attached)),
    ...toPolicy(base.PermissionsBoundary?.PermissionsBoundaryArn, ROLE_USES.boundary),
    ...trustedIssuers(base.trust).flatMap((issuer) => toIssuer(from, issuer, ROLE_USES.issuer)),
  ];
}

/** Those of AWS's own services are theirs to change, and nobody else's. */
const OF_SERVICES = '/aws-service-role/';

/** The listing has all of each role: its reads are answered by it. */
async function listRoles(reader: Reader): Promise<Listed> {
  const answer = await authorizationDetails(reader);
  const ours = (roles: readonly RoleDetail[]) => roles.filter(({ Path }) => !Path?.startsWith(OF_SERVICES));
  const listed = listedIn('role', answer, DETAILS, ({ RoleDetailList }) =>
    RoleDetailList ? ours(RoleDetailList).map(({ RoleName }) => RoleName) : undefined,
  );
  if (answer.outcome !== 'found') return listed;
  const { RoleDetailList = [], Policies = [] } = answer.value;
  const policies = new Map(Policies.map((each) => [each.Arn ?? '', each]));
  return { ...listed, seeds: ours(RoleDetailList).flatMap((each) => seedsOfRole(each, policies, answer.began)) };
}

const named: Locate = ({ request, response, arns }) =>
  firstId(
    'role',
    field(request, 'roleName'),
    at(response, 'role', 'roleName'),
    ...arnNames(arns, 'role').map((name) => name.split('/').at(-1)),
  );

export const role = defineKind<TrustedRole, RoleFacets>()({
  kind: 'role',
  called: 'IAM role',
  judged: 'every',
  global: true,
  asksWhoUses: true,
  actions: ['iam:GetRole'],
  likely: ({ id }) => ({ RoleName: id }),
  base: async (reader, { id }) =>
    onFound(await reader.read('iam:GetRole', { RoleName: id }), 'iam:GetRole', ({ Role: found }) => {
      const trust = documentOf(found?.AssumeRolePolicyDocument);
      return found && trust && { ...found, trust };
    }),
  listing: { actions: [DETAILS], list: listRoles },
  facets: {
    attachedPolicies: {
      actions: ['iam:ListAttachedRolePolicies', 'iam:GetPolicy', 'iam:GetPolicyVersion'],
      read: attachedPolicies,
    },
    inlinePolicies: { actions: ['iam:ListRolePolicies', 'iam:GetRolePolicy'], read: inlinePolicies },
    oidcProviders: { actions: ['iam:ListOpenIDConnectProviders'], read: oidcProviders },
  },
  generation: ({ RoleId }) => RoleId,
  linksTo: ['policy', 'oidc-provider'],
  links: linksOf,
  tags: ({ Tags }) => tagsOf(Tags),
  lifecycle: { created: ['iam:CreateRole'], deleted: ['iam:DeleteRole'], tagged: ['iam:TagRole', 'iam:UntagRole'] },
  touchedBy: {
    'iam:CreateRole': named,
    'iam:DeleteRole': named,
    'iam:UpdateAssumeRolePolicy': named,
    'iam:AttachRolePolicy': named,
    'iam:DetachRolePolicy': named,
    'iam:PutRolePolicy': named,
    'iam:DeleteRolePolicy': named,
    'iam:PutRolePermissionsBoundary': named,
    'iam:DeleteRolePermissionsBoundary': named,
    'iam:AddRoleToInstanceProfile': named,
    'iam:TagRole': named,
    'iam:UntagRole': named,
  },
  // A node group is no link of a role: the look at the node group writes the one to its role.
  reachedThrough: [policy, oidcProvider, nodegroupEvents],
});
