import { spawn } from 'node:child_process';
import { join } from 'node:path';

const BIN = join(import.meta.dirname, '..', '..', 'shared', 'cli', 'bin.mjs');

export interface Ran {
  code: number | null;
  out: string;
  err: string;
}

export interface Running {
  cwd?: string;
  input?: string | Buffer;
  /** The Node that starts it; any version will do. */
  node?: string;
  env?: Record<string, string>;
  /** Another file of ours than the command's. */
  script?: string;
}

/** Runs the command as a person does, from its own file in another process, without a terminal. */
export function runCommand(
  args: readonly string[],
  { cwd, input, node = process.execPath, env = {}, script = BIN }: Running = {},
): Promise<Ran> {
  const child = spawn(node, [script, ...args], { cwd, env: { PATH: process.env.PATH, ...env } });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk) => out.push(chunk));
  child.stderr.on('data', (chunk) => err.push(chunk));
  // A command that refuses its arguments does not wait for its input.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }),
    );
  });
}
