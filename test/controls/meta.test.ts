import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CATALOGUE, groupOf } from '../../shared/controls/catalogue.ts';
import { CATALOGUE_FILE, catalogueSource, controlFiles } from '../../shared/derive/catalogue.ts';
import { controlTables } from '../support/control-tables.ts';
import { wordProblems } from '../support/control-words.ts';
import { tableProblems } from '../support/table-problems.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const GROUPS = ['account', 'cluster', 'iam', 'image', 'logging', 'node'];
const LONGEST_CONTROL = 80;

const files = controlFiles();
const sources = files.map(({ group, id }) => ({
  id,
  source: readFileSync(join(ROOT, 'shared', 'controls', group, `${id}.ts`), 'utf8'),
}));

it('a control is called as its file, in the folder of its group, and only once', () => {
  expect(CATALOGUE.map((control) => ({ group: groupOf(control), id: control.id }))).toEqual(files);
  expect(new Set(files.map(({ id }) => id)).size).toBe(files.length);
  expect(files.filter(({ group }) => !GROUPS.includes(group))).toEqual([]);
});

it('the catalogue is what would be derived from the folders now', () => {
  expect(readFileSync(CATALOGUE_FILE, 'utf8')).toBe(catalogueSource());
});

it('ids are words in lower case', () => {
  expect(files.filter(({ id }) => !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(id))).toEqual([]);
});

it('titles are statements, everything else that is read is a sentence, no message is too long', () => {
  expect(CATALOGUE.flatMap((control) => wordProblems(control).map((each) => `${control.id}: ${each}`))).toEqual([]);
});

it('each control is triggered by events, each named once', () => {
  const wrong = CATALOGUE.filter(({ triggers }) => triggers.length === 0 || new Set(triggers).size < triggers.length);
  expect(wrong.map(({ id }) => id)).toEqual([]);
});

it('each control that is fixed by a plan has a fix class that lets one run', () => {
  const wrong = CATALOGUE.filter(({ remediation, fix }) => remediation && fix !== 'auto' && fix !== 'approve');
  expect(wrong.map(({ id }) => id)).toEqual([]);
});

it('each param has a description and a default', () => {
  const wanting = CATALOGUE.flatMap(({ id, params }) =>
    Object.entries(params.shape)
      .filter(([, field]) => {
        const { description, safeParse } = field as { description?: string; safeParse(value: unknown): object };
        return !description || !(safeParse(undefined) as { success: boolean }).success;
      })
      .map(([name]) => `${id}.${name}`),
  );
  expect(wanting).toEqual([]);
});

it('U-03: each control has a test file whose table shows all that it can say', async () => {
  const missing = files.filter(({ group, id }) => !existsSync(join(ROOT, 'test', 'controls', group, `${id}.test.ts`)));
  expect(missing).toEqual([]);
  const tables = await controlTables();
  const problems = CATALOGUE.flatMap((control) => {
    const table = tables.get(control.id);
    return table ? tableProblems(control, table) : [`${control.id} has no table.`];
  });
  expect(problems).toEqual([]);
  expect(tables.size).toBe(CATALOGUE.length);
});

it('no control imports an AWS client at run time, reads the clock or waits', () => {
  const forbidden = /^import (?!type ).*@aws-sdk|\bDate\.now\b|new Date\(\)|\basync\b|\bawait\b|process\.env/m;
  expect(sources.filter(({ source }) => forbidden.test(source)).map(({ id }) => id)).toEqual([]);
});

it('no control file is longer than a page', () => {
  const long = sources.filter(({ source }) => source.trimEnd().split('\n').length > LONGEST_CONTROL);
  expect(long.map(({ id }) => id)).toEqual([]);
});
