import { CloudFormationClient, paginateListStackResources, paginateListStacks } from '@aws-sdk/client-cloudformation';
import { clientConfig } from '../own/calling.ts';
import type { Read } from '../read.ts';
import { asked, type OperatorSession } from './session.ts';

/** One thing of a stack, by its logical id. */
export interface StackResource {
  logicalId: string;
  type: string;
  /** What AWS calls it: a queue's URL, a topic's ARN, a table's name. */
  physicalId: string;
}

/** What a stack consists of; `gone` where there is no stack of that name in the region. */
export function stackResources(
  session: OperatorSession,
  stack: string,
  region?: string,
): Promise<Read<readonly StackResource[]>> {
  const client = new CloudFormationClient(clientConfig(session.calling(region)));
  return asked(
    'cloudformation:ListStackResources',
    async () => {
      const all: StackResource[] = [];
      for await (const { StackResourceSummaries = [] } of paginateListStackResources(
        { client },
        { StackName: stack },
      )) {
        for (const { LogicalResourceId, ResourceType, PhysicalResourceId, ResourceStatus } of StackResourceSummaries) {
          if (!LogicalResourceId || !ResourceType || !PhysicalResourceId || ResourceStatus === 'DELETE_COMPLETE')
            continue;
          all.push({ logicalId: LogicalResourceId, type: ResourceType, physicalId: PhysicalResourceId });
        }
      }
      return all;
    },
    ({ name, message }) => name === 'ValidationError' && message.includes('does not exist'),
  );
}

/** The name of the stack that a StackSet of this name has installed in the session's region; `gone` where there is none. */
export async function stackOfSet(session: OperatorSession, set: string): Promise<Read<string>> {
  const client = new CloudFormationClient(clientConfig(session.calling()));
  const prefix = `StackSet-${set}-`;
  const read = await asked('cloudformation:ListStacks', async () => {
    for await (const { StackSummaries = [] } of paginateListStacks({ client }, {})) {
      const found = StackSummaries.find(
        ({ StackName, StackStatus }) => StackName?.startsWith(prefix) && StackStatus !== 'DELETE_COMPLETE',
      );
      if (found?.StackName !== undefined) return found.StackName;
    }
    return '';
  });
  return read.outcome === 'found' && read.value === '' ? { outcome: 'gone', began: read.began } : read;
}
