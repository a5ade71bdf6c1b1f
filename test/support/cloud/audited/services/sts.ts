import type { AssumeRoleRequest } from '@aws-sdk/client-sts';
import type { Plain } from '../account.ts';
import { AwsFault, type Call, type Operations } from '../call.ts';

/** Lets a caller into any account that there is, whatever the role's name; the external id has to be right. */
function assumeRole(request: Plain<AssumeRoleRequest>, call: Call): object {
  const { RoleArn = '', RoleSessionName = '', ExternalId, DurationSeconds = 3600 } = request;
  const session = call.assume({
    arn: RoleArn,
    sessionName: RoleSessionName,
    ...(ExternalId !== undefined && { externalId: ExternalId }),
  });
  if (!session) {
    const who = String(call.caller.userIdentity.arn);
    throw new AwsFault(
      'AccessDenied',
      `User: ${who} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
      403,
    );
  }
  const [, partition, , , account, role = ''] = RoleArn.split(':');
  return {
    Credentials: {
      AccessKeyId: session.accessKey,
      SecretAccessKey: 'sample-secret-of-no-account',
      SessionToken: `session-of-${session.accessKey}`,
      Expiration: new Date(Date.parse(call.at) + DurationSeconds * 1000).toISOString(),
    },
    AssumedRoleUser: {
      AssumedRoleId: `${session.roleId}:${RoleSessionName}`,
      Arn: `arn:${partition}:sts::${account}:assumed-role/${role.split('/').at(-1)}/${RoleSessionName}`,
    },
  };
}

function getCallerIdentity(_: object, call: Call): object {
  const { arn, principalId } = call.caller.userIdentity;
  return { UserId: principalId, Account: call.accountId, Arn: arn };
}

export const sts: Operations = { reads: { AssumeRole: assumeRole, GetCallerIdentity: getCallerIdentity }, writes: {} };
