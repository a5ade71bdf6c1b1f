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

function listRoles({ PathPrefix = '/', Marker, MaxItems }: Plain<sdk.ListRolesRequest>, call: Call): object {
  const roles = Object.values(call.iam.roles)
    .filter(({ Path }) => Path?.startsWith(PathPrefix))
    .sort((a, b) => ((a.RoleName ?? '') < (b.RoleName ?? '') ? -1 : 1))
    .map(({ Tags: _, ...role }) => ({
      ...role,
      AssumeRolePolicyDocument: encoded(role.AssumeRolePolicyDocument),
    }));
  const { items, next } = page('roles', roles, { token: Marker, most: MaxItems }, call, badMarker);
  return { Roles: items, IsTruncated: next !== undefined, Marker: next };
}

function listPolicies(request: Plain<sdk.ListPoliciesRequest>, call: Call): object {
  const { Scope = 'All', PathPrefix = '/', Marker, MaxItems } = request;
  const ofAws = ({ Arn = '' }: Plain<sdk.Policy>) => Arn.includes('::aws:');
  const policies = Object.values(call.iam.policies)
    .filter((each) => Scope === 'All' || ofAws(each) === (Scope === 'AWS'))
    .filter(({ Path }) => Path?.startsWith(PathPrefix))
    .map(({ Tags: _, ...policy }) => policy);
  const { items, next } = page('policies', policies, { token: Marker, most: MaxItems }, call, badMarker);
  return { Policies: items, IsTruncated: next !== undefined, Marker: next };
}

function listAttachedRolePolicies(request: Plain<sdk.ListAttachedRolePoliciesRequest>, call: Call): object {
  const { RoleName = '', PathPrefix = '/', Marker, MaxItems } = request;
  roleNamed(RoleName, call);
  const attached = (call.iam.attachedPolicies[RoleName] ?? [])
    .filter((arn) => `/${arn.slice(arn.indexOf(':policy/') + 8)}`.startsWith(PathPrefix))
    .map((PolicyArn) => ({ PolicyName: PolicyArn.split('/').at(-1), PolicyArn }));
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

export const iam: Operations = {
  reads: {
    GetOpenIDConnectProvider: getProvider,
    GetPolicy: getPolicy,
    GetPolicyVersion: getPolicyVersion,
    GetRole: getRole,
    GetRolePolicy: getRolePolicy,
    ListAttachedRolePolicies: listAttachedRolePolicies,
    ListOpenIDConnectProviders: listProviders,
    ListPolicies: listPolicies,
    ListRolePolicies: listRolePolicies,
    ListRoles: listRoles,
  },
  writes: iamWrites,
};
