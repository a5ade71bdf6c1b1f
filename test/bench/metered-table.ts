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

function sizeOf(item: Item): number {
  return Buffer.byteLength(JSON.stringify(item));
}
