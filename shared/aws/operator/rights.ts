import { GetRoleCommand, IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { clientConfig } from '../own/calling.ts';
import { iamRegionOf, partitionOf } from '../partition.ts';
import { known, type Read } from '../read.ts';
import { asked, type OperatorSession } from './session.ts';

/** What somebody is to be allowed, as one question: every action on every resource. */
export interface Question {
  actions: readonly string[];
  resources: readonly string[];
  /** Values of condition keys, such as `iam:PassedToService`. */
  context: Readonly<Record<string, string>>;
}

export interface Denied {
  action: string;
  resource: string;
}

/** A session's own role, of which alone IAM tells the rights; any other caller is its own. */
export async function principalOf(session: OperatorSession, caller: string): Promise<Read<string>> {
  const name = /^arn:[^:]+:sts::\d+:assumed-role\/([^/]+)\//.exec(caller)?.[1];
  if (name === undefined) return known(caller);
  const iam = iamClient(session);
  return asked('iam:GetRole', async () => (await iam.send(new GetRoleCommand({ RoleName: name }))).Role?.Arn ?? caller);
}

/** What a principal may not do of what is asked, by its own policies and its boundary. */
export async function deniedTo(
  session: OperatorSession,
  principal: string,
  { actions, resources, context }: Question,
): Promise<Read<readonly Denied[]>> {
  const iam = iamClient(session);
  return asked('iam:SimulatePrincipalPolicy', async () => {
    const { EvaluationResults = [] } = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: principal,
        ActionNames: [...actions],
        ResourceArns: [...resources],
        ContextEntries: Object.entries(context).map(([ContextKeyName, value]) => ({
          ContextKeyName,
          ContextKeyType: 'string' as const,
          ContextKeyValues: [value],
        })),
        MaxItems: 1000,
      }),
    );
    return EvaluationResults.flatMap(({ EvalActionName = '', EvalDecision, EvalResourceName = '*' }) =>
      EvalDecision === 'allowed' ? [] : [{ action: EvalActionName, resource: EvalResourceName }],
    );
  });
}

function iamClient(session: OperatorSession): IAMClient {
  return new IAMClient(clientConfig(session.calling(iamRegionOf(partitionOf(session.region)))));
}
