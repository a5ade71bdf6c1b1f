import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Baseline } from '../baseline/baseline.ts';
import { loadBaseline } from '../baseline/load.ts';
import { UserMistake } from '../runtime/errors.ts';

const SHIPPED = join(import.meta.dirname, '..', '..', 'baseline.yml');

export interface BaselineText {
  /** As the person named it. */
  file: string;
  text: string;
}

/** The file that was named, else `baseline.yml` of this folder, else the shipped one. */
export function baselineText(named?: string): BaselineText {
  if (named !== undefined) return { file: named, text: textOf(named) };
  try {
    return { file: 'baseline.yml', text: readFileSync(resolve('baseline.yml'), 'utf8') };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unreadable('baseline.yml', error);
    return { file: SHIPPED, text: textOf(SHIPPED) };
  }
}

/** Throws a `BaselineError` with every problem. */
export function baselineFor(named: string | undefined, now: number): Baseline {
  const { file, text } = baselineText(named);
  return loadBaseline(text, file, now).baseline;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
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
