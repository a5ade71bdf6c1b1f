import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Expectation, Item, Table } from './world.ts';

type Stored = Record<string, AttributeValue>;
type QueryOptions = NonNullable<Parameters<Table['query']>[1]>;

/** DynamoDB refuses a larger item. */
const MOST_BYTES = 400 * 1024;

/** The table in memory, with the semantics of the real one: items pass through the same marshalling. */
export function memoryTable(items: readonly Item[] = []): MemoryTable {
  return new MemoryTable(items);
}

export class MemoryTable implements Table {
  /** How often each method was called. */
  readonly calls: Record<keyof Table, number> = { get: 0, put: 0, remove: 0, query: 0, add: 0 };
  readonly #partitions = new Map<string, Map<string, Stored>>();

  constructor(items: readonly Item[]) {
    for (const item of items) this.#store(item);
  }

  /** Every item, by pk and sk. */
  all(): Item[] {
    return [...this.#partitions.keys()].sort(byBytes).flatMap((pk) => this.#inOrder(pk));
  }

  async get(pk: string, sk: string): Promise<Item | undefined> {
    this.calls.get++;
    return this.#find(pk, sk);
  }

  async put(item: Item, expect?: Expectation): Promise<'written' | 'conflict'> {
    this.calls.put++;
    if (!holds(this.#find(item.pk, item.sk), expect)) return 'conflict';
    this.#store(item);
    return 'written';
  }

  async remove(pk: string, sk: string, expect?: Expectation): Promise<'removed' | 'conflict'> {
    this.calls.remove++;
    if (!holds(this.#find(pk, sk), expect)) return 'conflict';
    this.#partitions.get(pk)?.delete(sk);
    return 'removed';
  }

  async query(pk: string, options: QueryOptions = {}): Promise<Item[]> {
    this.calls.query++;
    const { prefix = '', most = Number.POSITIVE_INFINITY, newestFirst = false } = options;
    const found = this.#inOrder(pk).filter(({ sk }) => sk.startsWith(prefix));
    return (newestFirst ? found.reverse() : found).slice(0, most);
  }

  async add(pk: string, sk: string, by: number, most: number, ttl: number): Promise<'added' | 'over'> {
    this.calls.add++;
    const item: Record<string, unknown> & Item = this.#find(pk, sk) ?? { pk, sk };
    const { count } = item;
    const sum = (typeof count === 'number' ? count : 0) + by;
    if (sum > most) return 'over';
    this.#store({ ...item, count: sum, ttl });
    return 'added';
  }

  #find(pk: string, sk: string): Item | undefined {
    const stored = this.#partitions.get(pk)?.get(sk);
    return stored && (unmarshall(stored) as Item);
  }

  #inOrder(pk: string): Item[] {
    const items = [...(this.#partitions.get(pk)?.values() ?? [])].map((stored) => unmarshall(stored) as Item);
    return items.sort((a, b) => byBytes(a.sk, b.sk));
  }

  #store(item: Item): void {
    if (item.pk === '' || item.sk === '') throw new Error('A key must not be empty.');
    const stored = marshall(item, { removeUndefinedValues: true });
    if (sizeOf(item) > MOST_BYTES) throw new Error('Item size has exceeded the maximum allowed size.');
    const partition = this.#partitions.get(item.pk) ?? new Map<string, Stored>();
    this.#partitions.set(item.pk, partition.set(item.sk, stored));
  }
}

/** DynamoDB sorts by UTF-8 bytes, JavaScript by UTF-16 units. */
function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function sizeOf(item: Item): number {
  return Buffer.byteLength(JSON.stringify(item));
}

function holds(item: Record<string, unknown> = {}, expect: Expectation = {}): boolean {
  return Object.entries(expect).every(([name, value]) => item[name] === value);
}
