import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AnyTable } from './control-table.ts';

const CONTROLS = join(import.meta.dirname, '..', 'controls');

const registered = new Map<string, AnyTable>();
let reading = false;

/** Keeps a table under its control's id. True while tables are only read: then nothing is to be run. */
export function register(id: string, table: AnyTable): boolean {
  registered.set(id, table);
  return reading;
}

/** The tables of all controls by id, from their test files and without running them: the examples of the docs pages. */
export async function controlTables(): Promise<ReadonlyMap<string, AnyTable>> {
  reading = true;
  try {
    for (const file of globSync('*/*.test.ts', { cwd: CONTROLS }).sort()) {
      await import(/* @vite-ignore */ pathToFileURL(join(CONTROLS, file)).href);
    }
  } finally {
    reading = false;
  }
  return registered;
}
