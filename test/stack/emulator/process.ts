import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ToolError } from '../tool-error.ts';

export interface Running {
  pid: number;
  url: string;
  stop(): Promise<void>;
}

export interface StartOptions {
  name: string;
  command: string;
  args(port: number): readonly string[];
  environment(port: number): NodeJS.ProcessEnv;
  /** Answers once it is up. */
  path: string;
  log: string;
}

/** Starts a server on a free port of 127.0.0.1 and waits for its first answer. It ends when its standard input does. */
export async function startServer(options: StartOptions): Promise<Running> {
  const { name, command, args, environment, path, log } = options;
  const port = await freePort();
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, 'w');
  const child = spawn(command, args(port), { stdio: ['pipe', output, output], env: environment(port) });
  closeSync(output);
  const url = `http://127.0.0.1:${port}`;
  const { pid } = child;
  if (pid === undefined || !(await answers(`${url}${path}`, child))) {
    child.kill('SIGKILL');
    throw new ToolError(`${name} did not start:\n${readFileSync(log, 'utf8').slice(-2000)}`);
  }
  return { pid, url, stop: () => stopped(child) };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  if (typeof address !== 'object' || address === null) throw new ToolError('No free port was found.');
  return address.port;
}

async function answers(url: string, child: ChildProcess): Promise<boolean> {
  for (let tries = 0; tries < 600 && child.exitCode === null; tries += 1) {
    const up = await fetch(url).then(
      () => true,
      () => false,
    );
    if (up) return true;
    await wait(50);
  }
  return false;
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  child.stdin?.end();
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 8000);
  await ended;
  clearTimeout(late);
}
