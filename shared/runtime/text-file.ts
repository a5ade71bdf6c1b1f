import { readFileSync } from 'node:fs';
import { UserMistake } from './errors.ts';

/** A file that a person named; throws a `UserMistake` where it cannot be read. */
export function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** The first of these files that is there, with its text; undefined where none is. */
export function firstOf(files: readonly string[]): { file: string; text: string } | undefined {
  for (const file of files) {
    try {
      return { file, text: readFileSync(file, 'utf8') };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unreadable(file, error);
    }
  }
  return undefined;
}

/** What the file system refuses, as one sentence. */
export function unreadable(file: string, error: unknown): UserMistake {
  const { code } = error as NodeJS.ErrnoException;
  const why =
    code === 'ENOENT'
      ? 'There is no such file'
      : code === 'EISDIR'
        ? 'That is a folder'
        : `It cannot be read (${code ?? 'unknown'})`;
  return new UserMistake(`${file}: ${why}.`, { cause: error });
}
