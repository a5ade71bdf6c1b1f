import { GetEventSourceMappingCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { clientConfig } from '../own/calling.ts';
import type { Read } from '../read.ts';
import { asked, type OperatorSession } from './session.ts';

export interface MappingState {
  /** `Enabled` when it works; others say what is going on. */
  state: string;
  functionName: string;
  /** What became of the last batch, as Lambda has it. */
  lastResult: string;
}

/** How a queue or a stream is joined to a function, by the mapping's id. */
export function mappingState(session: OperatorSession, uuid: string): Promise<Read<MappingState>> {
  const lambda = new LambdaClient(clientConfig(session.calling()));
  return asked(
    'lambda:GetEventSourceMapping',
    async () => {
      const { State, FunctionArn, LastProcessingResult } = await lambda.send(
        new GetEventSourceMappingCommand({ UUID: uuid }),
      );
      const functionName = FunctionArn?.split(':')[6] ?? 'unknown';
      return { state: State ?? 'unknown', functionName, lastResult: LastProcessingResult ?? '' };
    },
    ({ name }) => name === 'ResourceNotFoundException',
  );
}
