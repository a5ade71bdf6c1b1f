#!/usr/bin/env node
// Plain JavaScript for any Node: the command itself is TypeScript, which the Node 24 among the packages runs directly.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const main = join(here, 'main.ts');
const resolve = createRequire(import.meta.url).resolve;

function packages() {
  try {
    resolve('commander');
    resolve('zod');
    return dirname(resolve('node/package.json'));
  } catch {
    return undefined;
  }
}

function run(node) {
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`Node 24 could not be started (${error.message}).`));
  child.on('exit', (code, signal) => {
    for (const each of signals) process.removeAllListeners(each);
    if (signal) process.kill(process.pid, signal);
    else process.exitCode = code ?? 2;
  });
}

function fail(why) {
  process.stderr.write(`eks-warden: ${why} Run \`npm ci\` in ${join(here, '..', '..')} and try again.\n`);
  process.exitCode = 2;
}

const node = packages();
if (node === undefined) fail('its packages are not installed.');
else if (Number(process.versions.node.split('.')[0]) >= 24) await import(pathToFileURL(main).href);
else run(join(node, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'));
