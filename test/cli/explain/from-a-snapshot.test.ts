import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { awsSession } from '../../../shared/aws/session.ts';
import { snapshotText } from '../../../shared/aws/snapshot/file.ts';
import { recording } from '../../../shared/aws/snapshot/recording.ts';
import { loadBaseline } from '../../../shared/baseline/load.ts';
import { judgeScopes } from '../../../shared/cli/reporting/judge-scopes.ts';
import { aWrongAccount } from '../../support/a-wrong-account.ts';
import { startAuditedAccounts } from '../../support/cloud/audited/index.ts';
import { aBaselineFile, MEMBER, REGION, START } from '../../support/pipeline.ts';
import { runCommand } from '../../support/run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
afterAll(() => rmSync(folder, { recursive: true }));
const snapshot = join(folder, 'monday.snapshot');
writeFileSync(join(folder, 'baseline.yml'), aBaselineFile());
writeFileSync(snapshot, await aSnapshot());
const run = (...args: string[]) => runCommand(args, { cwd: folder });

async function aSnapshot(): Promise<string> {
  const cloud = await startAuditedAccounts({ now: () => START, accounts: { [MEMBER]: aWrongAccount(MEMBER, REGION) } });
  const sdk = { endpoint: cloud.url, credentials: { accessKeyId: MEMBER, secretAccessKey: 'sample' } };
  const aws = awsSession({ home: { account: MEMBER, region: REGION }, now: () => START, client: { sdk } });
  const recorded = recording(aws, () => START);
  const { baseline } = loadBaseline(aBaselineFile(), 'baseline.yml', START);
  const scopes = [REGION, 'global'].map((region) => ({ account: MEMBER, region }));
  await judgeScopes({ aws: recorded, baseline, scopes, at: START });
  await cloud.stop();
  return snapshotText(recorded.snapshot());
}

it('a snapshot explains a finding and the coverage without AWS, each time to the same bytes', async () => {
  const explain = () => run('explain', '--snapshot', snapshot, 'eks-control-plane-logging', '--format', 'json');
  const coverage = () => run('coverage', '--snapshot', snapshot, '--format', 'json');
  const [first, again, covered, coveredAgain] = [await explain(), await explain(), await coverage(), await coverage()];
  const rows: { control: string; status: string; judged: number }[] = JSON.parse(covered.out).controls;
  const { source, verdict, repair } = JSON.parse(first.out);
  expect([first, covered]).toEqual([again, coveredAgain]);
  expect([
    source,
    verdict,
    repair.cli.length,
    rows.find(({ control }) => control === 'eks-control-plane-logging'),
  ]).toEqual(['snapshot', 'fail', 1, expect.objectContaining({ status: 'judged', judged: 1 })]);
});

it('a waiver is refused where nothing in the snapshot is covered', async () => {
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const options = ['--reason', 'x', '--until', until, '--approver', 'b', '--requester', 'a', '--dry-run'];
  const one = (name: string) =>
    run(
      'waive',
      'eks-control-plane-logging',
      `${MEMBER}#${REGION}#cluster#${name}`,
      ...options,
      '--snapshot',
      snapshot,
    );
  expect([(await one('nobody')).err, (await one('payments')).code]).toEqual([
    `eks-warden: ${MEMBER}#${REGION}#cluster#nobody covers nothing that eks-control-plane-logging was judged on, so it is not written. It was judged on ${MEMBER}#${REGION}#cluster#payments.\n`,
    0,
  ]);
});

it('a file that is no snapshot is a sentence', async () => {
  writeFileSync(join(folder, 'text'), 'no');
  const { code, out, err } = await run('explain', '--snapshot', 'text', 'eks-control-plane-logging');
  expect([code, out, /^eks-warden: text .+\n$/.test(err)]).toEqual([2, '', true]);
});
