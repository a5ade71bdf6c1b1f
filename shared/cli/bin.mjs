#!/usr/bin/env node
// Plain JavaScript for any Node: the command itself is TypeScript, which the Node 24 among the packages runs directly.
import { spawn } from 'node:child_process';
import module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const resolve = createRequire(import.meta.url).resolve;
const major = Number(process.versions.node.split('.')[0]);
/**
 * How V8 keeps garbage from waiting, none of them a limit: room for new objects that does not grow, a collection once a
 * fifth more is held than was needed at the last, and that at once, for answers go on coming while it is under way.
 */
const SMALL = [
  '--semi-space-growth-factor=1',
  '--heap-growing-percent=20',
  '--no-incremental-marking',
  '--memory-saver-mode',
];

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
  process.stderr.write(`eks-warden: ${why} Run \`npm ci\` in ${root} and try again.\n`);
  process.exitCode = 2;
}

/** The bundle of the command where one stands or can be made, else its TypeScript; what was compiled of it is kept where that may be written. */
async function begin() {
  if (major === 24) for (const flag of SMALL) setFlagsFromString(flag);
  const { madeBundle, standingBundle } = await import('./bundle/standing.mjs');
  const bundle = standingBundle(root) ?? (placeOf('esbuild') && (await madeBundle(root)));
  module.enableCompileCache(join(bundle ?? join(root, '.cache'), 'compiled'));
  await import(pathToFileURL(bundle ? join(bundle, 'main.mjs') : join(here, 'main.ts')).href);
}

const isNewEnough = major >= 24;
const node = placeOf('node/package.json');
if (['commander', 'zod', 'yaml'].some((name) => placeOf(name) === undefined)) fail('its packages are not installed.');
else if (isNewEnough) await begin();
else if (node === undefined) fail(`Node ${process.versions.node} is too old, and Node 24 is not among its packages.`);
else run(join(dirname(node), 'bin', process.platform === 'win32' ? 'node.exe' : 'node'));
