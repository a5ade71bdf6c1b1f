import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { CATALOGUE } from '../../shared/controls/catalogue.ts';
import { watchedEvents } from '../../shared/controls/watched.ts';
import { SAMPLE_NAMES } from '../support/samples.ts';
import { sourceFiles } from '../support/source-files.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);

it('the examples are what the test tables of the controls say', async () => {
  const { stdout, stderr } = await run(process.execPath, ['test/support/collect-examples.ts', '--check'], {
    cwd: ROOT,
  });
  expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '' });
});

it('what is derived is what would be derived now', async () => {
  const { stdout, stderr } = await run(process.execPath, ['shared/derive/main.ts', '--check'], { cwd: ROOT });
  expect({ stdout, stderr }).toEqual({ stdout: 'Everything that is derived is up to date.\n', stderr: '' });
});

it.each(CATALOGUE.map(({ id }) => id))('%s has one file, one test and one page', (id) => {
  const paths = sourceFiles(`shared/controls/*/${id}.ts`, `test/controls/*/${id}.test.ts`).map(({ path }) => path);
  const [group] = paths.map((path) => path.split('/')[2]);
  expect(paths).toEqual([`shared/controls/${group}/${id}.ts`, `test/controls/${group}/${id}.test.ts`]);
  expect(existsSync(join(ROOT, 'docs', 'controls', `${id}.md`))).toBe(true);
});

it.each(CATALOGUE)('there is a sample for every event that $id wants', (control) => {
  const names = [...watchedEvents([control])].map((event) => event.replace(':', '-'));
  expect(names.filter((name) => !SAMPLE_NAMES.includes(name))).toEqual([]);
});
