import { unreadText } from '../aws/operator/session.ts';
import type { Read } from '../aws/read.ts';

/** What came of looking at one thing. `unknown`: it could not be looked at. */
export interface Check {
  /** For programs: `trail eu-west-1`. */
  id: string;
  title: string;
  state: 'fine' | 'wrong' | 'unknown';
  /** What was seen: one sentence. */
  why: string;
  /** What mends it; empty where nothing has to be. */
  mend: string;
}

export interface Named {
  id: string;
  title: string;
}

export function fine(named: Named, why: string, mend = ''): Check {
  return { ...named, state: 'fine', why, mend };
}

export function wrong(named: Named, why: string, mend: string): Check {
  return { ...named, state: 'wrong', why, mend };
}

export function unknown(named: Named, why: string, mend = ''): Check {
  return { ...named, state: 'unknown', why, mend };
}

/** A check of what a read found; one that was not read is unknown. `gone` is an answer as good as any. */
export function checkOf<T>(named: Named, read: Read<T>, judge: (value: T | undefined) => Check): Check {
  if (read.outcome === 'found') return judge(read.value);
  if (read.outcome === 'gone') return judge(undefined);
  return unknown(named, unreadText(read), 'Have it allowed, or look yourself.');
}
