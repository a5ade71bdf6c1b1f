import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { render } from '../../shared/reports/formats/index.ts';
import { readReport } from '../../shared/reports/formats/read-report.ts';
import { aLargeReport, aReport } from '../support/a-report.ts';
import { aScannedAccount } from '../support/a-scanned-account.ts';
import { MEMBER, REGION } from '../support/pipeline.ts';
import { type Ran, runCommand } from '../support/run-command.ts';

const BIN = join(import.meta.dirname, '..', '..', 'shared', 'cli', 'bin.mjs');
const { folder, cloud, place, keys, stop } = await aScannedAccount();
afterAll(stop);
beforeEach(() => cloud.clearFaults());

writeFileSync(join(folder, 'report.json'), render(aReport(), 'json'));
writeFileSync(join(folder, 'large.json'), render(aLargeReport(5000), 'json'));

const AWS = { ...place, AWS_MAX_ATTEMPTS: '1' };
const scan = (args: readonly string[] = [], env: Record<string, string> = keys) =>
  runCommand(['scan', '--no-pace', '--region', REGION, ...args], { cwd: folder, env: { ...AWS, ...env } });
const sentence = (text: string): Ran => ({ code: 2, out: '', err: `eks-warden: ${text}\n` });

/** A profile of single sign-on whose session ended three weeks ago. */
function signedOn(profile: string): void {
  const cache = join(folder, '.aws', 'sso', 'cache');
  mkdirSync(cache, { recursive: true });
  const lines = ['sso_session = ours', `sso_account_id = ${MEMBER}`, 'sso_role_name = Reader'];
  const session = ['[sso-session ours]', 'sso_start_url = https://sso.example.invalid/start', 'sso_region = eu-west-1'];
  writeFileSync(join(folder, '.aws', 'config'), [`[profile ${profile}]`, ...lines, ...session, ''].join('\n'));
  const token = { accessToken: 'ended', expiresAt: '2026-11-01T00:00:00Z', region: REGION };
  writeFileSync(join(cache, `${createHash('sha1').update('ours').digest('hex')}.json`), JSON.stringify(token));
}

it('no credentials', async () => {
  expect(await scan([], {})).toEqual(
    sentence(
      'No AWS credentials were found, or they cannot be used: sign in (aws sso login), or name a profile with --profile.',
    ),
  );
});

it('a session of single sign-on that has ended', async () => {
  signedOn('work');
  expect(await scan(['--profile', 'work'], {})).toEqual(
    sentence('The SSO session has ended: sign in again (aws sso login, with the name of the profile).'),
  );
});

