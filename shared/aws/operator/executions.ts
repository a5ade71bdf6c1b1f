import { DescribeExecutionCommand, ListExecutionsCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { clientConfig } from '../own/calling.ts';
import type { Read } from '../read.ts';
import { asked, type OperatorSession } from './session.ts';

/** One run of a state machine. */
export interface Execution {
  arn: string;
  status: string;
  startedAt: number;
  endedAt?: number;
  /** As JSON text; only of one that was asked for by itself. */
  input?: string;
}

const isGone = ({ name }: Error) => name === 'StateMachineDoesNotExist' || name === 'ExecutionDoesNotExist';

/** The newest first. */
export function executionsOf(
  session: OperatorSession,
  machine: string,
  only: { running?: boolean; most: number },
): Promise<Read<readonly Execution[]>> {
  const sfn = new SFNClient(clientConfig(session.calling()));
  const which = only.running ? { statusFilter: 'RUNNING' as const } : {};
  return asked(
    'states:ListExecutions',
    async () => {
      const command = new ListExecutionsCommand({ stateMachineArn: machine, maxResults: only.most, ...which });
      const { executions = [] } = await sfn.send(command);
      return executions.map(({ executionArn = '', status = 'unknown', startDate, stopDate }) => ({
        arn: executionArn,
        status,
        startedAt: startDate?.getTime() ?? 0,
        ...(stopDate === undefined ? {} : { endedAt: stopDate.getTime() }),
      }));
    },
    isGone,
  );
}

export function executionInput(session: OperatorSession, arn: string): Promise<Read<string>> {
  const sfn = new SFNClient(clientConfig(session.calling()));
  const ask = async () => (await sfn.send(new DescribeExecutionCommand({ executionArn: arn }))).input ?? '{}';
  return asked('states:DescribeExecution', ask, isGone);
}

/** A name is known to AWS for 90 days, and never used twice. */
export function startExecution(
  session: OperatorSession,
  machine: string,
  input: object,
  name?: string,
): Promise<Read<string>> {
  const sfn = new SFNClient(clientConfig(session.calling()));
  return asked(
    'states:StartExecution',
    async () => {
      const named = name === undefined ? {} : { name };
      const command = new StartExecutionCommand({ stateMachineArn: machine, input: JSON.stringify(input), ...named });
      return (await sfn.send(command)).executionArn ?? '';
    },
    isGone,
  );
}
