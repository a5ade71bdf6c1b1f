import { spawn } from 'node:child_process';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { OWN, REGION, ROOT } from './place.ts';

export interface Ran {
  output: string;
  milliseconds: number;
}

/** What a command of the owner finds around it: nothing of this machine but its programs, and the emulator. */
export function ownerEnvironment(emulator: string): NodeJS.ProcessEnv {
  const { PATH = '', HOME = '' } = process.env;
  return {
    PATH: `${join(ROOT, 'node_modules', '.bin')}:${PATH}`,
    HOME,
    AWS_ENDPOINT_URL: emulator,
    AWS_ACCESS_KEY_ID: OWN,
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    SLS_AWS_MONITORING_FREQUENCY: '200',
    SLS_TELEMETRY_DISABLED: '1',
    SLS_NOTIFICATIONS_MODE: 'off',
    NO_COLOR: '1',
  };
}

/** Runs the Serverless Framework on the service. Throws with its output where it fails. */
export const serverless = (emulator: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Ran> =>
  runOwn(join('node_modules', '.bin', 'serverless'), args, { ...ownerEnvironment(emulator), ...more });

/** Runs `npm run deploy` without npm. */
export const npmRunDeploy = (emulator: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Ran> =>
  runOwn(join('node_modules', '.bin', 'node'), [join('shared', 'deployment', 'main.ts'), ...args], {
    ...ownerEnvironment(emulator),
    ...more,
  });

function runOwn(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ran> {
  const began = Date.now();
  const child = spawn(join(ROOT, command), args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve({ output, milliseconds: Date.now() - began });
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}`));
    });
  });
}
