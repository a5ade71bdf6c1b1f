/**
 * What came of one read in an audited account. `began` is when its call began (ms): a look is as old as its oldest
 * read. `refused` is a missing permission, `unavailable` is AWS being unwell (throttled, 5xx, timed out), `malformed`
 * an answer without the object that was asked for.
 */
export type Read<T> =
  | { outcome: 'found'; value: T; began: number }
  | { outcome: 'gone'; began: number }
  | { outcome: 'refused'; began: number; action: string; why: string }
  | { outcome: 'unavailable'; began: number; action: string; why: string }
  | { outcome: 'malformed'; began: number; action: string; why: string };

/** Maps what was found and leaves every other outcome as it is; `undefined` from `map` is an answer without its object. */
export function onFound<T, U>(read: Read<T>, action: string, map: (value: T) => U | undefined): Read<U> {
  if (read.outcome !== 'found') return read;
  const value = map(read.value);
  return value === undefined
    ? { outcome: 'malformed', began: read.began, action, why: `The answer of ${action} lacks its object.` }
    : { outcome: 'found', value, began: read.began };
}

type ValuesOf<Reads extends readonly Read<unknown>[]> = {
  -readonly [I in keyof Reads]: Reads[I] extends Read<infer T> ? T : never;
};

/** What stops several reads from being one answer, the worst first. */
const WORST_FIRST = ['refused', 'malformed', 'unavailable', 'gone'] as const;

/** Several reads as one, as old as the oldest. Any that did not find makes the whole not found; the worst one says how. */
export function combine<const Reads extends readonly Read<unknown>[]>(reads: Reads): Read<ValuesOf<Reads>> {
  const began = Math.min(...reads.map((read) => read.began));
  for (const outcome of WORST_FIRST) {
    const unread = reads.find((read) => read.outcome === outcome);
    if (unread && unread.outcome !== 'found') return { ...unread, began };
  }
  const values = reads.flatMap((read) => (read.outcome === 'found' ? [read.value] : []));
  return { outcome: 'found', value: values as ValuesOf<Reads>, began };
}

/** A value that no call was needed for: it makes no look older. */
export function known<T>(value: T): Read<T> {
  return { outcome: 'found', value, began: Number.POSITIVE_INFINITY };
}

/** One of a listing: an answer without its list is malformed, a list without the one is `gone`. */
export function onListed<T, Each>(
  read: Read<T>,
  action: string,
  list: (value: T) => readonly Each[] | undefined,
  pick: (each: Each) => boolean = () => true,
): Read<Each> {
  const listed = onFound(read, action, list);
  if (listed.outcome !== 'found') return listed;
  const value = listed.value.find(pick);
  return value === undefined ? { outcome: 'gone', began: listed.began } : { ...listed, value };
}

/** What does not exist as null: for reads whose `gone` is an answer, as of a repository without a policy. */
export function orNull<T>(read: Read<T>): Read<T | null> {
  return read.outcome === 'gone' ? { outcome: 'found', value: null, began: read.began } : read;
}
