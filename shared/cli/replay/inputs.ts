import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserMistake } from '../../runtime/errors.ts';
import { unreadable } from '../../runtime/text-file.ts';

/** `-` stands for standard input. */
export const STDIN = '-';

const NAMED = /\.(?:json|jsonl|ndjson|log)(?:\.gz)?$/i;

/** The files that the paths stand for: a folder's whole tree, in the order of their names, each file once. */
export function filesOf(paths: readonly string[]): string[] {
  const files = paths.flatMap((path) => {
    if (path === STDIN) return [STDIN];
    if (!isFolder(path)) return [path];
    const inside = tree(path);
    if (inside.length === 0)
      throw new UserMistake(`${path}: It holds no .json, .jsonl, .ndjson or .log file, plain or .gz.`);
    return inside;
  });
  return [...new Set(files)];
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Links to folders are not followed, so that there is no circle. */
function tree(folder: string): string[] {
  const entries = entriesOf(folder).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return tree(path);
    return NAMED.test(entry.name) ? [path] : [];
  });
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw unreadable(folder, error);
  }
}
