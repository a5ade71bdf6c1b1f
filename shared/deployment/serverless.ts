import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { UserMistake } from '../runtime/errors.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs a command of the framework for the hub, with its progress where a person sees it. */
export async function serverless(
  command: 'deploy' | 'package' | 'remove',
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const bin = join(dirname(createRequire(import.meta.url).resolve('serverless/package.json')), 'bin', 'serverless.js');
  const child = spawn(process.execPath, [bin, command], {
    cwd: ROOT,
    // What it prints is ours to answer for: results stand in standard output, progress does not.
    stdio: ['inherit', process.stderr, 'inherit'],
    env: { ...process.env, SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off', ...env },
  });
  // Ctrl-C reaches the child too; it is given the time to end by itself.
  const wait = () => {};
  for (const signal of SIGNALS) process.on(signal, wait);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (ended) => resolve(ended ?? 1));
    });
    if (code !== 0) throw new UserMistake(`serverless ${command} ended with ${code}: what it says stands above.`);
  } finally {
    for (const signal of SIGNALS) process.off(signal, wait);
  }
}
