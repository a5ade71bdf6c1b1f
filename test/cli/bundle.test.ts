import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { runCommand } from '../support/run-command.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A checkout of its own, with nothing made in it. */
let here: string;
beforeEach(() => {
  here = mkdtempSync(join(folder, 'checkout-'));
  for (const part of ['shared', 'package.json', 'baseline.yml'])
    cpSync(join(ROOT, part), join(here, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(here, 'node_modules'));
});

const run = (...args: string[]) => runCommand(args, { cwd: folder, script: join(here, 'shared', 'cli', 'bin.mjs') });
const place = (...parts: string[]) => join(here, '.cache', 'command', ...parts);
const bundles = () => readdirSync(place()).filter((name) => name !== 'made-of.json');

/** Other words of the same length, at the same time as before: neither size nor time tells. */
function reword(from: string, to: string): void {
  const file = join(here, 'shared', 'cli', 'program.ts');
  const { atime, mtime } = statSync(file);
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
  utimesSync(file, atime, mtime);
}

it('makes a bundle at the first start, and says by it what the TypeScript says', async () => {
  const first = await run('controls', '--format', 'json');
  const [bundle = '', ...others] = bundles();
  const plain = await runCommand(['controls', '--format', 'json'], {
    cwd: folder,
    script: join(here, 'shared', 'cli', 'main.ts'),
  });
  expect({ others, first, second: await run('controls', '--format', 'json') }).toEqual({
    others: [],
    first: plain,
    second: plain,
  });
  writeFileSync(place(bundle, 'main.mjs'), "process.stdout.write('by the bundle');");
  expect(await run('controls')).toEqual({ code: 0, out: 'by the bundle', err: '' });
});

it('sees a change of a source that neither its size nor its time tells', async () => {
  await run('--version');
  reword('Keeps every', 'Holds every');
  expect((await run('--help')).out).toContain('Holds every Amazon EKS estate');
});

it('keeps the bundle that was replaced for a day, as it may be running', async () => {
  await run('--version');
  const [first = ''] = bundles();
  const longAgo = new Date(Date.now() - 7 * 86_400_000);
  utimesSync(place(first), longAgo, longAgo);
  reword('Keeps every', 'Holds every');
  await run('--version');
  const second = bundles().filter((name) => name !== first);
  expect(bundles()).toEqual([first, ...second].sort());
  utimesSync(place(first), longAgo, longAgo);
  reword('Holds every', 'Tends every');
  await run('--version');
  expect(bundles()).toEqual(expect.arrayContaining(second));
  expect(bundles()).not.toContain(first);
});

it('runs the TypeScript itself where no bundle can be kept', async () => {
  const made = await run('controls');
  rmSync(join(here, '.cache'), { recursive: true });
  writeFileSync(join(here, '.cache'), 'in the way');
  expect(await run('controls')).toEqual(made);
  expect(readFileSync(join(here, '.cache'), 'utf8')).toBe('in the way');
});

it('is made by several at once without one breaking another', async () => {
  const all = await Promise.all([run('--version'), run('--version'), run('--version')]);
  const { version } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
  expect(all).toEqual(all.map(() => ({ code: 0, out: `${version}\n`, err: '' })));
  const { digest } = JSON.parse(readFileSync(place('made-of.json'), 'utf8'));
  expect(bundles()).toEqual([digest]);
});

it('tells what is wrong with a source that cannot be bundled', async () => {
  writeFileSync(join(here, 'shared', 'cli', 'main.ts'), 'const = 1;');
  const { code, err } = await run('--version');
  expect(code).toBe(1);
  expect(err).toContain('ERR_INVALID_TYPESCRIPT_SYNTAX');
  expect(bundles()).toEqual([]);
});
