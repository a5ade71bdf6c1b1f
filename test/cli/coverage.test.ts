import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { coverageRows } from '../../shared/cli/coverage/rows.ts';
import { CATALOGUE } from '../../shared/controls/catalogue.ts';
import { kindsOf } from '../../shared/controls/define-control.ts';
import { json } from '../../shared/reports/formats/json.ts';
import { aReport } from '../support/a-report.ts';
import { runCommand } from '../support/run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'scan.json'), json(aReport()));
writeFileSync(
  join(folder, 'some.yml'),
  'catalogue: 1\ncontrols:\n  eks-secrets-cmk: notify\n  ecr-tag-immutable: observe\n',
);
const run = (...args: string[]) => runCommand(args, { cwd: folder, env: { NO_COLOR: '1' } });
const expected = (name: string) => readFileSync(join(import.meta.dirname, 'coverage', name), 'utf8');

it('of a scan: every control on every kind, why what is unknown is, what is not judged, the frameworks', async () => {
  expect(await run('coverage', '--from', 'scan.json')).toEqual({ code: 0, err: '', out: expected('of-a-scan.txt') });
});

it('of a framework: id by id, and why some are not automated', async () => {
  expect(await run('coverage', '--framework', 'cis')).toEqual({ code: 0, err: '', out: expected('cis.txt') });
});

it('without a report it says what the baseline has on', async () => {
  const { code, out } = await run('--baseline', 'some.yml', 'coverage');
  const rows = out.split('\n').filter((line) => / {2,}(?:not )?enabled$/.test(line));
  expect([code, rows.length, rows.filter((line) => !line.endsWith('not enabled'))]).toEqual([
    0,
    CATALOGUE.flatMap(kindsOf).length,
    ['ecr-tag-immutable             repository      enabled', 'eks-secrets-cmk               cluster         enabled'],
  ]);
});

it('for programs it is one document', async () => {
  const { code, out } = await run('--baseline', 'some.yml', 'coverage', '--from', 'scan.json', '--format', 'json');
  const { report, controls, notJudged, frameworks } = JSON.parse(out);
  const ofKey = controls.find(({ control }: { control: string }) => control === 'eks-secrets-cmk');
  const names = frameworks.map(({ name }: { name: string }) => name);
  expect([code, report.source, ofKey, Object.keys(notJudged).length > 3, names]).toEqual([
    0,
    'scan',
    {
      control: 'eks-secrets-cmk',
      kind: 'cluster',
      status: 'unknown',
      judged: 0,
      unknown: 1,
      notApplicable: 0,
      why: ['kms:DescribeKey was refused: no identity-based policy allows it.'],
      missing: ['kms:DescribeKey'],
    },
    true,
    ['cis', 'security-hub', 'nist', 'pci'],
  ]);
});

it('each thing has its own word: judged, unknown, not applicable, none there, not enabled', () => {
  const report = aReport();
  const [secrets, protection] = ['eks-secrets-cmk', 'eks-deletion-protection'].map((id) =>
    CATALOGUE.find((each) => each.id === id),
  );
  if (!secrets || !protection) throw new Error('The catalogue has both.');
  const verdicts = report.verdicts.map((each) =>
    each.control === protection.id ? { ...each, verdict: 'not-applicable' as const } : each,
  );
  const status = (control: string, controls = CATALOGUE) =>
    coverageRows({ controls }, { ...report, verdicts }).find((row) => row.control === control)?.status;
  expect([
    status('eks-control-plane-logging'),
    status(secrets.id),
    status(protection.id),
    status('eks-auth-mode-api'),
    status('eks-auth-mode-api', []),
    status('ecr-policy-public'),
  ]).toEqual(['judged', 'unknown', 'not applicable', 'none there', 'not enabled', 'unknown']);
});
