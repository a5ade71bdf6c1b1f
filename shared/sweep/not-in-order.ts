import type { Key, KeysIn } from '../aws/own/scoped-keys.ts';
import type { Table } from '../aws/world.ts';
import type { ResourceState } from '../findings/finding.ts';
import type { Scope } from '../findings/swept.ts';
import { inParts } from '../runtime/in-parts.ts';

/** Items that are read together. */
const AT_ONCE = 25;
/** Scopes whose index is asked together: most have nothing in it. */
const SCOPES_AT_ONCE = 20;

/**
 * Every resource of some scopes that is not in order, a few at a time: no more than that is ever held, however many there
 * are. Their number is that of problems, not of resources.
 */
export async function* notInOrder(
  table: Table,
  keysIn: KeysIn,
  scopes: readonly Scope[],
): AsyncGenerator<ResourceState> {
  for (const some of inParts(scopes, SCOPES_AT_ONCE)) {
    const begun = some.map((scope) => firstPage(keysIn, scope));
    for (const { first, rest } of await Promise.all(begun)) {
      yield* statesOf(table, first);
      for await (const page of rest) yield* statesOf(table, page);
    }
  }
}

async function firstPage(keysIn: KeysIn, { account, region }: Scope) {
  const pages = keysIn(`${account}#${region}`)[Symbol.asyncIterator]();
  const { value, done } = await pages.next();
  return { first: done ? [] : value, rest: { [Symbol.asyncIterator]: () => pages } };
}

async function* statesOf(table: Table, keys: readonly Key[]): AsyncGenerator<ResourceState> {
  const states = keys.filter(({ sk }) => sk === 'state');
  for (const some of inParts(states, AT_ONCE)) {
    const read = await Promise.all(some.map(({ pk, sk }) => table.get(pk, sk)));
    for (const item of read) if (item !== undefined) yield item as unknown as ResourceState;
  }
}
