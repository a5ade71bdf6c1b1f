import { setTimeout as wait } from 'node:timers/promises';
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
} from '@aws-sdk/client-cloudformation';
import { clientConfig } from '../own/calling.ts';
import { onFound, type Read } from '../read.ts';
import { asked, type OperatorSession } from './session.ts';
import { LOOKS, settledStack } from './stacks.ts';

/** One thing that exists and is to belong to a new stack. */
export interface Imported {
  stack: string;
  /** Describes the one thing alone. */
  template: string;
  logicalId: string;
  type: string;
  identifier: Readonly<Record<string, string>>;
}

const NAME = 'take-back';

/** Makes a stack of one thing that exists already; an import takes no tags. Answers the stack's status, or why CloudFormation would not. */
export async function importInto(session: OperatorSession, imported: Imported): Promise<Read<string>> {
  const client = new CloudFormationClient(clientConfig(session.calling()));
  const set = { StackName: imported.stack, ChangeSetName: NAME };
  const { logicalId, type, identifier } = imported;
  const made = await asked('cloudformation:CreateChangeSet', () =>
    client.send(
      new CreateChangeSetCommand({
        ...set,
        ChangeSetType: 'IMPORT',
        TemplateBody: imported.template,
        ResourcesToImport: [
          { ResourceType: type, LogicalResourceId: logicalId, ResourceIdentifier: { ...identifier } },
        ],
      }),
    ),
  );
  if (made.outcome !== 'found') return made;
  const ready = await changeSet(client, set);
  if (ready.outcome !== 'found' || ready.value !== 'CREATE_COMPLETE') return ready;
  const done = await asked('cloudformation:ExecuteChangeSet', () => client.send(new ExecuteChangeSetCommand(set)));
  if (done.outcome !== 'found') return done;
  const state = await settledStack(session, imported.stack, session.region);
  return onFound(state, 'cloudformation:DescribeStacks', ({ status }) => status);
}

/** Its status once it is made, with CloudFormation's reason where it could not be. */
async function changeSet(
  client: CloudFormationClient,
  set: { StackName: string; ChangeSetName: string },
): Promise<Read<string>> {
  for (let look = 0; ; look++) {
    const read = await asked('cloudformation:DescribeChangeSet', () => client.send(new DescribeChangeSetCommand(set)));
    if (read.outcome !== 'found') return read;
    const { Status = '', StatusReason = '' } = read.value;
    if (Status === 'CREATE_COMPLETE') return { ...read, value: Status };
    if (!/^CREATE_(?:PENDING|IN_PROGRESS)$/.test(Status)) return { ...read, value: `${Status}: ${StatusReason}` };
    await wait(LOOKS[Math.min(look, LOOKS.length - 1)]);
  }
}
