import type * as sdk from '@aws-sdk/client-iam';
import { documentText, type Plain } from '../account.ts';
import { AwsFault, type Call, type Operations, page } from '../call.ts';
import { absent, policyNamed, roleNamed } from './iam-entities.ts';
import { iamWrites } from './iam-writes.ts';

const badMarker = () => new AwsFault('ValidationError', 'Invalid Marker.');

/** IAM sends policy documents URL-encoded. */
const encoded = (document: Parameters<typeof documentText>[0] | undefined) =>
  document === undefined ? undefined : encodeURIComponent(documentText(document));

function getRole({ RoleName = '' }: Plain<sdk.GetRoleRequest>, call: Call): object {
  const role = roleNamed(RoleName, call);
  return { Role: { ...role, AssumeRolePolicyDocument: encoded(role.AssumeRolePolicyDocument) } };
}

type RolesAndPolicies = { role: Plain<sdk.RoleDetail> } | { policy: Plain<sdk.ManagedPolicyDetail> };

/** Roles first, then the account's own policies; a page may have some of both, as IAM's have. */
function getAccountAuthorizationDetails(
  { Filter = [], Marker, MaxItems }: Plain<sdk.GetAccountAuthorizationDetailsRequest>,
  call: Call,
): object {
  const asked = (type: string) => Filter.length === 0 || (Filter as string[]).includes(type);
  const all: RolesAndPolicies[] = [
    ...(asked('Role') ? rolesIn(call).map((role) => ({ role })) : []),
    ...(asked('LocalManagedPolicy') ? policiesIn(call).map((policy) => ({ policy })) : []),
  ];
  const { items, next } = page('details', all, { token: Marker, most: MaxItems }, call, badMarker);
  return {
    ...{ UserDetailList: [], GroupDetailList: [] },
    RoleDetailList: items.flatMap((each) => ('role' in each ? [each.role] : [])),
    Policies: items.flatMap((each) => ('policy' in each ? [each.policy] : [])),
    ...{ IsTruncated: next !== undefined, Marker: next },
  };
}

function rolesIn({ iam }: Call): Plain<sdk.RoleDetail>[] {
  return Object.values(iam.roles)
    .sort((a, b) => ((a.RoleName ?? '') < (b.RoleName ?? '') ? -1 : 1))
    .map(({ Description: _, MaxSessionDuration: __, ...role }) => {
      const { RoleName = '' } = role;
      const inline = Object.entries(iam.inlinePolicies[RoleName] ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
      return {
        ...role,
        AssumeRolePolicyDocument: encoded(role.AssumeRolePolicyDocument),
        InstanceProfileList: [],
        RolePolicyList: inline.map(([PolicyName, document]) => ({ PolicyName, PolicyDocument: encoded(document) })),
        AttachedManagedPolicies: (iam.attachedPolicies[RoleName] ?? []).map(named),
      } as Plain<sdk.RoleDetail>;
    });
}

function policiesIn({ iam }: Call): Plain<sdk.ManagedPolicyDetail>[] {
  return Object.values(iam.policies)
    .filter(({ Arn = '' }) => !Arn.includes('::aws:'))
    .map(({ Tags: _, ...policy }) => ({
      ...policy,
      PolicyVersionList: Object.entries(iam.policyVersions[policy.Arn ?? ''] ?? {}).map(([VersionId, document]) => ({
        Document: encoded(document),
        VersionId,
        IsDefaultVersion: VersionId === policy.DefaultVersionId,
        CreateDate: policy.CreateDate,
      })),
    })) as Plain<sdk.ManagedPolicyDetail>[];
}

const named = (PolicyArn: string) => ({ PolicyName: PolicyArn.split('/').at(-1), PolicyArn });

function listAttachedRolePolicies(request: Plain<sdk.ListAttachedRolePoliciesRequest>, call: Call): object {
  const { RoleName = '', PathPrefix = '/', Marker, MaxItems } = request;
  roleNamed(RoleName, call);
  const attached = (call.iam.attachedPolicies[RoleName] ?? [])
    .filter((arn) => `/${arn.slice(arn.indexOf(':policy/') + 8)}`.startsWith(PathPrefix))
    .map(named);
  const { items, next } = page(`attached/${RoleName}`, attached, { token: Marker, most: MaxItems }, call, badMarker);
  return { AttachedPolicies: items, IsTruncated: next !== undefined, Marker: next };
}

function listRolePolicies({ RoleName = '', Marker, MaxItems }: Plain<sdk.ListRolePoliciesRequest>, call: Call): object {
  roleNamed(RoleName, call);
  const names = Object.keys(call.iam.inlinePolicies[RoleName] ?? {}).sort();
  const { items, next } = page(`inline/${RoleName}`, names, { token: Marker, most: MaxItems }, call, badMarker);
  return { PolicyNames: items, IsTruncated: next !== undefined, Marker: next };
}

function getRolePolicy({ RoleName = '', PolicyName = '' }: Plain<sdk.GetRolePolicyRequest>, call: Call): object {
  roleNamed(RoleName, call);
  const document = call.iam.inlinePolicies[RoleName]?.[PolicyName];
  if (document === undefined) throw absent(`The role policy with name ${PolicyName}`);
  return { RoleName, PolicyName, PolicyDocument: encoded(document) };
}

function getPolicy({ PolicyArn = '' }: Plain<sdk.GetPolicyRequest>, call: Call): object {
  return { Policy: policyNamed(PolicyArn, call) };
}

function getPolicyVersion({ PolicyArn = '', VersionId = '' }: Plain<sdk.GetPolicyVersionRequest>, call: Call): object {
  const { DefaultVersionId, CreateDate } = policyNamed(PolicyArn, call);
  const document = call.iam.policyVersions[PolicyArn]?.[VersionId];
  if (document === undefined) throw absent(`Policy ${PolicyArn} version ${VersionId}`);
  return {
    PolicyVersion: {
      Document: encoded(document),
      VersionId,
      IsDefaultVersion: VersionId === DefaultVersionId,
      CreateDate,
    },
  };
}

function listProviders(_: object, call: Call): object {
  return { OpenIDConnectProviderList: Object.keys(call.iam.oidcProviders).map((Arn) => ({ Arn })) };
}

function getProvider(request: Plain<sdk.GetOpenIDConnectProviderRequest>, call: Call): object {
  const arn = request.OpenIDConnectProviderArn ?? '';
  const provider = call.iam.oidcProviders[arn];
  if (!provider) throw absent(`OpenIDConnect Provider not found for arn ${arn}: it`);
  return provider;
}

function listPolicyVersions({ PolicyArn = '' }: Plain<sdk.ListPolicyVersionsRequest>, call: Call): object {
  const { DefaultVersionId } = policyNamed(PolicyArn, call);
  const ids = Object.keys(call.iam.policyVersions[PolicyArn] ?? {}).reverse();
  return {
    Versions: ids.map((VersionId) => ({ VersionId, IsDefaultVersion: VersionId === DefaultVersionId })),
    IsTruncated: false,
  };
}

export const iam: Operations = {
  reads: {
    GetAccountAuthorizationDetails: getAccountAuthorizationDetails,
    GetOpenIDConnectProvider: getProvider,
    GetPolicy: getPolicy,
    GetPolicyVersion: getPolicyVersion,
    GetRole: getRole,
    GetRolePolicy: getRolePolicy,
    ListAttachedRolePolicies: listAttachedRolePolicies,
    ListOpenIDConnectProviders: listProviders,
    ListPolicyVersions: listPolicyVersions,
    ListRolePolicies: listRolePolicies,
  },
  writes: iamWrites,
};