it('credentials that have ended, and such as AWS does not know', async () => {
  const body =
    '<ErrorResponse><Error><Type>Sender</Type><Code>ExpiredToken</Code><Message>Ended.</Message></Error></ErrorResponse>';
  const sts = createServer((_, response) => response.writeHead(403, { 'content-type': 'text/xml' }).end(body));
  await new Promise<void>((listening) => sts.listen(0, '127.0.0.1', listening));
  const { port } = sts.address() as AddressInfo;
  const ended = await scan([], { ...keys, AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${port}` });
  sts.close();
  expect([ended, await scan([], { ...keys, AWS_ACCESS_KEY_ID: '999988887777' })]).toEqual([
    sentence('The AWS credentials have ended: sign in again.'),
    sentence(
      `AWS does not take these credentials in ${REGION} (InvalidClientTokenId on sts:GetCallerIdentity): enable that region in the account, or leave it out; else sign in again.`,
    ),
  ]);
});

it('a region that is none, and a profile that does not exist', async () => {
  rmSync(join(folder, '.aws'), { recursive: true, force: true });
  expect([await scan(['--region', 'eu-west1']), await scan(['--profile', 'prod'])]).toEqual([
    sentence('"eu-west1" is no region of AWS. Did you mean eu-west-1?'),
    sentence(`There is no profile "prod" in ${folder}/.aws/config or ${folder}/.aws/credentials.`),
  ]);
});

it('a region that AWS has no address in', async () => {
  const lookup = `import dns from 'node:dns'; dns.lookup = (_, __, done) => done(Object.assign(new Error('none'), { code: 'ENOTFOUND' }));`;
  const args = ['scan', '--region', 'eu-west-9'];
  const preload = `--import=data:text/javascript,${encodeURIComponent(lookup)}`;
  const env = { ...AWS, ...keys, AWS_ENDPOINT_URL: '', NODE_OPTIONS: preload };
  expect(await runCommand(args, { cwd: folder, env })).toEqual(
    sentence(
      'AWS has no address in eu-west-9 (ENOTFOUND on sts:GetCallerIdentity): is that one of its regions, and is there a network?',
    ),
  );
});

it('a role that may not be assumed', async () => {
  cloud.deny('sts:AssumeRole');
  const role = `arn:aws:iam::${MEMBER}:role/none`;
  expect(await scan(['--role-arn', role])).toEqual(
    sentence(
      `The role ${role} could not be taken on (AccessDenied on sts:AssumeRole): its trust policy has to name you, and you need sts:AssumeRole on it.`,
    ),
  );
});

it('missing permissions: each is named, with the statement to add', async () => {
  cloud.deny('eks:*');
  const { code, out, err } = await scan(['--controls', 'eks-deletion-protection']);
  const statement = JSON.parse(out.slice(out.indexOf('{')));
  expect({ code, statement, err }).toEqual({
    ...sentence('Nothing could be judged: these permissions are missing: eks:ListClusters.'),
    out: undefined,
    statement: { Effect: 'Allow', Action: ['eks:ListClusters'], Resource: '*' },
  });
});

it('a file that cannot be written: what was read goes to the output instead', async () => {
  const name = 'eks-warden-many-20261121T030000Z.json';
  mkdirSync(join(folder, 'out', name, 'in-the-way'), { recursive: true });
  const args = ['report', '--from', 'report.json', '--format', 'json,csv', '--output-directory', 'out'];
  const { code, out, err } = await runCommand(args, { cwd: folder });
  expect([code, err, readReport(out, 'out'), readdirSync(join(folder, 'out'))]).toEqual([
    2,
    `eks-warden: ${join('out', name)} cannot be written: That is a folder.\n`,
    aReport(),
    [name],
  ]);
});

/** The command with its output into a file. */
async function into(file: string, ...args: string[]): Promise<{ code: number | null; err: string }> {
  const to = openSync(file, 'w');
  const child = spawn(process.execPath, [BIN, ...args], { cwd: folder, stdio: ['ignore', to, 'pipe'] });
  closeSync(to);
  const err: Buffer[] = [];
  child.stderr?.on('data', (chunk) => err.push(chunk));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, err: Buffer.concat(err).toString() };
}

it('a full disk', async () => {
  expect(await into('/dev/full', 'report', '--from', 'report.json', '--format', 'csv')).toEqual({
    code: 2,
    err: 'eks-warden: The output could not be written: The disk is full.\n',
  });
});

it('a reader that goes away: what it did not see does not pass for nothing found', async () => {
  const command = `"${process.execPath}" "${BIN}" report --from large.json --format jsonl | head -1; echo "\${PIPESTATUS[0]}"`;
  const child = spawn('bash', ['--norc', '-c', command], { cwd: folder, env: { PATH: process.env.PATH } });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk) => out.push(chunk));
  child.stderr.on('data', (chunk) => err.push(chunk));
  await new Promise((resolve) => child.on('close', resolve));
  expect([Buffer.concat(out).toString().split('\n').slice(1), Buffer.concat(err).toString()]).toEqual([
    ['2', ''],
    'eks-warden: Whoever read the output went away before its end: write it to a file instead.\n',
  ]);
});
