import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { clientConfig } from '../own/calling.ts';
import { ssmParameter } from '../own/parameter.ts';
import type { Read } from '../read.ts';
import { asked, type OperatorSession } from './session.ts';

/** `gone` where there is no such parameter. */
export async function parameterOf(session: OperatorSession, name: string): Promise<Read<string>> {
  const read = await asked('ssm:GetParameter', () => ssmParameter(session.calling())(name));
  if (read.outcome !== 'found') return read;
  const { value, began } = read;
  return value === undefined ? { outcome: 'gone', began } : { outcome: 'found', value, began };
}

/** Writes over a parameter that exists already, or makes it. */
export function setParameter(session: OperatorSession, name: string, value: string): Promise<Read<true>> {
  const ssm = new SSMClient(clientConfig(session.calling()));
  return asked('ssm:PutParameter', async () => {
    await ssm.send(new PutParameterCommand({ Name: name, Value: value, Type: 'String', Overwrite: true }));
    return true as const;
  });
}
