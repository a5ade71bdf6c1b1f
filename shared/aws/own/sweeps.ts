import type { Sweeps } from '../world.ts';
import { type Calling, clientConfig, once } from './calling.ts';

/** Starts executions of the sweep's state machine. One of the same name is the one that was wanted, running or over. */
export function sfnSweeps(machine: string, calling: Calling): Sweeps {
  const connect = once(async () => {
    const { SFNClient, StartExecutionCommand } = await import('./sfn.ts');
    return { sfn: new SFNClient(clientConfig(calling)), StartExecutionCommand };
  });
  return {
    async start({ account, region }, day) {
      const { sfn, StartExecutionCommand } = await connect();
      const input = {
        stateMachineArn: machine,
        name: `unknown-${account}-${region}-${day}`,
        input: JSON.stringify({ scope: { account, region } }),
      };
      try {
        await sfn.send(new StartExecutionCommand(input));
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'ExecutionAlreadyExists') throw error;
      }
    },
  };
}
