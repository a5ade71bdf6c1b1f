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
