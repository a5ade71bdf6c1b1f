import fc from 'fast-check';
import { expect, it } from 'vitest';
import { awsSession } from '../../../shared/aws/session.ts';
import { anonymized } from '../../../shared/aws/snapshot/anonymize.ts';
import { parseSnapshot, snapshotText } from '../../../shared/aws/snapshot/file.ts';
import { recording } from '../../../shared/aws/snapshot/recording.ts';
import type { Snapshot } from '../../../shared/aws/snapshot/snapshot.ts';
import { loadBaseline } from '../../../shared/baseline/load.ts';
import { judgeScopes } from '../../../shared/cli/reporting/judge-scopes.ts';
import { reportOf } from '../../../shared/cli/reporting/report-of-snapshot.ts';
import { toReport } from '../../../shared/cli/reporting/to-report.ts';
import { publicWords } from '../../../shared/cli/snapshot/public-words.ts';
import type { ResourceState } from '../../../shared/findings/finding.ts';
import type { Report } from '../../../shared/reports/report.ts';
import { aWrongAccount } from '../../support/a-wrong-account.ts';
import { type Account, namesOf, startAuditedAccounts } from '../../support/cloud/audited/index.ts';
import { fromSource } from '../../support/from-source.ts';
import { aBaselineFile, aPipeline, MEMBER, REGION, START } from '../../support/pipeline.ts';
import { aSweeper } from '../../support/sweep.ts';

const { baseline } = loadBaseline(aBaselineFile(), 'baseline.yml', START);
const wrong = () => aWrongAccount(MEMBER, REGION);
const scopes = [REGION, 'global'].map((region) => ({ account: MEMBER, region }));

/** Scans the account over the wire, and keeps what it read. */
async function scanOf(account: Account): Promise<{ report: Report; snapshot: Snapshot }> {
  const cloud = await startAuditedAccounts({ now: () => START, accounts: { [MEMBER]: account } });
  const sdk = { endpoint: cloud.url, credentials: { accessKeyId: MEMBER, secretAccessKey: 'sample' } };
  const live = awsSession({ home: { account: MEMBER, region: REGION }, now: () => START, client: { sdk } });
  const recorded = recording(live, () => START);
  try {
    const { states, scopes: judged } = await judgeScopes({ aws: recorded, baseline, scopes, at: START });
    const report = toReport(states, baseline, {}, { at: START, source: 'scan', scopes: judged });
    return { report, snapshot: recorded.snapshot() };
  } finally {
    await cloud.stop();
  }
}

/** As a table that sweeps and events keep has it: without what only it knows. */
function reportOfStates(items: readonly unknown[]): Report['verdicts'] {
  const states = items as ResourceState[];
  return toReport(states, baseline, {}, { at: START, source: 'scan', scopes: [] }).verdicts;
}

it('W-01: over a whole estate a scan comes to the same as a sweep does, and as the replay of its snapshot', async () => {
  const { report, snapshot } = await scanOf(wrong());
  await using pipeline = await aPipeline({ handlers: fromSource(baseline), audited: wrong() });
  await aSweeper(pipeline, baseline).run('first');
  const swept = reportOfStates((await pipeline.world.items()).filter(({ sk }) => sk === 'state'));
  const replayed = await reportOf(parseSnapshot(snapshotText(snapshot), 'x'), baseline);
  expect(report.verdicts.length).toBeGreaterThan(30);
  expect({ swept, replayed: replayed.verdicts, scopes: replayed.scopes }).toEqual({
    swept: report.verdicts,
    replayed: report.verdicts,
    scopes: report.scopes.toSorted((a, b) => (a.region < b.region ? -1 : 1)),
  });
});

it('P-01: a snapshot is judged to the same report each time, byte by byte', async () => {
  const { snapshot } = await scanOf(wrong());
  const text = snapshotText(snapshot);
  const [one, other] = [
    await reportOf(parseSnapshot(text, 'x'), baseline),
    await reportOf(parseSnapshot(text, 'x'), baseline),
  ];
  expect(JSON.stringify(one)).toBe(JSON.stringify(other));
});

/** Verdicts without the names in them. */
const nameless = ({ verdicts }: Report) =>
  verdicts
    .map(({ control, verdict, severity, resource, said, clusters }) =>
      [
        control,
        verdict,
        severity,
        resource.kind,
        resource.region,
        clusters.length,
        ...said.map(({ reason }) => reason),
      ].join(' '),
    )
    .sort();

it('comes to the same verdicts with pseudonyms, whatever they are', async () => {
  const { report, snapshot } = await scanOf(wrong());
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1, maxLength: 20 }), async (key) => {
      const other = anonymized(snapshot, { key, kept: publicWords() });
      expect(nameless(await reportOf(other, baseline))).toEqual(nameless(report));
    }),
    { numRuns: 5 },
  );
});

it('leaves nothing of the account in an anonymous snapshot but where it is', async () => {
  const { snapshot } = await scanOf(wrong());
  const text = snapshotText(anonymized(snapshot, { key: 'a key', kept: publicWords() }));
  const plain = text.replace(/(?:%[0-9A-F]{2})+/gi, (encoded) => decodeURIComponent(encoded));
  const { arn: _, ...names } = namesOf(MEMBER, REGION);
  const ids = [...snapshotText(snapshot).matchAll(/\b(?:sg|vpc|subnet|lt|rtb|pl|ami)-[0-9a-f]{8,}\b/g)].map(
    ([id]) => id,
  );
  const words = [MEMBER, ...Object.values(names), ...ids].filter((each) => typeof each === 'string');
  const left = [...new Set(words)].filter((each) => plain.includes(each));
  expect(left).toEqual([REGION, 'aws']);
});
