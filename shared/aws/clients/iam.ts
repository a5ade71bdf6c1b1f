import {
  GetAccountAuthorizationDetailsCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListOpenIDConnectProvidersCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';

export const iam = {
  Client: IAMClient,
  reads: {
    GetAccountAuthorizationDetails: GetAccountAuthorizationDetailsCommand,
    GetPolicy: GetPolicyCommand,
    GetPolicyVersion: GetPolicyVersionCommand,
    GetRole: GetRoleCommand,
    GetRolePolicy: GetRolePolicyCommand,
    ListAttachedRolePolicies: ListAttachedRolePoliciesCommand,
    ListOpenIDConnectProviders: ListOpenIDConnectProvidersCommand,
    ListRolePolicies: ListRolePoliciesCommand,
  },
  writes: {},
};
