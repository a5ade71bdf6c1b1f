import { afterAll, beforeAll, expect, it } from 'vitest';
import { awsSession } from '../../../shared/aws/session.ts';
import type { Item } from '../../../shared/aws/world.ts';
import { loadBaseline } from '../../../shared/baseline/load.ts';
import { judgeScopes } from '../../../shared/cli/reporting/judge-scopes.ts';
import type { Selection } from '../../../shared/cli/reporting/selection.ts';
import { toReport } from '../../../shared/cli/reporting/to-report.ts';
import { knownKey } from '../../../shared/findings/known.ts';
import type { Report } from '../../../shared/reports/report.ts';
import { aWrongAccount } from '../../support/a-wrong-account.ts';
import { startAuditedAccounts } from '../../support/cloud/audited/index.ts';
import { ACCOUNT, aHub, type DeployedHub } from '../../support/cloud/operator/a-hub.ts';
import { aBaselineFile, REGION, START } from '../../support/pipeline.ts';

const { baseline } = loadBaseline(aBaselineFile(), 'baseline.yml', START);
const scopes = [REGION, 'global'].map((region) => ({ account: ACCOUNT, region }));
let deployed: DeployedHub;
let expected: Report;

/** The hub's table as looks at the whole account leave it, and a sweep of it that could not list everything. */
beforeAll(async () => {
  const cloud = await startAuditedAccounts({
    now: () => START,
    accounts: { [ACCOUNT]: aWrongAccount(ACCOUNT, REGION) },
  });
  const sdk = { endpoint: cloud.url, credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'sample' } };
  const aws = awsSession({ home: { account: ACCOUNT, region: REGION }, now: () => START, client: { sdk } });
  const { states } = await judgeScopes({ aws, baseline, scopes, at: START });
  await cloud.stop();
  deployed = await aHub();
  for (const state of states) {
    await deployed.cloud.put(state as unknown as Item);
    await deployed.cloud.put({ pk: knownKey(state), sk: state.id, observedAt: START });
  }
  await deployed.cloud.put({
    ...{ pk: `sweep#${ACCOUNT}#${REGION}`, sk: 'done', complete: false },
    kinds: [
      { kind: 'cluster', unread: [] },
      { kind: 'repository', unread: [{ why: 'Refused.', missing: 'ecr:DescribeRepositories' }] },
    ],
  });
  expected = toReport(states, baseline, {}, { at: START, source: 'table', scopes: [] });
});
afterAll(() => deployed.stop());

it('reads every known resource of the table, with what only the table knows, and says what was not swept', async () => {
  const { report, calls } = await asReport();
  const ours = report.scopes.filter(({ account }) => account === ACCOUNT);
  expect({ verdicts: report.verdicts, controls: report.controls.length, ours }).toEqual({
    verdicts: expected.verdicts,
    controls: expected.controls.length,
    ours: [
      {
        ...{ account: ACCOUNT, region: REGION, complete: false },
        unread: [{ kind: 'repository', why: 'Refused.', missing: 'ecr:DescribeRepositories' }],
      },
      {
        ...{ account: ACCOUNT, region: 'global', complete: false },
        unread: [{ kind: 'all', why: 'It was never swept to its end.' }],
      },
    ],
  });
  expect(report.verdicts.some(({ since, state }) => since === START && state === 'open')).toBe(true);
  expect(calls).toEqual([]);
});

it('is narrowed to what was selected', async () => {
  const { report } = await asReport({ kinds: ['cluster'], severities: ['high'] });
  const wanted = expected.verdicts.filter(
    ({ resource, severity }) => resource.kind === 'cluster' && severity === 'high',
  );
  expect([report.verdicts, wanted.length > 0]).toEqual([wanted, true]);
});

/** Through the library, in this process: the command of it is told elsewhere. */
async function asReport(selection: Selection = {}): Promise<{ report: Report; calls: string[] }> {
  const { reportOfTable } = await import('../../../shared/cli/reporting/report-of-table.ts');
  const session = {
    region: REGION,
    calling: (region = REGION) => ({
      region,
      client: { endpoint: deployed.cloud.url, credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'sample' } },
    }),
  };
  const resources = [{ logicalId: 'FindingsTable', type: 'AWS::DynamoDB::Table', physicalId: 'findings' }];
  const hub = { session, stack: 'eks-warden', region: REGION, deployment: undefined, resources };
  const before = deployed.cloud.calls.length;
  const scoped = { accounts: [ACCOUNT], regions: [REGION, 'global'], ...selection };
  const report = await reportOfTable(hub, baseline, scoped);
  const calls = deployed.cloud.calls.slice(before).map(({ action }) => action);
  return { report, calls };
}
