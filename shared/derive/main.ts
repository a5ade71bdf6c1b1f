import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BaselineError } from '../runtime/errors.ts';
import { catalogueSource } from './catalogue.ts';
import type { Files } from './derived.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Pages of controls that are no more. */
function leftovers(files: Files): string[] {
  return globSync('docs/controls/*.md', { cwd: ROOT }).filter((path) => !files.has(path));
}

function differing(files: Files): string[] {
  return [...files].filter(([path, text]) => contentOf(path) !== text).map(([path]) => path);
}

function contentOf(path: string): string | undefined {
  return existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), 'utf8') : undefined;
}

function write(files: Files, paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), files.get(path) ?? '');
  }
}

/** The catalogue comes first: everything else is derived from the controls that it imports. */
async function derive(checking: boolean): Promise<{ changed: string[]; removed: string[] }> {
  const catalogue: Files = new Map([['shared/controls/catalogue.ts', catalogueSource()]]);
  const stale = differing(catalogue);
  if (!checking) write(catalogue, stale);
  const { derivedFiles } = await import('./derived.ts');
  const files = derivedFiles(ROOT);
  const changed = differing(files);
  const removed = leftovers(files);
  if (!checking) {
    write(files, changed);
    for (const path of removed) rmSync(join(ROOT, path));
  }
  return { changed: [...stale, ...changed], removed };
}

const checking = process.argv.includes('--check');
try {
  const { changed, removed } = await derive(checking);
  const lines = [...changed, ...removed.map((path) => `${path} (no longer wanted)`)];
  if (lines.length > 0 && checking) {
    process.stderr.write(`Not up to date; run npm run derive:\n${lines.map((line) => `  ${line}\n`).join('')}`);
    process.exitCode = 1;
  } else if (!checking) {
    process.stdout.write(lines.length > 0 ? `Derived ${lines.join(', ')}.\n` : 'Everything was up to date.\n');
  }
} catch (error) {
  if (!(error instanceof BaselineError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
