import { jsonService, OwnFault, type OwnService, textOf } from './wire.ts';

/** Step Functions, as far as we ask it: it remembers what was begun, by name, and runs nothing. */
export function states(executions: Map<string, string>): OwnService {
  return jsonService('1.0', {
    StartExecution(input) {
      const name = textOf(input, 'name');
      const asked = textOf(input, 'input');
      const known = executions.get(name);
      if (known !== undefined && known !== asked) {
        throw new OwnFault('ExecutionAlreadyExists', `Execution Already Exists: '${name}'`);
      }
      executions.set(name, asked);
      const executionArn = textOf(input, 'stateMachineArn').replace(':stateMachine:', ':execution:');
      return { executionArn: `${executionArn}:${name}`, startDate: 0 };
    },
  });
}
