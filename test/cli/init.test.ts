import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadBaseline } from '../../shared/baseline/load.ts';
import { baselineWritten, clusterRegions, deployWritten } from '../../shared/cli/init/written.ts';
import { CATALOGUE } from '../../shared/controls/catalogue.ts';
import { readDeployment } from '../../shared/deployment/deploy-file.ts';
import type { Report } from '../../shared/reports/report.ts';
import { aHub, type DeployedHub } from '../support/cloud/operator/a-hub.ts';
import { runCommand } from '../support/run-command.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const [BASELINE, DEPLOY] = ['baseline.yml', 'deploy.yml'].map((file) => readFileSync(join(ROOT, file), 'utf8')) as [
  string,
  string,
];

type Verdict = Report['verdicts'][number];
const verdict = (control: string, each: Verdict['verdict'], id = 'c', region = 'eu-west-1') =>
  ({ control, verdict: each, resource: { kind: 'cluster', id, account: '111122223333', region } }) as Verdict;

const verdicts = [
  verdict('eks-control-plane-logging', 'fail', 'a'),
  verdict('eks-control-plane-logging', 'fail', 'b', 'us-east-1'),
  verdict('eks-control-plane-logging', 'pass', 'c', 'us-east-1'),
  verdict('eks-control-plane-logging', 'not-applicable', 'd'),
  verdict('eks-secrets-cmk', 'unknown', 'a'),
  verdict('node-no-ssh', 'pass', 'a'),
];

it('what fails today is in observe, with how much of it does; everything else and every comment stay', () => {
  const written = baselineWritten(BASELINE, { verdicts });
  const changed = written.split('\n').filter((line) => !BASELINE.split('\n').includes(line));
  const { baseline } = loadBaseline(written, 'baseline.yml', Date.now());
  expect([changed, written.split('\n').length, baseline.controls.length]).toEqual([
    ['  eks-control-plane-logging: observe # 2 of 3 fail today'],
    // The line that names the schema, and the empty one behind it.
    BASELINE.split('\n').length - 2,
    CATALOGUE.length,
  ]);
});

it('deploy.yml names where it stands, whom it tells and what else it watches', () => {
  const slackSecret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:slack-a1b2c3';
  const known = { region: 'eu-west-1', email: 'security@example.org', regions: ['eu-north-1'], slackSecret };
  expect(readDeployment(deployWritten(DEPLOY, known), 'deploy.yml')).toMatchObject(known);
});

it('regions stand in the order of their clusters', () => {
  expect(clusterRegions({ verdicts })).toEqual([
    { region: 'eu-west-1', clusters: 2 },
    { region: 'us-east-1', clusters: 2 },
  ]);
});

let deployed: DeployedHub;
let folder: string;
beforeAll(async () => {
  deployed = await aHub();
  folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
});
afterAll(async () => {
  await deployed.stop();
  rmSync(folder, { recursive: true });
});

it('writes both files for the account as it is, which are valid, and never writes over them', async () => {
  const run = (...args: string[]) =>
    runCommand(['init', '--region', 'eu-west-1', ...args], { cwd: folder, env: deployed.env });
  const first = await run('--email', 'security@example.org');
  const valid = await runCommand(['validate'], { cwd: folder });
  writeFileSync(join(folder, 'baseline.yml'), 'mine');
  const second = await run('--email', 'security@example.org');
  const kept = readFileSync(join(folder, 'baseline.yml'), 'utf8');
  const third = await run('--force');
  const emptied = readFileSync(join(folder, 'deploy.yml'), 'utf8').match(/^email: .*$/m)?.[0];
  expect({
    first,
    valid: valid.code,
    second,
    kept,
    third: [third.code, third.out.split('\n').at(-3)],
    emptied,
  }).toEqual({
    first: {
      code: 0,
      err: 'Looking at the account; nothing in it is changed.\n',
      out: expect.stringMatching(
        /^1 cluster \(1 in eu-west-1\) and what belongs to them: \d+ verdicts\.\nbaseline\.yml: \d+ controls? in observe, because something fails today; all others in notify\.\ndeploy\.yml: eks-warden will stand in eu-west-1\.\n[\s\S]*Next: npx eks-warden validate/,
      ),
    },
    valid: 0,
    second: {
      code: 2,
      out: '',
      err: 'eks-warden: baseline.yml and deploy.yml are here already: go to an empty folder, or say --force to write over.\n',
    },
    kept: 'mine',
    third: [0, 'Still missing: the e-mail in deploy.yml.'],
    emptied: 'email: ""',
  });
});

it('an address that is none is refused before anything is written', async () => {
  const { code, err } = await deployed.run('init', '--force', '--region', 'eu-west-1', '--email', 'nobody');
  const deploy = readFileSync(join(deployed.folder, 'deploy.yml'), 'utf8');
  expect([code, err.split('\n').at(-2), deploy.includes('platform@example.com')]).toEqual([
    2,
    'eks-warden: "nobody" is no e-mail address: write one such as somebody@example.org.',
    true,
  ]);
});
