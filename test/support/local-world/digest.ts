import { createHash } from 'node:crypto';
import { canonical } from '../../../shared/aws/canonical.ts';
import type { Item } from '../../../shared/aws/world.ts';

/** What of an item is to be compared; undefined leaves the item out. */
export type Lasting = (item: Item) => object | undefined;

/** Items as JSON with sorted keys, one a line: equal tables have equal texts. */
export function dumpOf(items: readonly Item[], lasting: Lasting = (item) => item): string {
  return items
    .flatMap((item) => lasting(item) ?? [])
    .map((item) => `${canonical(item)}\n`)
    .join('');
}

/** sha256 of the dump. */
export function digestOf(items: readonly Item[], lasting?: Lasting): string {
  return createHash('sha256').update(dumpOf(items, lasting)).digest('hex');
}
