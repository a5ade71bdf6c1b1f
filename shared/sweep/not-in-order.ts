import type { Key, KeysIn } from '../aws/own/scoped-keys.ts';
import type { Table } from '../aws/world.ts';
import type { ResourceState } from '../findings/finding.ts';
import type { Scope } from '../findings/swept.ts';

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
  for (let next = 0; next < scopes.length; next += SCOPES_AT_ONCE) {
    const some = scopes.slice(next, next + SCOPES_AT_ONCE);
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
  for (let next = 0; next < states.length; next += AT_ONCE) {
    const read = await Promise.all(states.slice(next, next + AT_ONCE).map(({ pk, sk }) => table.get(pk, sk)));
    for (const item of read) if (item !== undefined) yield item as unknown as ResourceState;
  }
}
