import type { GetAccountAuthorizationDetailsResponse, ManagedPolicyDetail, RoleDetail } from '@aws-sdk/client-iam';
import type { Read } from '../aws/read.ts';
import type { Reader } from '../aws/reader.ts';
import type { Seed } from './kind.ts';

/** The one answer of IAM that has all roles with their policies, and all policies of the account with their versions. */
export const DETAILS = 'iam:GetAccountAuthorizationDetails';

export function authorizationDetails(reader: Reader): Promise<Read<GetAccountAuthorizationDetailsResponse>> {
  return reader.read(DETAILS, { Filter: ['Role', 'LocalManagedPolicy'], MaxItems: 1000 });
}

/** What the reads of one role would have answered. A list that the answer lacks is left for its own read. */
export function seedsOfRole(
  { RolePolicyList, AttachedManagedPolicies, ...role }: RoleDetail,
  policies: ReadonlyMap<string, ManagedPolicyDetail>,
  began: number,
): Seed[] {
  const { RoleName = '' } = role;
  const seed = (action: Seed['action'], input: object, value: object): Seed => ({
    ...{ id: RoleName, action, input, value, began },
  });
  const inline = (RolePolicyList ?? []).map(({ PolicyName, PolicyDocument }) =>
    seed('iam:GetRolePolicy', { RoleName, PolicyName }, { RoleName, PolicyName, PolicyDocument }),
  );
  const attached = (AttachedManagedPolicies ?? []).flatMap(({ PolicyArn = '' }) => {
    const policy = policies.get(PolicyArn);
    return policy === undefined ? [] : seedsOfVersions(RoleName, policy, began);
  });
  return [
    seed('iam:GetRole', { RoleName }, { Role: role }),
    ...(AttachedManagedPolicies
      ? [seed('iam:ListAttachedRolePolicies', { RoleName }, { AttachedPolicies: AttachedManagedPolicies })]
      : []),
    ...(RolePolicyList
      ? [seed('iam:ListRolePolicies', { RoleName }, { PolicyNames: RolePolicyList.map((each) => each.PolicyName) })]
      : []),
    ...inline,
    ...attached,
  ];
}

/** The documents of a policy, for the resource `id`. `GetPolicy` is no such answer: only it has the policy's tags. */
export function seedsOfVersions(
  id: string,
  { Arn, PolicyVersionList = [] }: ManagedPolicyDetail,
  began: number,
): Seed[] {
  return PolicyVersionList.flatMap((version) =>
    version.Document === undefined
      ? []
      : [
          {
            ...{ id, action: 'iam:GetPolicyVersion' as const, began },
            input: { PolicyArn: Arn, VersionId: version.VersionId },
            value: { PolicyVersion: version },
          },
        ],
  );
}
