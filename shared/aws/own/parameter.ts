import { type Calling, clientConfig, once } from './calling.ts';

/** Reads SSM parameters afresh each time: the kill switch must never be older than the call it guards. */
export function ssmParameter(calling: Calling): (name: string) => Promise<string | undefined> {
  const connect = once(async () => {
    const { SSMClient, GetParameterCommand } = await import('./ssm.ts');
    return { ssm: new SSMClient(clientConfig(calling)), GetParameterCommand };
  });
  return async (name) => {
    const { ssm, GetParameterCommand } = await connect();
    try {
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
      if (Parameter?.Value === undefined) throw new Error(`SSM answered without the value of ${name}.`);
      return Parameter.Value;
    } catch (error) {
      if (error instanceof Error && error.name === 'ParameterNotFound') return undefined;
      throw error;
    }
  };
}
