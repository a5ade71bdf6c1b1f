/** `2026-11-21 09:20:31 UTC`; a number that is no time is said to be unknown. */
export function utc(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? 'unknown time' : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
