import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeEach, expect, it } from 'vitest';
import type { Report } from '../../../shared/reports/report.ts';
import { aScannedAccount } from '../../support/a-scanned-account.ts';
import { MEMBER, REGION } from '../../support/pipeline.ts';
import { runCommand } from '../../support/run-command.ts';

const BIN = join(import.meta.dirname, '..', '..', '..', 'shared', 'cli', 'bin.mjs');
const { folder, cloud, place, keys, stop } = await aScannedAccount();
afterAll(stop);
beforeEach(() => {
  cloud.clearFaults();
  cloud.forgetCalls();
});

const env = { ...place, ...keys, AWS_MAX_ATTEMPTS: '1' };
const run = (args: readonly string[], more: Record<string, string> = {}) =>
  runCommand(['scan', '--no-pace', ...args], { cwd: folder, env: { ...env, ...more } });
const reportOf = async (...args: string[]): Promise<Report> =>
  JSON.parse((await run([...args, '--format', 'json'])).out);

it('judges every enabled region of the account, and calls nothing that changes it', async () => {
  const { code, out, err } = await run(['--format', 'json']);
  const report: Report = JSON.parse(out);
  const failing = report.verdicts.filter(({ verdict }) => verdict === 'fail').map(({ control }) => control);
  const writes = cloud.calls().filter(({ action }) => !/:(?:Get|List|Describe)/.test(action));
  expect({
    code,
    err,
    source: report.source,
    scopes: report.scopes,
    failing: [...new Set(failing)].sort(),
    writes,
  }).toEqual({
    code: 1,
    err: '',
    source: 'scan',
    scopes: [REGION, 'us-east-1', 'global'].map((region) => ({ account: MEMBER, region, complete: true, unread: [] })),
    failing: [
      'ecr-tag-immutable',
      'eks-control-plane-logging',
      'eks-endpoint-public-cidrs',
      'eks-endpoint-public-disabled',
      'eks-loggroup-retention',
      'iam-eks-wildcard-policy',
      'node-no-ssh',
      'node-os-optimized',
      'node-sg-ingress',
      'trail-enabled',
    ],
    writes: [],
  });
});

it('tells people what fails by resource, the worst first', async () => {
  const { code, out } = await run([
    '--region',
    REGION,
    '--controls',
    'eks-control-plane-logging,eks-deletion-protection',
  ]);
  expect({ code, first: out.split('\n').slice(0, 2), counts: /^1 fail.*$/m.exec(out)?.[0] }).toEqual({
    code: 1,
    first: [
      'cluster payments  111122223333 eu-west-1',
      '  high      eks-control-plane-logging  Audit or authenticator logs are off: api, audit, authenticator, controllerManager, scheduler.',
    ],
    counts: '1 fail: 1 high.',
  });
});

it('reads no more than what was selected needs', async () => {
  const report = await reportOf('--kinds', 'cluster', '--severity', 'high', '--framework', 'cis', '--region', REGION);
  const services = new Set(cloud.calls().map(({ action }) => action.split(':')[0]));
  expect({
    kinds: [...new Set(report.verdicts.map(({ resource }) => resource.kind))],
    severities: [...new Set(report.verdicts.map(({ severity }) => severity))],
    unmapped: report.controls.filter(({ references }) => !references.cis),
    services: [...services].sort(),
  }).toEqual({
    kinds: ['cluster'],
    severities: ['high'],
    unmapped: [],
    services: ['ec2', 'eks', 'kms', 'logs', 'sts'],
  });
});

it('judges only the clusters that were named, and what belongs to them', async () => {
  const [one, none] = [await reportOf('--clusters', 'payments'), await reportOf('--clusters', 'orders')];
  expect({
    kinds: [...new Set(one.verdicts.map(({ resource }) => resource.kind))].sort(),
    strangers: one.verdicts.filter(({ clusters }) => !clusters.includes('payments')),
    none: none.verdicts,
  }).toEqual({
    kinds: ['cluster', 'log-group', 'nodegroup', 'role', 'security-group'],
    strangers: [],
    none: [],
  });
});

const ends: Record<string, [args: string[], code: number]> = {
  'findings below what fails': [['--controls', 'eks-control-plane-logging', '--fail-on', 'critical'], 0],
  'findings that fail': [['--controls', 'eks-control-plane-logging', '--fail-on', 'high'], 1],
  'everything in order': [['--controls', 'eks-deletion-protection'], 0],
};
it.each(Object.entries(ends))('ends a scan with %s as it says', async (_, [args, code]) => {
  expect((await run([...args, '--region', REGION])).code).toBe(code);
});

it.each([
  [[], 3],
  [['--allow-unknown'], 0],
])('names a permission that is missing, with the statement to add, and ends %j with %i', async (more, code) => {
  cloud.deny('kms:DescribeKey');
  const ran = await run(['--controls', 'eks-secrets-cmk', '--region', REGION, ...more]);
  expect({ code: ran.code, statement: JSON.parse(ran.out.slice(ran.out.indexOf('{\n'))), err: ran.err }).toEqual({
    code,
    statement: { Effect: 'Allow', Action: ['kms:DescribeKey'], Resource: '*' },
    err: '',
  });
  expect(ran.out).toContain('The permission kms:DescribeKey is missing.');
});

it('judges the region of the session alone where it may not ask which there are, and says so', async () => {
  cloud.deny('ec2:DescribeRegions');
  const { err, out } = await run(['--format', 'json', '--controls', 'eks-deletion-protection'], { AWS_REGION: REGION });
  expect({ err, regions: (JSON.parse(out) as Report).scopes.map(({ region }) => region) }).toEqual({
    err: 'Only eu-west-1 is judged: which regions are enabled could not be read (UnauthorizedOperation on ec2:DescribeRegions). Name others with --region.\n',
    regions: [REGION],
  });
});

