import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import type { Report } from '../../../shared/reports/report.ts';
import { aScannedAccount } from '../../support/a-scanned-account.ts';
import { MEMBER, REGION } from '../../support/pipeline.ts';
import { runCommand } from '../../support/run-command.ts';

const { folder, cloud, place, keys, stop } = await aScannedAccount();
afterAll(stop);

const env = { ...place, ...keys };
const LIVE = ['--no-pace', '--region', REGION];
const run = (...args: string[]) => runCommand(args, { cwd: folder, env });
/** Without credentials or an endpoint: whoever asks AWS fails. */
const offline = (...args: string[]) => runCommand(args, { cwd: folder, env: { HOME: folder } });
const judged = ({ out }: { out: string }) => (JSON.parse(out) as Report).verdicts;
const nameless = (verdicts: Report['verdicts']) =>
  verdicts
    .map(({ control, verdict, severity, resource }) => `${control} ${verdict} ${severity} ${resource.kind}`)
    .sort();

const taken = await run('snapshot', 'before.json.gz', ...LIVE);
const live = await run('scan', ...LIVE, '--format', 'json');

it('writes all that a scan reads, compressed, and says what it is of', () => {
  const snapshot = JSON.parse(gunzipSync(readFileSync(join(folder, 'before.json.gz'))).toString());
  const { reads, accounts } = snapshot;
  expect({ ...taken, accounts, reads: reads.length > 40 }).toEqual({
    code: 0,
    out: `before.json.gz: ${reads.length} reads of 1 region and IAM.\n`,
    err: '',
    accounts: [MEMBER],
    reads: true,
  });
});

it('P-01: judges a snapshot without AWS, to the same bytes each time and to the verdicts of the scan', async () => {
  const scan = () => offline('scan', '--snapshot', 'before.json.gz', '--format', 'json');
  const [one, other] = await Promise.all([scan(), scan()]);
  expect(other).toEqual(one);
  expect({ code: one.code, verdicts: judged(one) }).toEqual({ code: live.code, verdicts: judged(live) });
});

it('gives pseudonyms that keep every verdict, and the same ones for the same key', async () => {
  await run('snapshot', 'one.gz', ...LIVE, '--anonymize', 'our-key');
  await run('snapshot', 'other.gz', ...LIVE, '--anonymize', 'our-key');
  const [scan, diff] = await Promise.all([
    offline('scan', '--snapshot', 'one.gz', '--format', 'json'),
    offline('diff', 'one.gz', 'other.gz'),
  ]);
  expect({ verdicts: nameless(judged(scan)), leaks: /payments|111122223333/.exec(scan.out), diff: diff.code }).toEqual({
    verdicts: nameless(judged(live)),
    leaks: null,
    diff: 0,
  });
});

it('tells what changed between a snapshot and a report, and ends with 1 where something is worse', async () => {
  cloud.change(MEMBER, {
    regions: {
      [REGION]: {
        clusters: { payments: { deletionProtection: false, resourcesVpcConfig: { endpointPublicAccess: false } } },
      },
    },
  });
  writeFileSync(join(folder, 'after.json'), (await run('scan', ...LIVE, '--format', 'json')).out);
  const [there, back, json] = await Promise.all([
    offline('diff', 'before.json.gz', 'after.json'),
    offline('diff', 'after.json', 'before.json.gz'),
    offline('diff', 'before.json.gz', 'after.json', '--format', 'json'),
  ]);
  const heads = there.out.split('\n').filter((line) => /^\S.*\(\d+\)$/.test(line));
  const found = JSON.parse(json.out) as Record<'worse' | 'better', { after: { control: string } }[]>;
  const controls = (all: { after: { control: string } }[]) => all.map(({ after }) => after.control);
  expect({
    codes: [there.code, back.code, json.code],
    heads,
    worse: controls(found.worse),
    better: controls(found.better),
  }).toEqual({
    codes: [1, 1, 1],
    heads: ['Worse (1)', 'Better (2)'],
    worse: ['eks-deletion-protection'],
    better: ['eks-endpoint-public-disabled', 'eks-endpoint-public-cidrs'],
  });
});

it('replays events over a snapshot that it took itself', async () => {
  const event = join(import.meta.dirname, '..', '..', '..', 'events', 'samples', 'eks-UpdateClusterConfig.json');
  const { code, err } = await offline('replay', event, '--snapshot', 'before.json.gz');
  expect({ known: code === 0 || code === 1 || code === 3, err }).toEqual({ known: true, err: '' });
});

it('keeps what was read where a permission is missing, names it, and ends with 3', async () => {
  const give = cloud.deny('kms:DescribeKey');
  const { code, out, err } = await run('snapshot', 'less.gz', ...LIVE);
  give();
  expect({ code, written: out.startsWith('less.gz: '), names: err.includes('"kms:DescribeKey"') }).toEqual({
    code: 3,
    written: true,
    names: true,
  });
});

it('a report of a snapshot is narrowed as a scan of it is', async () => {
  const narrow = ['--snapshot', 'before.json.gz', '--kinds', 'cluster', '--severity', 'high', '--format', 'json'];
  const [scan, report] = await Promise.all([offline('scan', ...narrow), offline('report', ...narrow)]);
  expect([report.out, judged(report).length > 0]).toEqual([scan.out, true]);
});

const whole = readFileSync(join(folder, 'before.json.gz'));
writeFileSync(join(folder, 'cut.gz'), whole.subarray(0, whole.length / 2));
writeFileSync(join(folder, 'foreign.json'), '{"eksWardenSnapshot": 2}');
writeFileSync(
  join(folder, 'empty.json'),
  '{"eksWardenSnapshot":1,"takenAt":"2026-11-21T03:00:00Z","accounts":[],"reads":[]}',
);
const mistakes: Record<string, [args: string[], err: string]> = {
  'a snapshot that was cut off': [
    ['scan', '--snapshot', 'cut.gz'],
    'eks-warden: cut.gz is a broken gzip file: take the snapshot again.\n',
  ],
  'a snapshot of another kind': [
    ['scan', '--snapshot', 'foreign.json'],
    'eks-warden: foreign.json is no snapshot of eks-warden: eksWardenSnapshot: Invalid input: expected 1.\n',
  ],
  'a snapshot without reads': [
    ['diff', 'empty.json', 'empty.json'],
    'eks-warden: empty.json holds no reads: take the snapshot again.\n',
  ],
  'a file that is not there': [['diff', 'none.gz', 'none.gz'], 'eks-warden: none.gz: There is no such file.\n'],
  'a folder that is not there': [
    ['snapshot', 'none/x.gz', ...LIVE],
    'eks-warden: none/x.gz cannot be written: There is no such folder.\n',
  ],
};
it.each(Object.entries(mistakes))('says %s in a sentence and ends with 2', async (_, [args, err]) => {
  expect(await run(...args)).toEqual({ code: 2, out: '', err });
});

it('keeps what was read in the folder for temporary files where the disk is full', async () => {
  const TMPDIR = mkdtempSync(join(folder, 'tmp-'));
  const { code, out, err } = await runCommand(['snapshot', '/dev/full', ...LIVE], {
    cwd: folder,
    env: { ...env, TMPDIR },
  });
  const [, file = ''] =
    /^eks-warden: \/dev\/full cannot be written: The disk is full\. What was read is in (\S+)\.\n$/.exec(err) ?? [];
  const judgedAgain = await offline('scan', '--snapshot', file, '--format', 'json');
  expect([code, out, file.startsWith(TMPDIR), judged(judgedAgain).length > 0]).toEqual([2, '', true, true]);
});
