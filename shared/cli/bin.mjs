#!/usr/bin/env node
// Plain JavaScript for any Node: the command itself is TypeScript, which the Node 24 among the packages runs directly.
import { spawn } from 'node:child_process';
import module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';

const here = dirname(fileURLToPath(import.meta.url));
const main = join(here, 'main.ts');
const resolve = createRequire(import.meta.url).resolve;

/** The path of what a package gives, or undefined where it is not installed. */
function placeOf(name) {
  try {
    return resolve(name);
  } catch {
    return undefined;
  }
}

function run(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
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

/** Half of the time until the first call is compiling, so what was compiled is kept beside the packages where that may be written. */
async function begin() {
  module.enableCompileCache(join(here, '..', '..', '.cache', 'compiled'));
  // Short-lived answers: without this the room for new objects grows to three times what is needed.
  setFlagsFromString('--semi-space-growth-factor=1');
  await import(pathToFileURL(main).href);
}

const isNewEnough = Number(process.versions.node.split('.')[0]) >= 24;
const node = placeOf('node/package.json');
if (['commander', 'zod', 'yaml'].some((name) => placeOf(name) === undefined)) fail('its packages are not installed.');
else if (isNewEnough) await begin();
else if (node === undefined) fail(`Node ${process.versions.node} is too old, and Node 24 is not among its packages.`);
else run(join(dirname(node), 'bin', process.platform === 'win32' ? 'node.exe' : 'node'));
