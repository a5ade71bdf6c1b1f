import type { AnyControl } from '../controls/define-control.ts';

export const sinceOf = ({ since = 1 }: AnyControl): number => since;

/** The newest catalogue version there is: what `catalogue:` in a baseline may name at most. */
export function catalogueVersion(catalogue: readonly AnyControl[]): number {
  return Math.max(1, ...catalogue.map(sinceOf));
}
