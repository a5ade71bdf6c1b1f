import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { json } from '../../../shared/reports/formats/json.ts';
import { aHostileReport, aReport } from '../../support/a-report.ts';
import { runCommand } from '../../support/run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
afterAll(() => rmSync(folder, { recursive: true }));
const REPORT = join(folder, 'scan.json');
writeFileSync(REPORT, json(aReport()));
const run = (...args: string[]) => runCommand(['explain', ...args], { cwd: folder, env: { NO_COLOR: '1' } });
const LOGGING = '111122223333#eu-west-1#cluster#payments#eks-control-plane-logging';
/** The end of a waiver that begins today. */
const inThreeMonths = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);

it('a finding is told whole: evidence, who, the fix by each tool, how to accept it', async () => {
  expect(await run('--from', REPORT, 'eks-endpoint-public-cidrs', 'payments')).toEqual({
    code: 0,
    err: '',
    out: readFileSync(join(import.meta.dirname, 'a-finding.txt'), 'utf8').replaceAll('IN_THREE_MONTHS', inThreeMonths),
  });
});

it('no line of words is wider than 80 columns; only what is copied is', async () => {
  const { out } = await run('--from', REPORT, LOGGING);
  expect(out.split('\n').filter((line) => line.length > 80 && !/^ {4}|https:/.test(line))).toEqual([]);
});

it('for programs it is one document with the same', async () => {
  const { code, out } = await run('--from', REPORT, '--format', 'json', LOGGING);
  const { control, verdict, repair, waive, history } = JSON.parse(out);
  const region = '--region eu-west-1';
  const logging =
    '{"clusterLogging":[{"types":["audit","authenticator","controllerManager","scheduler"],"enabled":true}]}';
  expect([code, control.id, verdict, history, repair.cli, repair.eksctl.split('\n')[0], waive[3], waive[4]]).toEqual([
    0,
    'eks-control-plane-logging',
    'fail',
    null,
    [`aws eks update-cluster-config --name payments --logging '${logging}' ${region}`],
    'apiVersion: eksctl.io/v1alpha5',
    '  - control: eks-control-plane-logging',
    '    resource: 111122223333#eu-west-1#cluster#payments',
  ]);
});

it('what is unknown says which permission is missing, and what is in order has no fix', async () => {
  const unknown = await run('--from', REPORT, 'eks-secrets-cmk');
  const pass = await run('--from', REPORT, 'eks-control-plane-logging', 'orders');
  const about = [
    'The permission kms:DescribeKey is missing',
    '{"Effect":"Allow","Action":"kms:DescribeKey","Resource":"*"}',
  ];
  expect([about.filter((each) => !unknown.out.includes(each)), unknown.out.includes('How to put it right')]).toEqual([
    [],
    false,
  ]);
  expect([pass.out.includes('It is in order.'), /How to put it right|accept/.test(pass.out)]).toEqual([true, false]);
});

const said = (text: string) => ({ code: 2, out: '', err: `eks-warden: ${text}\n` });

it('what is not there, or is meant by several, is a sentence that lists what there is', async () => {
  const of = (cluster: string, verdict: string, account = '111122223333') =>
    `"${account}#eu-west-1#cluster#${cluster}#eks-control-plane-logging" (${verdict})`;
  const both = `${of('payments', 'fail')}, ${of('orders', 'pass', '444455556666')}`;
  expect([
    await run('--from', REPORT, 'eks-control-plane-logging'),
    await run('--from', REPORT, 'eks-control-plane-logging', 'nobody'),
    await run('--from', REPORT, 'eks-control-plane-loging', 'payments'),
    await run('--from', join(folder, 'none.json'), LOGGING),
  ]).toEqual([
    said(`Several findings of eks-control-plane-logging are in ${REPORT}: ${both}. Name one by its id, in quotes.`),
    said(`There is no finding of eks-control-plane-logging on nobody in ${REPORT}. It has: ${both}.`),
    said(
      '"eks-control-plane-loging" is neither a finding\'s id (account#region#kind#id#control, in quotes) nor a control. Did you mean eks-control-plane-logging? Controls: npx eks-warden controls',
    ),
    said(`${join(folder, 'none.json')}: There is no such file.`),
  ]);
});

it('a file that is no report is a sentence', async () => {
  const [text, other] = [join(folder, 'text.json'), join(folder, 'other.json')];
  writeFileSync(text, 'no');
  writeFileSync(other, '{"version": 1}');
  expect([await run('--from', text, LOGGING), (await run('--from', other, LOGGING)).err]).toEqual([
    said(`${text}: It is no JSON: name a report that was written with --format json.`),
    `eks-warden: ${other}: That is no report of eks-warden: name one that was written with --format json.\n`,
  ]);
});

it('IN-08: a name that no resource can have is shown harmless, and is in no command', async () => {
  const name = `x'; touch pwned # \u001b[31m\u202e`;
  const file = join(folder, 'hostile.json');
  writeFileSync(file, json(aHostileReport(name)));
  const { code, out } = await run('--from', file, 'eks-deletion-protection');
  expect([
    code,
    /[^\n\x20-\x7e→·]/.test(out),
    out.includes('aws eks'),
    out.includes('Turn deletion protection on.'),
  ]).toEqual([0, false, false, true]);
});
