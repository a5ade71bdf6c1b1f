import { readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import type { Example } from '../../shared/derive/control-page.ts';
import { examplesOf, type Example as TableExample } from './control-table.ts';

/** Where `npm run derive` finds the examples of the pages: what it runs on may not import tests. */
const FILE = join(import.meta.dirname, '..', '..', 'docs', 'controls', 'examples.json');
const RUNNER = 'export const it = () => {}; it.each = () => it; export { it as test, it as describe, it as expect };';

/** The rows of every control's test table by id, read without running any test. */
async function examples(): Promise<Record<string, Example[]>> {
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vitest'
        ? { url: `data:text/javascript,${encodeURIComponent(RUNNER)}`, shortCircuit: true }
        : next(specifier, context),
  });
  const { controlTables } = await import('./control-tables.ts');
  const tables = [...(await controlTables())].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(tables.map(([id, table]) => [id, examplesOf(table).map(shown)]));
}

function shown({ heading, name, row: { message, data, also = [], params } }: TableExample): Example {
  const said = message === undefined ? [] : [{ message, ...(data ? { data } : {}) }, ...also];
  return { heading, name, ...(said.length > 0 ? { said } : {}), ...(params ? { params } : {}) };
}

const text = `${JSON.stringify(await examples(), null, 2)}\n`;
if (!process.argv.includes('--check')) writeFileSync(FILE, text);
else if (readFileSync(FILE, 'utf8') !== text) {
  process.stderr.write('docs/controls/examples.json is not what the test tables say. Run npm run derive.\n');
  process.exitCode = 1;
}
