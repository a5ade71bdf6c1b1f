/** `09:00:45`. */
export function stamp(milliseconds: number): string {
  return isoOf(milliseconds).slice(11, 19);
}

/** `2026-11-20`. */
export function dayOf(milliseconds: number): string {
  return isoOf(milliseconds).slice(0, 10);
}

/** For `datetime` attributes; a number that is no time is the start of 1970. */
export function isoOf(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString();
}
