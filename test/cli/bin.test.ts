import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
afterAll(() => rmSync(folder, { recursive: true }));
const bin = join(import.meta.dirname, '..', '..', 'shared', 'cli', 'bin.mjs');
/** The Node that npm itself runs on: often an older one than ours. */
const theirs = process.env.npm_node_execpath ?? process.execPath;

it('says what to do where the packages are not installed', async () => {
  const bare = join(folder, 'bare', 'shared', 'cli');
  mkdirSync(bare, { recursive: true });
  copyFileSync(bin, join(bare, 'bin.mjs'));
  const child = spawn(theirs, [join(bare, 'bin.mjs'), 'controls']);
  const err = await new Promise((resolve) => {
    let text = '';
    child.stderr.on('data', (chunk) => {
      text += chunk;
    });
    child.on('close', (code) => resolve(`${code} ${text}`));
  });
  expect(err).toBe(
    `2 eks-warden: its packages are not installed. Run \`npm ci\` in ${join(folder, 'bare')} and try again.\n`,
  );
});

it('ends on the signal that it gets, whichever Node started it', async () => {
  writeFileSync(join(folder, 'one.yml'), 'catalogue: 1\ncontrols:\n  eks-control-plane-logging: notify\n');
  const child = spawn(theirs, [bin, '--baseline', 'one.yml', 'replay', '-'], { cwd: folder });
  child.stdin.write('[');
  const timer = setTimeout(() => child.kill('SIGTERM'), 1500);
  const ended = await new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })));
  clearTimeout(timer);
  expect(ended).toEqual({ code: null, signal: 'SIGTERM' });
});
