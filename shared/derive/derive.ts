import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { catalogueSource } from './catalogue.ts';

type Files = ReadonlyMap<string, string>;

/** What differed from what follows, and pages of controls that are no more; by their paths. */
export interface Outcome {
  changed: readonly string[];
  leftOver: readonly string[];
}

/**
 * Writes everything that follows from the controls into a repository; `checking` only compares. The catalogue comes
 * first: the rest is derived from the controls that it imports.
 */
export async function derive(root: string, checking: boolean): Promise<Outcome> {
  const catalogue: Files = new Map([['shared/controls/catalogue.ts', catalogueSource()]]);
  const stale = differing(root, catalogue);
  if (!checking) write(root, catalogue, stale);
  const { derivedFiles } = await import('./derived.ts');
  const files = derivedFiles(root);
  const changed = differing(root, files);
  const leftOver = globSync('docs/controls/*.md', { cwd: root }).filter((path) => !files.has(path));
  if (!checking) {
    write(root, files, changed);
    for (const path of leftOver) rmSync(join(root, path));
  }
  return { changed: [...stale, ...changed], leftOver };
}

function differing(root: string, files: Files): string[] {
  return [...files].filter(([path, text]) => contentOf(join(root, path)) !== text).map(([path]) => path);
}

function contentOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function write(root: string, files: Files, paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), files.get(path) ?? '');
  }
}
