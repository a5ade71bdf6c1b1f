import type { Expectation, Item, Table } from '../../aws/world.ts';

export interface PlainTable extends Table {
  /** Every item, in no order. */
  all(): Item[];
}

/**
 * A table for one scan, which nobody keeps and nobody else writes: items stay the objects that they are, and none of
 * DynamoDB's limits hold. What is stored must not be changed afterwards.
 */
export function plainTable(): PlainTable {
  const partitions = new Map<string, Map<string, Item>>();
  const find = (pk: string, sk: string) => partitions.get(pk)?.get(sk);
  const store = (item: Item) => {
    const partition = partitions.get(item.pk) ?? new Map<string, Item>();
    partitions.set(item.pk, partition.set(item.sk, item));
  };
  return {
    all: () => [...partitions.values()].flatMap((partition) => [...partition.values()]),
    get: async (pk, sk) => find(pk, sk),
    async put(item, expect) {
      if (!holds(find(item.pk, item.sk), expect)) return 'conflict';
      store(item);
      return 'written';
    },
    async remove(pk, sk, expect) {
      if (!holds(find(pk, sk), expect)) return 'conflict';
      partitions.get(pk)?.delete(sk);
      return 'removed';
    },
    async query(pk, { prefix = '', most = Number.POSITIVE_INFINITY, newestFirst = false } = {}) {
      const found = [...(partitions.get(pk)?.values() ?? [])].filter(({ sk }) => sk.startsWith(prefix)).sort(bySortKey);
      return (newestFirst ? found.reverse() : found).slice(0, most);
    },
    async add(pk, sk, by, most, ttl) {
      const { count = 0, ...rest } = find(pk, sk) ?? { pk, sk };
      const sum = Number(count) + by;
      if (sum > most) return 'over';
      store({ ...rest, pk, sk, count: sum, ttl });
      return 'added';
    },
  };
}

function bySortKey({ sk: one }: Item, { sk: other }: Item): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function holds(item: Record<string, unknown> = {}, expect: Expectation = {}): boolean {
  return Object.entries(expect).every(([name, value]) => item[name] === value);
}
