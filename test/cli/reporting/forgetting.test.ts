import { expect, it } from 'vitest';
import type { InputOf, ReadAction } from '../../../shared/aws/actions.ts';
import { awsSession } from '../../../shared/aws/session.ts';
import { recording } from '../../../shared/aws/snapshot/recording.ts';
import { replaying } from '../../../shared/aws/snapshot/replaying.ts';
import type { Snapshot } from '../../../shared/aws/snapshot/snapshot.ts';
import type { AwsBatch } from '../../../shared/aws/world.ts';
import { loadBaseline } from '../../../shared/baseline/load.ts';
import { judgeScopes } from '../../../shared/cli/reporting/judge-scopes.ts';
import { isShared } from '../../../shared/sweep/shared-reads.ts';
import { aWrongAccount } from '../../support/a-wrong-account.ts';
import { startAuditedAccounts } from '../../support/cloud/audited/index.ts';
import { aBaselineFile, MEMBER, REGION, START } from '../../support/pipeline.ts';

const { baseline } = loadBaseline(aBaselineFile(), 'baseline.yml', START);
const scopes = [REGION, 'global'].map((region) => ({ account: MEMBER, region }));

async function snapshotOfAll(): Promise<Snapshot> {
  const cloud = await startAuditedAccounts({ now: () => START, accounts: { [MEMBER]: aWrongAccount(MEMBER, REGION) } });
  const sdk = { endpoint: cloud.url, credentials: { accessKeyId: MEMBER, secretAccessKey: 'sample' } };
  const live = awsSession({ home: { account: MEMBER, region: REGION }, now: () => START, client: { sdk } });
  const recorded = recording(live, () => START);
  try {
    await judgeScopes({ aws: recorded, baseline, scopes, at: START });
    return recorded.snapshot();
  } finally {
    await cloud.stop();
  }
}

/** Of these actions the batch is asked again what it was asked: which of them it has to pass on. */
async function forgottenBy(batch: AwsBatch, { reads }: Snapshot): Promise<Set<string>> {
  const forgotten = new Set<string>();
  for (const { account, region, action, input } of reads) {
    const before = batch.calls().get(action) ?? 0;
    await batch.reader(account, region).read(action as ReadAction, input as InputOf<ReadAction>);
    if ((batch.calls().get(action) ?? 0) > before) forgotten.add(action);
  }
  return forgotten;
}

it('a scan makes no read twice, and holds at its end only what several looks ask for', async () => {
  const snapshot = await snapshotOfAll();
  const batch = replaying(snapshot).batch();
  await judgeScopes({ aws: { batch: () => batch }, baseline, scopes, at: START });
  const calls = Object.fromEntries(batch.calls());
  const asked = Map.groupBy(snapshot.reads, ({ action }) => action);
  expect(Object.entries(calls).filter(([action, times]) => times > (asked.get(action)?.length ?? 0))).toEqual([]);

  const actions = [...asked.keys()] as ReadAction[];
  const forgotten = await forgottenBy(batch, snapshot);
  expect([...forgotten].sort()).toEqual(actions.filter((action) => !isShared(action)).sort());
});
