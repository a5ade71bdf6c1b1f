import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Running, startServer } from '../stack/emulator/process.ts';
import { CACHE, REGION } from '../stack/place.ts';

/** A command that a shell ran: its words, its exit code, what it wrote. */
export interface Ran {
  words: readonly string[];
  code: number;
  text: string;
}

const run = promisify(execFile);
const MOST_OUTPUT = 64 * 1024 * 1024;

/** `aws` asks the running CLI; `kubectl` only says what it was given, for there is no Kubernetes here. */
const PROGRAMS = `
exec 3>&1 1>/dev/null 2>/dev/null
tell() { printf '%s\\0' "$@" >&3; printf '\\036' >&3; }
aws() {
  local code text
  exec 9<>"/dev/tcp/127.0.0.1/$CLI_PORT"
  printf '%s\\0' "$(($# + 1))" "$ACCESS_KEY" "$@" >&9
  IFS= read -r code <&9
  IFS= read -r -d '' text <&9
  exec 9>&-
  tell "$code" "$text" aws "$@"
  printf '%s' "$text"
  return "$code"
}
kubectl() { tell 0 '' kubectl "$@"; }
command_not_found_handle() { tell 127 'There is no such program.' "$@"; }
`;

/** Starts the AWS CLI once, for many commands against one endpoint. */
export async function startAwsCli(venv: string, endpoint: string): Promise<AwsCli> {
  const server = await startServer({
    name: 'The AWS CLI',
    command: join(venv, 'bin', 'python'),
    args: (port) => [join(import.meta.dirname, 'aws-cli.py'), String(port)],
    environment: () => ({
      HOME: '/nonexistent',
      LANG: 'C.UTF-8',
      PYTHONDONTWRITEBYTECODE: '1',
      AWS_ENDPOINT_URL: endpoint,
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_DEFAULT_REGION: REGION,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_MAX_ATTEMPTS: '1',
    }),
    path: '/',
    log: join(CACHE, 'aws-cli.log'),
  });
  return { ...server, shell: (accessKey, lines) => shell(server, accessKey, lines) };
}

export interface AwsCli extends Running {
  /** Has a real shell run these lines with an account's access key; `check` lets no call out. */
  shell(accessKey: string, lines: readonly string[]): Promise<Ran[]>;
}

async function shell({ url }: Running, accessKey: string, lines: readonly string[]): Promise<Ran[]> {
  const script = [PROGRAMS, ...lines].join('\n');
  const { stdout } = await run('/bin/bash', ['--noprofile', '--norc', '-c', `${script}\nexit 0`], {
    env: { PATH: '/nowhere', CLI_PORT: new URL(url).port, ACCESS_KEY: accessKey },
    maxBuffer: MOST_OUTPUT,
  });
  return stdout
    .split('\u001e')
    .filter((each) => each !== '')
    .map((each) => {
      const [code = '', text = '', ...words] = each.split('\0').slice(0, -1);
      return { words, code: Number(code), text };
    });
}
