import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { stsAssume } from '../client-pool.ts';
import type { RoleRequest } from '../entry.ts';
import { clientConfig } from '../own/calling.ts';
import type { Read } from '../read.ts';
import { asked, type OperatorSession } from './session.ts';

/** Who runs a command, as AWS has it. */
export interface Caller {
  account: string;
  arn: string;
  /** `AIDA…`, or `AROA…:session`: the id that SQS names as a message's sender. */
  userId: string;
}

export function callerOf(session: OperatorSession): Promise<Read<Caller>> {
  const sts = new STSClient(clientConfig(session.calling()));
  return asked('sts:GetCallerIdentity', async () => {
    const { Account = '', Arn = '', UserId = '' } = await sts.send(new GetCallerIdentityCommand({}));
    return { account: Account, arn: Arn, userId: UserId };
  });
}

/** Whether a role lets this person in; the credentials are thrown away. */
export function canAssume(session: OperatorSession, request: RoleRequest): Promise<Read<true>> {
  const { client = {} } = session.calling();
  const assume = stsAssume(session.region, { sdk: client }, () => {});
  return asked('sts:AssumeRole', () => assume(request).then(() => true as const));
}
