import { expect, it } from 'vitest';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import secrets from '../../shared/controls/cluster/eks-secrets-cmk.ts';
import type { AnyControl } from '../../shared/controls/define-control.ts';
import type { ResourceState } from '../../shared/findings/finding.ts';
import { announcer } from '../../shared/notices/announce.ts';
import { noticeFrom } from '../../shared/notices/notice.ts';
import { lostIn, tellLost } from '../../shared/notices/untold.ts';
import { DAY, MINUTE } from '../../shared/runtime/clock.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { aFinding, aListeningWorld, aRecord, aState, groupOf, LOGGING, NOON } from '../support/notices.ts';

const baseline = aBaseline([logging as AnyControl]);

/** What Lambda puts aside of a stream, with what it says besides left out. */
const aside = (from: number, to = from, batchSize = 1) =>
  JSON.stringify({
    requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 51 },
    DDBStreamBatchInfo: {
      shardId: 'shardId-1',
      startSequenceNumber: '100',
      endSequenceNumber: '200',
      approximateArrivalOfFirstRecord: new Date(from).toISOString(),
      approximateArrivalOfLastRecord: new Date(to).toISOString(),
      batchSize,
      streamArn: 'stream',
    },
  });

/** The table after the look of noon, and a week later: the stream has no record of it any more. */
function aWeekLater(state: ResourceState = aState()) {
  const listening = aListeningWorld();
  const world = { ...listening.world, now: () => NOON + 7 * DAY };
  const lost = [lostIn(aside(NOON + MINUTE, NOON + MINUTE, 25))];
  const options = { groupOf };
  const tell = (now = state) => tellLost(world, baseline, options, now, lost);
  const ids = () => listening.publications.map(({ message }) => noticeFrom(message.sqs ?? '').id);
  return { ...listening, world, state, tell, ids };
}

/** The record of that look, as the stream had it. */
const record = (state: ResourceState) => aRecord({ ...state, findings: {}, version: state.version - 1 }, state);

it('ST-02: what was lost is told from the table, long after the stream has forgotten it, and once', async () => {
  const { tell, ids, publications, table } = aWeekLater();
  expect([await tell(), await tell(), await tell()]).toEqual([1, 0, 0]);
  const { news, id } = noticeFrom(publications[0]?.message.sqs ?? '');
  expect([news.map(({ control, from, to }) => [control, from, to]), ids()]).toEqual([
    [[LOGGING, 'closed', 'open']],
    [id],
  ]);
  expect(table.all().map(({ sk }) => sk)).toEqual([`history#0000000007#${LOGGING}#open`, `sent#${id}`]);
});

it('ST-02: it has the id that it would have had, so that what was told after all is not told again', async () => {
  const { tell, world, state, ids } = aWeekLater();
  await announcer(world, baseline, { groupOf }).announce([record(state)]);
  expect([await tell(), ids()]).toEqual([0, [expect.any(String)]]);
});

it('ST-02: where the topic failed after the history was written, the very notice goes out', async () => {
  const { tell, world, state, ids, publications } = aWeekLater();
  const deaf = { ...world, notices: { publish: () => Promise.reject(new Error('throttled')) } };
  await announcer(deaf, baseline, { groupOf }).announce([record(state)]);
  const later = { ...state, version: 12 };
  const told = [await tell(later), await tell(later)];
  const lost = ids();
  publications.length = 0;
  const fresh = aListeningWorld();
  await announcer(fresh.world, baseline, { groupOf }).announce([record(state)]);
  expect([told, lost]).toEqual([[1, 0], [noticeFrom(fresh.publications[0]?.message.sqs ?? '').id]]);
});

it('ST-02: what was told before and is resolved since is told as resolved', async () => {
  const { tell, world, publications } = aWeekLater();
  const opened = aState({ [LOGGING]: aFinding({ since: NOON - DAY }) }, { version: 3 });
  await announcer(world, baseline, { groupOf }).announce([record(opened)]);
  publications.length = 0;
  await tell(aState({ [LOGGING]: aFinding({ state: 'closed', closedBecause: 'passes' }) }, { version: 7 }));
  const notices = publications.map(({ message }) => noticeFrom(message.sqs ?? ''));
  expect(notices.map(({ news }) => news.map(({ from, to }) => [from, to]))).toEqual([[['open', 'closed']]]);
});

it('ST-02: of what was told together, the part that has not changed since is not told again', async () => {
  const both = aBaseline([logging, secrets] as AnyControl[]);
  const { world, table, publications } = aListeningWorld();
  const state = aState({ [LOGGING]: aFinding(), [secrets.id]: aFinding() });
  await table.put(state as never);
  await announcer(world, both, { groupOf }).announce([record(state)]);
  const resolved = aFinding({ state: 'closed', closedBecause: 'passes', since: NOON + DAY });
  const later = aState({ [LOGGING]: aFinding(), [secrets.id]: resolved }, { version: 9 });
  const told = await tellLost(world, both, { groupOf }, later, [lostIn(aside(NOON))]);
  expect([told, publications.length]).toEqual([0, 1]);
});

it.each<[what: string, finding: Parameters<typeof aFinding>[0]]>([
  ['was opened before', { since: NOON - DAY }],
  ['was opened since', { since: NOON + DAY }],
  ['passes since the first look', { state: 'closed' }],
])('ST-02: what %s is not told', async (_, finding) => {
  const { tell, publications } = aWeekLater(aState({ [LOGGING]: aFinding(finding) }));
  expect([await tell(), publications]).toEqual([0, []]);
});

it('ST-02: where it still cannot be told that is an error, and it is told the next time', async () => {
  const { tell, world, state } = aWeekLater();
  const lost = [lostIn(aside(NOON))];
  const deaf = { ...world, notices: { publish: () => Promise.reject(new Error('throttled')) } };
  await expect(tellLost(deaf, baseline, { groupOf }, state, lost)).rejects.toThrow(
    'What changed on 111122223333#eu-west-1#cluster#payments could not be told.',
  );
  expect(await tell()).toBe(1);
});

it('a message that does not say what was lost is none of ours', () => {
  expect(lostIn(aside(NOON, NOON + MINUTE, 3))).toEqual({ from: NOON - 15 * MINUTE, to: NOON + 2 * MINUTE, count: 3 });
  expect(() => lostIn('{"half":')).toThrow('The message is no JSON.');
  expect(() => lostIn('{}')).toThrow('The message does not say which changes were lost.');
});
