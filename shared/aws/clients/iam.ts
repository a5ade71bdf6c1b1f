import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListOpenIDConnectProvidersCommand,
  ListPoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
} from '@aws-sdk/client-iam';

export const iam = {
  Client: IAMClient,
  reads: {
    GetPolicy: GetPolicyCommand,
    GetPolicyVersion: GetPolicyVersionCommand,
    GetRole: GetRoleCommand,
    GetRolePolicy: GetRolePolicyCommand,
    ListAttachedRolePolicies: ListAttachedRolePoliciesCommand,
    ListOpenIDConnectProviders: ListOpenIDConnectProvidersCommand,
    ListPolicies: ListPoliciesCommand,
    ListRolePolicies: ListRolePoliciesCommand,
    ListRoles: ListRolesCommand,
  },
  writes: {},
};
