import { closeSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserMistake } from '../../runtime/errors.ts';
import { unreadable } from '../../runtime/text-file.ts';

/** Puts a new text in the place of a file in one step: whatever happens, the file is the old or the new, and whole. */
export function replaceFile(file: string, text: string): void {
  const path = realPathOf(file);
  const fresh = join(dirname(path), `.${basename(path)}.${process.pid}.new`);
  try {
    const { mode } = statSync(path);
    const opened = openSync(fresh, 'wx', mode);
    try {
      writeSync(opened, text);
      fsyncSync(opened);
    } finally {
      closeSync(opened);
    }
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    throw new UserMistake(`${file}: It cannot be written (${code ?? 'unknown'}), and is as it was.`, { cause: error });
  }
}

/** A link stays one; what it leads to is replaced. */
function realPathOf(file: string): string {
  try {
    return realpathSync(file);
  } catch (error) {
    throw unreadable(file, error);
  }
}
