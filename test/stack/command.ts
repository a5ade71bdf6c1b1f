import { type Ran, runCommand } from '../support/run-command.ts';
import type { Bench } from './bench.ts';
import { writeFiles } from './files.ts';
import { ownerEnvironment } from './serverless.ts';

export type Command = (...args: readonly string[]) => Promise<Ran>;

/** The command as a person runs it: its own file, in a process of its own, with the owner's credentials, and what else is given. */
export function commandOf({ stack, wishes }: Bench, more: Readonly<Record<string, string>> = {}): Command {
  const files = writeFiles(wishes);
  const env = {
    ...ownerEnvironment(stack.emulator.url),
    EKS_WARDEN_BASELINE: files.baseline,
    EKS_WARDEN_DEPLOY: files.deploy,
    // The trails are those of the audited account, which have to know whose session it is.
    AWS_ENDPOINT_URL_CLOUDTRAIL: stack.wire.url,
    AWS_ENDPOINT_URL_STS: stack.wire.url,
    ...more,
  };
  const given = Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return (...args) => runCommand(args, { env: Object.fromEntries(given) });
}

/** The same where all must go well: what it said. */
export async function told(command: Command, ...args: readonly string[]): Promise<string> {
  const { code, out, err } = await command(...args);
  if (code !== 0) throw new Error(`eks-warden ${args.join(' ')} ended with ${code}:\n${out}${err}`);
  return out;
}
