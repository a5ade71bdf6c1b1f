import { setTimeout as wait } from 'node:timers/promises';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { clientConfig } from '../own/calling.ts';
import { onFound, type Read } from '../read.ts';
import { asked, type OperatorSession } from './session.ts';

export interface StackState {
  id: string;
  status: string;
  /** When it was last created or updated (ms). */
  changedAt: number;
  tags: Readonly<Record<string, string>>;
}

export interface StackWanted {
  name: string;
  template: string;
  parameters: Readonly<Record<string, string>>;
  tags: Readonly<Record<string, string>>;
}

/** What came of a stack that was to be as wanted. */
export type Outcome = 'created' | 'updated' | 'unchanged';

/** Milliseconds between looks at what is changing: soon at first, then patiently. */
export const LOOKS = [200, 500, 1000, 2000, 5000];
const NO_UPDATES = /^No updates are to be performed/;

const isMissing = ({ name, message }: Error) => name === 'ValidationError' && /does not exist/.test(message);

/** `gone` where there is no stack of this name, or one that was deleted. */
export function stackState(
  session: OperatorSession,
  stack: string,
  region = session.region,
): Promise<Read<StackState>> {
  const client = new CloudFormationClient(clientConfig(session.calling(region)));
  return asked('cloudformation:DescribeStacks', () => describe(client, stack), isMissing);
}

async function describe(client: CloudFormationClient, stack: string): Promise<StackState> {
  const { Stacks: [found] = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
  if (found?.StackStatus === undefined || found.StackStatus === 'DELETE_COMPLETE') throw missing(stack);
  return {
    id: found.StackId ?? stack,
    status: found.StackStatus,
    changedAt: (found.LastUpdatedTime ?? found.CreationTime)?.getTime() ?? 0,
    tags: Object.fromEntries((found.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
  };
}

/** The template that a stack was made from, as it stands now. */
export function stackTemplate(session: OperatorSession, stack: string): Promise<Read<string>> {
  const client = new CloudFormationClient(clientConfig(session.calling()));
  const ask = async () => (await client.send(new GetTemplateCommand({ StackName: stack }))).TemplateBody ?? '{}';
  return asked('cloudformation:GetTemplate', ask, isMissing);
}

/** Creates the stack, or updates it where anything differs, and waits until that has ended, well or not. */
export async function putStack(
  session: OperatorSession,
  wanted: StackWanted,
  region: string,
): Promise<Read<{ outcome: Outcome; status: string }>> {
  const client = new CloudFormationClient(clientConfig(session.calling(region)));
  const before = await stackState(session, wanted.name, region);
  if (before.outcome !== 'found' && before.outcome !== 'gone') return before;
  const input = {
    StackName: wanted.name,
    TemplateBody: wanted.template,
    Capabilities: ['CAPABILITY_IAM' as const],
    Parameters: Object.entries(wanted.parameters).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
    Tags: Object.entries(wanted.tags).map(([Key, Value]) => ({ Key, Value })),
  };
  if (before.outcome === 'gone') {
    const made = await asked('cloudformation:CreateStack', () => client.send(new CreateStackCommand(input)));
    return made.outcome === 'found' ? ended(session, wanted.name, region, 'created') : made;
  }
  const updated = await asked('cloudformation:UpdateStack', async () => {
    try {
      await client.send(new UpdateStackCommand(input));
      return 'updated' as const;
    } catch (error) {
      if (error instanceof Error && NO_UPDATES.test(error.message)) return 'unchanged' as const;
      throw error;
    }
  });
  if (updated.outcome !== 'found') return updated;
  if (updated.value === 'unchanged')
    return { ...updated, value: { outcome: 'unchanged', status: before.value.status } };
  return ended(session, wanted.name, region, 'updated');
}

async function ended(session: OperatorSession, stack: string, region: string, outcome: Outcome) {
  const state = await settledStack(session, stack, region);
  return onFound(state, 'cloudformation:DescribeStacks', ({ status }) => ({ outcome, status }));
}

/** Removes a stack and waits until it is gone. `false` where there was none; a status where it could not be removed. */
export async function removeStack(
  session: OperatorSession,
  stack: string,
  region: string,
): Promise<Read<{ removed: boolean; status?: string }>> {
  const before = await stackState(session, stack, region);
  if (before.outcome === 'gone') return { outcome: 'found', value: { removed: false }, began: before.began };
  if (before.outcome !== 'found') return before;
  const client = new CloudFormationClient(clientConfig(session.calling(region)));
  const asking = await asked('cloudformation:DeleteStack', () =>
    client.send(new DeleteStackCommand({ StackName: stack })),
  );
  if (asking.outcome !== 'found') return asking;
  // By its id a stack is found after its end too.
  const after = await settledStack(session, before.value.id, region);
  if (after.outcome === 'gone') return { outcome: 'found', value: { removed: true }, began: after.began };
  return onFound(after, 'cloudformation:DescribeStacks', ({ status }) => ({ removed: false, status }));
}

/** A stack once nothing is changing it any more. */
export async function settledStack(session: OperatorSession, stack: string, region: string): Promise<Read<StackState>> {
  for (let look = 0; ; look++) {
    const state = await stackState(session, stack, region);
    if (state.outcome !== 'found' || !state.value.status.endsWith('_IN_PROGRESS')) return state;
    await wait(LOOKS[Math.min(look, LOOKS.length - 1)]);
  }
}

/** As CloudFormation says it of one that never was. */
function missing(stack: string): Error {
  return Object.assign(new Error(`Stack with id ${stack} does not exist`), { name: 'ValidationError' });
}
