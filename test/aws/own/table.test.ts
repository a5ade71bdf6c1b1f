import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoTable } from '../../../shared/aws/own/table.ts';
import type { Table } from '../../../shared/aws/world.ts';
import { memoryTable } from '../../support/memory-table.ts';
import { type TableServer, tableServer } from '../../support/table-server.ts';

let server: TableServer;
let made = 0;
beforeAll(async () => {
  server = await tableServer();
});
afterAll(() => server.stop());

const inMemory = async (): Promise<Table> => memoryTable();
const overTheWire = async (): Promise<Table> => {
  const name = `findings-${++made}`;
  await server.create(name);
  return dynamoTable(name, server.calling);
};

describe.each([
  ['in memory', inMemory],
  ['over the wire', overTheWire],
])('the table %s', (_, open) => {
  it('gives back what was put, without what was undefined', async () => {
    const table = await open();
    const item = { pk: 'a', sk: 'state', text: '', n: 1.5, none: null, on: false, list: [1, { deep: 'x' }], map: {} };
    expect(await table.put({ ...item, left: undefined, list: [1, { deep: 'x', out: undefined }] })).toBe('written');
    expect(await table.get('a', 'state')).toEqual(item);
    expect(await table.get('a', 'other')).toBeUndefined();
  });

  it('replaces the whole item', async () => {
    const table = await open();
    await table.put({ pk: 'a', sk: 'state', old: 1 });
    await table.put({ pk: 'a', sk: 'state', young: 2 });
    expect(await table.get('a', 'state')).toEqual({ pk: 'a', sk: 'state', young: 2 });
  });

  it('D-06: writes only where the expectation holds', async () => {
    const table = await open();
    const item = { pk: 'a', sk: 'state', version: 1 };
    expect(await table.put(item, { version: 7 })).toBe('conflict');
    expect(await table.put(item, { version: undefined })).toBe('written');
    expect(await table.put(item, { version: undefined })).toBe('conflict');
    expect(await table.put({ ...item, version: 2 }, { version: 1, news: undefined })).toBe('written');
    expect(await table.put({ ...item, version: 3 }, { version: 1 })).toBe('conflict');
    expect(await table.get('a', 'state')).toEqual({ ...item, version: 2 });
  });

  it('lets one of many concurrent writers win', async () => {
    const table = await open();
    const puts = Array.from({ length: 10 }, (_, by) => table.put({ pk: 'a', sk: 'claim', by }, { by: undefined }));
    expect((await Promise.all(puts)).filter((put) => put === 'written')).toEqual(['written']);
  });

  it('removes only where the expectation holds', async () => {
    const table = await open();
    await table.put({ pk: 'a', sk: 'state', version: 1 });
    expect(await table.remove('a', 'state', { version: 2 })).toBe('conflict');
    expect(await table.remove('a', 'state', { version: 1 })).toBe('removed');
    expect(await table.get('a', 'state')).toBeUndefined();
    expect(await table.remove('a', 'state')).toBe('removed');
    expect(await table.remove('a', 'state', { version: 1 })).toBe('conflict');
  });

  it('queries one partition in the order of its sort keys', async () => {
    const table = await open();
    const keys = ['b', 'fix#1', 'fix#2', 'fix#10', 'z', '\u{1F600}', '\uFF5E'];
    for (const sk of keys) await table.put({ pk: 'a', sk });
    await table.put({ pk: 'other', sk: 'fix#1' });
    const sorts = async (...query: Parameters<Table['query']>) => (await table.query(...query)).map(({ sk }) => sk);
    expect(await sorts('a')).toEqual(['b', 'fix#1', 'fix#10', 'fix#2', 'z', '\uFF5E', '\u{1F600}']);
    expect(await sorts('a', { prefix: 'fix#' })).toEqual(['fix#1', 'fix#10', 'fix#2']);
    expect(await sorts('a', { prefix: 'fix#', newestFirst: true, most: 2 })).toEqual(['fix#2', 'fix#10']);
    expect(await sorts('a', { most: 0 })).toEqual([]);
    expect(await sorts('nowhere')).toEqual([]);
  });

  it('reads a partition of more than a page whole', async () => {
    const table = await open();
    const filler = 'x'.repeat(100_000);
    const keys = Array.from({ length: 25 }, (_, i) => String(i).padStart(2, '0'));
    await Promise.all(keys.map((sk) => table.put({ pk: 'big', sk, filler })));
    expect((await table.query('big')).map(({ sk }) => sk)).toEqual(keys);
    expect((await table.query('big', { most: 15 })).map(({ sk }) => sk)).toEqual(keys.slice(0, 15));
  });

  it('adds up to the most and no further', async () => {
    const table = await open();
    expect(await table.add('budget', 'hour', 4, 3, 60)).toBe('over');
    expect(await table.get('budget', 'hour')).toBeUndefined();
    expect(await table.add('budget', 'hour', 2, 3, 60)).toBe('added');
    expect(await table.add('budget', 'hour', 2, 3, 60)).toBe('over');
    expect(await table.add('budget', 'hour', 1, 3, 90)).toBe('added');
    expect(await table.get('budget', 'hour')).toEqual({ pk: 'budget', sk: 'hour', count: 3, ttl: 90 });
  });

  it('throws for an item over 400 kB, and keeps the old one', async () => {
    const table = await open();
    await table.put({ pk: 'a', sk: 'state', n: 1 });
    await expect(table.put({ pk: 'a', sk: 'state', filler: 'x'.repeat(420_000) })).rejects.toThrow(/size/);
    expect(await table.get('a', 'state')).toEqual({ pk: 'a', sk: 'state', n: 1 });
  });
});
