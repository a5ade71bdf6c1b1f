import type { Item, Table } from '../../shared/aws/world.ts';

/** What DynamoDB would bill: units of 1 KB written and of 4 KB read, strongly consistent. */
export interface Units {
  readUnits: number;
  writeUnits: number;
}

/** A table that counts what its calls would be billed. The index takes a write of its own where its keys change. */
export function metered(table: Table): { table: Table; units: Units } {
  const units: Units = { readUnits: 0, writeUnits: 0 };
  const read = (bytes: number) => {
    units.readUnits += Math.max(1, Math.ceil(bytes / 4096));
  };
  const written = async (item: Item) => {
    const before = await table.get(item.pk, item.sk);
    const moved = before?.scope !== item.scope || before?.rank !== item.rank;
    units.writeUnits += Math.ceil(sizeOf(item) / 1024) + (moved ? 1 : 0);
  };
  return {
    units,
    table: {
      async get(pk, sk) {
        const item = await table.get(pk, sk);
        read(item ? sizeOf(item) : 0);
        return item;
      },
      async put(item, expect) {
        await written(item);
        return table.put(item, expect);
      },
      remove(pk, sk, expect) {
        units.writeUnits += 1;
        return table.remove(pk, sk, expect);
      },
      async query(pk, options) {
        const items = await table.query(pk, options);
        read(items.reduce((sum, item) => sum + sizeOf(item), 0));
        return items;
      },
      add(pk, sk, by, most, ttl) {
        units.writeUnits += 1;
        return table.add(pk, sk, by, most, ttl);
      },
    },
  };
}

/** Bytes as DynamoDB counts them: names and texts in UTF-8, two digits a byte, three for a map or list and one for each element. */
function sizeOf(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOfValue(value), 0);
}

function sizeOfValue(value: unknown): number {
  if (value === undefined) return 0;
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
  if (Array.isArray(value)) return value.reduce((sum, each) => sum + sizeOfValue(each) + 1, 3);
  if (typeof value !== 'object' || value === null) return 1;
  const entries = Object.entries(value);
  return entries.reduce((sum, [name, each]) => sum + Buffer.byteLength(name) + sizeOfValue(each) + 1, 3);
}
