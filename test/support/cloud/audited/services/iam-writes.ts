import type * as sdk from '@aws-sdk/client-iam';
import type { Plain } from '../account.ts';
import { AwsFault, type Call, type Run } from '../call.ts';
import { policyNamed, roleNamed } from './iam-entities.ts';

/** IAM refuses a document that is no JSON. */
function checked(document: string | undefined): string {
  try {
    const parsed: unknown = JSON.parse(document ?? '');
    if (typeof parsed === 'object' && parsed !== null) return document ?? '';
  } catch {
    // Said below, as for JSON that is no object.
  }
  throw new AwsFault('MalformedPolicyDocument', 'Syntax errors in policy.');
}

function createRole(request: Plain<sdk.CreateRoleRequest>, call: Call): object {
  const { RoleName = '', Path = '/', AssumeRolePolicyDocument, Description, MaxSessionDuration, Tags } = request;
  if (call.iam.roles[RoleName])
    throw new AwsFault('EntityAlreadyExists', `Role with name ${RoleName} already exists.`, 409);
  const role = {
    Path,
    RoleName,
    RoleId: `AROA${call.id().replaceAll('-', '').toUpperCase().slice(0, 17)}`,
    Arn: `arn:${call.partition}:iam::${call.accountId}:role${Path}${RoleName}`,
    CreateDate: call.at,
    Description,
    MaxSessionDuration: MaxSessionDuration ?? 3600,
    Tags: Tags ?? [],
  };
  const document = checked(AssumeRolePolicyDocument);
  call.iam.roles[RoleName] = { ...role, AssumeRolePolicyDocument: document };
  return { Role: { ...role, AssumeRolePolicyDocument: encodeURIComponent(document) } };
}

function deleteRole({ RoleName = '' }: Plain<sdk.DeleteRoleRequest>, call: Call): object {
  roleNamed(RoleName, call);
  const { attachedPolicies, inlinePolicies } = call.iam;
  if (attachedPolicies[RoleName]?.length || Object.keys(inlinePolicies[RoleName] ?? {}).length) {
    throw new AwsFault('DeleteConflict', 'Cannot delete entity, must detach all policies first.', 409);
  }
  delete call.iam.roles[RoleName];
  return {};
}

function updateAssumeRolePolicy(request: Plain<sdk.UpdateAssumeRolePolicyRequest>, call: Call): object {
  roleNamed(request.RoleName ?? '', call).AssumeRolePolicyDocument = checked(request.PolicyDocument);
  return {};
}

function attachRolePolicy({ RoleName = '', PolicyArn = '' }: Plain<sdk.AttachRolePolicyRequest>, call: Call): object {
  roleNamed(RoleName, call);
  policyNamed(PolicyArn, call);
  const { attachedPolicies } = call.iam;
  attachedPolicies[RoleName] = [...new Set([...(attachedPolicies[RoleName] ?? []), PolicyArn])];
  return {};
}

function detachRolePolicy({ RoleName = '', PolicyArn = '' }: Plain<sdk.DetachRolePolicyRequest>, call: Call): object {
  roleNamed(RoleName, call);
  const attached = call.iam.attachedPolicies[RoleName] ?? [];
  if (!attached.includes(PolicyArn)) throw new AwsFault('NoSuchEntity', `Policy ${PolicyArn} was not found.`, 404);
  call.iam.attachedPolicies[RoleName] = attached.filter((arn) => arn !== PolicyArn);
  return {};
}

function putRolePolicy(request: Plain<sdk.PutRolePolicyRequest>, call: Call): object {
  const { RoleName = '', PolicyName = '', PolicyDocument } = request;
  roleNamed(RoleName, call);
  call.iam.inlinePolicies[RoleName] = { ...call.iam.inlinePolicies[RoleName], [PolicyName]: checked(PolicyDocument) };
  return {};
}

function deleteRolePolicy({ RoleName = '', PolicyName = '' }: Plain<sdk.DeleteRolePolicyRequest>, call: Call): object {
  roleNamed(RoleName, call);
  const inline = call.iam.inlinePolicies[RoleName];
  if (inline?.[PolicyName] === undefined) {
    throw new AwsFault('NoSuchEntity', `The role policy with name ${PolicyName} cannot be found.`, 404);
  }
  delete inline[PolicyName];
  return {};
}

function createPolicyVersion(request: Plain<sdk.CreatePolicyVersionRequest>, call: Call): object {
  const { PolicyArn = '', PolicyDocument, SetAsDefault } = request;
  const policy = policyNamed(PolicyArn, call);
  const versions = call.iam.policyVersions[PolicyArn] ?? {};
  if (Object.keys(versions).length >= 5) {
    throw new AwsFault('LimitExceeded', 'A managed policy can have up to 5 versions.', 409);
  }
  const VersionId = `v${Math.max(0, ...Object.keys(versions).map((id) => Number(id.slice(1)))) + 1}`;
  call.iam.policyVersions[PolicyArn] = { ...versions, [VersionId]: checked(PolicyDocument) };
  if (SetAsDefault) policy.DefaultVersionId = VersionId;
  return { PolicyVersion: { VersionId, IsDefaultVersion: SetAsDefault ?? false, CreateDate: call.at } };
}

function deletePolicyVersion(request: Plain<sdk.DeletePolicyVersionRequest>, call: Call): object {
  const { PolicyArn = '', VersionId = '' } = request;
  const versions = call.iam.policyVersions[PolicyArn] ?? {};
  if (policyNamed(PolicyArn, call).DefaultVersionId === VersionId) {
    throw new AwsFault('DeleteConflict', 'Cannot delete the default version of a policy.', 409);
  }
  if (versions[VersionId] === undefined) {
    throw new AwsFault('NoSuchEntity', `Policy ${PolicyArn} version ${VersionId} does not exist.`, 404);
  }
  delete versions[VersionId];
  return {};
}

function setDefaultPolicyVersion(request: Plain<sdk.SetDefaultPolicyVersionRequest>, call: Call): object {
  const { PolicyArn = '', VersionId = '' } = request;
  const policy = policyNamed(PolicyArn, call);
  if (call.iam.policyVersions[PolicyArn]?.[VersionId] === undefined) {
    throw new AwsFault('NoSuchEntity', `Policy ${PolicyArn} version ${VersionId} does not exist.`, 404);
  }
  policy.DefaultVersionId = VersionId;
  return {};
}

export const iamWrites: Readonly<Record<string, Run>> = {
  AttachRolePolicy: attachRolePolicy,
  CreatePolicyVersion: createPolicyVersion,
  CreateRole: createRole,
  DeletePolicyVersion: deletePolicyVersion,
  DeleteRole: deleteRole,
  DeleteRolePolicy: deleteRolePolicy,
  DetachRolePolicy: detachRolePolicy,
  PutRolePolicy: putRolePolicy,
  SetDefaultPolicyVersion: setDefaultPolicyVersion,
  UpdateAssumeRolePolicy: updateAssumeRolePolicy,
};