it('writes a file for each format into a folder', async () => {
  const directory = join(folder, 'reports');
  const { code, out, err } = await run(['--format', 'json,csv', '--format', 'sarif', '--output-directory', directory]);
  const files = readdirSync(directory)
    .map((name) => name.replace(/\d{8}T\d{6}Z/, 'TIME'))
    .sort();
  expect({ code, out, lines: err.trimEnd().split('\n').length, files }).toEqual({
    code: 1,
    out: '',
    lines: 3,
    files: ['csv', 'json', 'sarif'].map((each) => `eks-warden-${MEMBER}-TIME.${each}`),
  });
});

it('gives what was judged by then as a partial result when a person stops it', async () => {
  cloud.fault({ when: { action: 'iam:*' }, answer: 'timeout' });
  const args = [BIN, 'scan', '--no-pace', '--region', REGION, '--format', 'json'];
  const child = spawn(process.execPath, args, { cwd: folder, env: { PATH: process.env.PATH, ...env } });
  const out: Buffer[] = [];
  child.stdout.on('data', (chunk) => out.push(chunk));
  while (!cloud.calls().some(({ action }) => action.startsWith('iam:'))) await setTimeout(20);
  child.kill('SIGINT');
  const code = await new Promise((resolve) => child.on('close', resolve));
  const report: Report = JSON.parse(Buffer.concat(out).toString());
  expect({ code, partial: report.partial, complete: report.scopes.map(({ complete }) => complete) }).toEqual({
    code: 130,
    partial: 'It was stopped before its end.',
    complete: [true, false],
  });
  expect(report.verdicts.length).toBeGreaterThan(20);
});

const role = `arn:aws:iam::${MEMBER}:role/none`;
const mistakes: Record<string, [args: string[], more: Record<string, string>, err: string]> = {
  'an unknown control': [
    ['--controls', 'eks-deletion-protecton'],
    {},
    'eks-warden: There is no control "eks-deletion-protecton". Did you mean eks-deletion-protection?\n',
  ],
  'an unknown severity': [['--severity', 'hihg'], {}, 'eks-warden: There is no severity "hihg". Did you mean high?\n'],
  'an unknown framework': [['--framework', 'iso'], {}, 'eks-warden: There is no framework "iso". Did you mean cis?\n'],
  'an unknown kind': [['--kinds', 'clusters'], {}, 'eks-warden: There is no kind "clusters". Did you mean cluster?\n'],
  'an unknown format': [
    ['--format', 'jsn'],
    {},
    `error: option '--format <formats>' argument 'jsn' is invalid. There is no format "jsn". Did you mean json?\nHelp: npx eks-warden --help\n`,
  ],
  'a selection that leaves nothing': [
    ['--controls', 'eks-deletion-protection', '--kinds', 'role'],
    {},
    'eks-warden: No control that is on is left by --controls, --severity, --framework and --kinds: ask for more.\n',
  ],
  'several formats without a folder': [
    ['--format', 'json,csv'],
    {},
    'eks-warden: Several formats need a folder: add --output-directory.\n',
  ],
  'a folder that is a file': [
    ['--output-directory', 'baseline.yml'],
    {},
    'eks-warden: baseline.yml cannot be written: A file stands where a folder is meant.\n',
  ],
  'a region that is none': [
    ['--region', 'eu-west1'],
    {},
    'eks-warden: "eu-west1" is no region of AWS. Did you mean eu-west-1?\n',
  ],
  'a profile that does not exist': [
    ['--profile', 'prod'],
    {},
    `eks-warden: There is no profile "prod" in ${folder}/.aws/config or ${folder}/.aws/credentials.\n`,
  ],
  'a role that is no ARN': [
    ['--role-arn', 'admin'],
    {},
    'eks-warden: "admin" is no ARN of a role: write it in full, as IAM shows it.\n',
  ],
  'no credentials': [
    ['--region', REGION],
    { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
    'eks-warden: No AWS credentials were found, or they cannot be used: sign in (aws sso login), or name a profile with --profile.\n',
  ],
  'a snapshot and a region': [
    ['--snapshot', 'none.gz', '--region', REGION],
    {},
    'eks-warden: A snapshot is judged without AWS: leave out --profile, --role-arn and --region.\n',
  ],
  'a snapshot that is not there': [
    ['--snapshot', 'none.gz'],
    {},
    'eks-warden: none.gz cannot be read: is it there, and a file?\n',
  ],
};
it.each(Object.entries(mistakes))('says %s in a sentence and ends with 2', async (_, [args, more, err]) => {
  expect(await run(args, more)).toEqual({ code: 2, out: '', err });
});

it('says in a sentence that a role may not be taken on', async () => {
  cloud.deny('sts:AssumeRole');
  const { code, out, err } = await run(['--role-arn', role, '--region', REGION]);
  expect({ code, out, err }).toEqual({
    code: 2,
    out: '',
    err: `eks-warden: The role ${role} could not be taken on (AccessDenied on sts:AssumeRole): its trust policy has to name you, and you need sts:AssumeRole on it.\n`,
  });
});

it('says which permissions it needs where it may read nothing', async () => {
  cloud.deny('eks:*');
  const { code, err } = await run(['--controls', 'eks-deletion-protection', '--region', REGION]);
  expect({ code, err }).toEqual({
    code: 2,
    err: 'eks-warden: Nothing could be judged: these permissions are missing: eks:ListClusters.\n',
  });
});
