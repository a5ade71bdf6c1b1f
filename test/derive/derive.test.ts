import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { CATALOGUE } from '../../shared/controls/catalogue.ts';
import { derive } from '../../shared/derive/derive.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const root = mkdtempSync(join(tmpdir(), 'derive-'));
afterAll(() => rmSync(root, { recursive: true }));

for (const path of ['baseline.yml', 'docs/findings.md', 'docs/controls/examples.json']) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  cpSync(join(ROOT, path), join(root, path));
}

const NOTHING = { changed: [], leftOver: [] };
const derived = [
  'shared/controls/catalogue.ts',
  'events/patterns.json',
  'events/policies.json',
  'events/collector.yml',
  'events/members.yml',
  'docs/baseline.schema.json',
  'docs/deploy.schema.json',
  'docs/report.schema.json',
  'docs/findings-machine.svg',
  'docs/controls/README.md',
  ...CATALOGUE.map(({ id }) => `docs/controls/${id}.md`),
];

it('writes all that follows, after which a check finds nothing', async () => {
  expect(await derive(root, true)).toEqual({ changed: derived, leftOver: [] });
  expect(await derive(root, false)).toEqual({ changed: derived, leftOver: [] });
  expect(await derive(root, true)).toEqual(NOTHING);
  expect(await derive(root, false)).toEqual(NOTHING);
});

it('finds and repairs what was edited by hand, lost, or is of no control', async () => {
  writeFileSync(join(root, 'events/patterns.json'), '[]\n');
  writeFileSync(join(root, 'docs/controls/of-nothing.md'), '# Nothing\n');
  rmSync(join(root, 'docs/findings-machine.svg'));
  const outcome = {
    changed: ['events/patterns.json', 'docs/findings-machine.svg'],
    leftOver: ['docs/controls/of-nothing.md'],
  };
  expect(await derive(root, true)).toEqual(outcome);
  expect(await derive(root, false)).toEqual(outcome);
  expect(await derive(root, true)).toEqual(NOTHING);
});
