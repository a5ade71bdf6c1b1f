import { createHash } from 'node:crypto';
import { ListStackResourcesCommand, type StackResourceSummary } from '@aws-sdk/client-cloudformation';
import { GetRolePolicyCommand, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import type { Clients } from './clients.ts';
import { OWN } from './place.ts';
import { allowedBy, type Principal } from './wire/principals.ts';

/** What a deployment made. */
export interface Deployed {
  resources: readonly { id: string; type: string; name: string }[];
  /** The physical name of a resource. */
  nameOf(id: string): string;
  /** Whose access key it is. */
  principals: ReadonlyMap<string, Principal>;
  /** Whether a role may do something, by role ARN. */
  rights: ReadonlyMap<string, (action: string) => boolean>;
  /** The policy documents of each role, by role ARN. */
  policies: ReadonlyMap<string, readonly string[]>;
}

/** Looks at a stack as it is deployed now. */
export async function lookAtStack(clients: Clients, stack: string): Promise<Deployed> {
  const resources = (await summaries(clients, stack)).map((one) => ({
    id: String(one.LogicalResourceId),
    type: String(one.ResourceType),
    name: String(one.PhysicalResourceId),
  }));
  const nameOf = (id: string): string => {
    const found = resources.find((one) => one.id === id);
    if (found === undefined) throw new Error(`The stack has no ${id}.`);
    return found.name;
  };
  const principals = new Map<string, Principal>();
  const policies = new Map<string, readonly string[]>();
  for (const { type, name } of resources) {
    if (type !== 'AWS::Lambda::Function') continue;
    const { FunctionArn = '', Role = '' } = await clients.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: name }),
    );
    principals.set(keyOf(FunctionArn, Role), { account: OWN, role: Role, session: name });
    policies.set(Role, await policiesOf(clients, Role));
  }
  const rights = new Map([...policies].map(([role, documents]) => [role, allowedBy(documents)] as const));
  return { resources, nameOf, principals, rights, policies };
}

async function summaries({ cloudFormation }: Clients, stack: string): Promise<StackResourceSummary[]> {
  const found: StackResourceSummary[] = [];
  let next: string | undefined;
  do {
    const page = await cloudFormation.send(new ListStackResourcesCommand({ StackName: stack, NextToken: next }));
    found.push(...(page.StackResourceSummaries ?? []));
    next = page.NextToken;
  } while (next);
  return found.filter(({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE');
}

/** The inline policies of a role, as text. */
export async function policiesOf({ iam }: Clients, role: string): Promise<string[]> {
  const RoleName = role.split('/').at(-1) ?? '';
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const documents = PolicyNames.map(async (PolicyName) => {
    const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    return decodeURIComponent(PolicyDocument);
  });
  return Promise.all(documents);
}

/** The access key that the emulator gives to a function. */
function keyOf(functionArn: string, role: string): string {
  const digest = createHash('sha256').update(`${functionArn}:${role}`).digest('hex');
  return `ASIA${digest.slice(0, 16).toUpperCase()}`;
}
