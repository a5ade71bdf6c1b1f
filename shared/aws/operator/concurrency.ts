import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { clientConfig } from '../own/calling.ts';
import { onFound, type Read } from '../read.ts';
import { asked, type OperatorSession } from './session.ts';

/** How many functions of the account may run at once in the region, those with a share of their own left out. */
export async function freeConcurrency(session: OperatorSession): Promise<Read<number>> {
  const lambda = new LambdaClient(clientConfig(session.calling()));
  const settings = await asked('lambda:GetAccountSettings', () => lambda.send(new GetAccountSettingsCommand({})));
  return onFound(
    settings,
    'lambda:GetAccountSettings',
    ({ AccountLimit }) => AccountLimit?.UnreservedConcurrentExecutions,
  );
}
