import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { CATALOGUE } from '../../../shared/controls/catalogue.ts';
import { FORMATS, render } from '../../../shared/reports/formats/index.ts';
import { readReport } from '../../../shared/reports/formats/read-report.ts';
import { redacted } from '../../../shared/reports/formats/redact.ts';
import { aReport } from '../../support/a-report.ts';
import { ACCOUNT, aHub, OTHER } from '../../support/cloud/operator/a-hub.ts';
import { runCommand } from '../../support/run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'scan.json'), render(aReport(), 'json'));
writeFileSync(join(folder, 'cut.json'), render(aReport(), 'json').slice(0, 4000));
writeFileSync(join(folder, 'other.json'), '{"hello": "world"}');

const report = (...args: string[]) => runCommand(['report', ...args], { cwd: folder });
const sentence = (text: string) => ({ code: 2, out: '', err: `eks-warden: ${text}\n` });

it('every format is written into a file of its own, whole, byte by byte the same', async () => {
  const ran = await report('--from', 'scan.json', '--format', FORMATS.join(','), '--output-directory', 'out');
  const files = readdirSync(join(folder, 'out')).sort();
  const name = (extension: string) => `eks-warden-many-20261121T030000Z.${extension}`;
  const extensions = ['asff.json', 'csv', 'html', 'json', 'jsonl', 'junit.xml', 'md', 'ocsf.json', 'sarif'];
  const same =
    readFileSync(join(folder, 'out', name('json')), 'utf8') === readFileSync(join(folder, 'scan.json'), 'utf8');
  expect([ran.code, ran.out, ran.err.split('\n').length - 1, files, same]).toEqual([
    1,
    '',
    FORMATS.length,
    extensions.map(name),
    true,
  ]);
});

it('one format goes to the output, redacted where that was asked for', async () => {
  const [whole, without] = await Promise.all([
    report('--from', 'scan.json', '--format', 'csv'),
    report('--from', 'scan.json', '--format', 'csv', '--redact'),
  ]);
  const wanted = (made: ReturnType<typeof aReport>) => ({ code: 1, err: '', out: render(made, 'csv') });
  expect([whole, without]).toEqual([wanted(aReport()), wanted(redacted(aReport()))]);
});

it('what was selected alone is told, as if nothing else had been judged', async () => {
  const [all, some, none] = await Promise.all([
    report('--from', 'scan.json', '--format', 'json'),
    report('--from', 'scan.json', '--format', 'json', '--kinds', 'cluster', '--clusters', 'payments'),
    report('--from', 'scan.json', '--controls', 'ecr-tag-immutable', '--kinds', 'cluster'),
  ]);
  const [whole, part] = [readReport(all.out, 'all'), readReport(some.out, 'some')];
  const clusterControls = CATALOGUE.filter(({ resources }) => resources.some(({ kind }) => kind === 'cluster'));
  expect(part).toEqual({
    ...whole,
    scopes: whole.scopes.map((scope) => ({ ...scope, unread: [] })),
    controls: whole.controls.filter(({ id }) => clusterControls.some((control) => control.id === id)),
    verdicts: whole.verdicts.filter(
      ({ resource, clusters }) => resource.kind === 'cluster' && clusters.includes('payments'),
    ),
  });
  expect([part.verdicts.length > 0, part.verdicts.length < whole.verdicts.length, none]).toEqual([
    true,
    true,
    sentence('No control that is on is left by --controls, --severity, --framework and --kinds: ask for more.'),
  ]);
});

it('people get text without colours where there is no terminal', async () => {
  const { code, out } = await report('--from', 'scan.json');
  expect([code, out.split('\n')[0], out.includes('\u001b')]).toEqual([
    1,
    'cluster payments  111122223333 eu-west-1',
    false,
  ]);
});

it('what cannot be done is a sentence', async () => {
  mkdirSync(join(folder, 'full'));
  writeFileSync(join(folder, 'a-file'), '');
  const asked = [
    report('--from', 'scan.json', '--format', 'csv,json'),
    report('--from', 'none.json'),
    report('--from', 'cut.json'),
    report('--from', 'other.json'),
    report('--from', 'scan.json', '--snapshot', 'scan.json'),
    report('--from', 'scan.json', '--format', 'csv', '--output-directory', 'a-file'),
  ];
  expect(await Promise.all(asked)).toEqual([
    sentence('Several formats need a folder: add --output-directory.'),
    sentence('none.json: There is no such file.'),
    sentence('cut.json: This report was cut off: write it again, or copy it whole.'),
    sentence('other.json is no snapshot of eks-warden: eksWardenSnapshot: Invalid input: expected 1.'),
    sentence('--from and --snapshot each name what to report on: leave one out.'),
    sentence('a-file cannot be written: A file stands where a folder is meant.'),
  ]);
});

it('a format that does not exist is told with the one that was meant', async () => {
  const { code, err } = await report('--from', 'scan.json', '--format', 'serif');
  expect([code, err.includes('There is no format "serif". Did you mean sarif?')]).toEqual([2, true]);
});

it("the hub's table is told without being scanned", async () => {
  const deployed = await aHub();
  const { code, out, err } = await deployed.run('report', '--format', 'json');
  await deployed.stop();
  const { source, scopes, verdicts } = JSON.parse(out || '{}');
  const accounts = [...new Set(scopes?.map(({ account }: { account: string }) => account))];
  const scans = deployed.cloud.calls.filter(({ action }) => action === 'dynamodb:Scan');
  expect([code, err, source, accounts, verdicts, scans]).toEqual([3, '', 'table', [ACCOUNT, OTHER], [], []]);
});
