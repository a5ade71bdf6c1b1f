import { expect, it } from 'vitest';
import type { Item } from '../../shared/aws/world.ts';
import type { Baseline } from '../../shared/baseline/baseline.ts';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import type { AnyControl } from '../../shared/controls/define-control.ts';
import { announcer } from '../../shared/notices/announce.ts';
import { noticeFrom } from '../../shared/notices/notice.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { HOSTILE } from '../support/hostile.ts';
import {
  aCause,
  aFinding,
  aListeningWorld,
  aRecord,
  aState,
  groupOf,
  LOGGING,
  NOON,
  PAYMENTS,
} from '../support/notices.ts';

const before = aState({}, { version: 6 });
const opened = aRecord(before, aState());
const closed = aFinding({ state: 'closed', closedBecause: 'passes' });
const baselineOf = (mode: 'observe' | 'notify' | 'remediate'): Baseline => aBaseline([logging as AnyControl], { mode });
const numbered = (record: typeof opened, SequenceNumber: string) => ({
  ...record,
  dynamodb: { ...record.dynamodb, SequenceNumber },
});

function anAnnouncer(baseline: Baseline = baselineOf('notify')) {
  const listening = aListeningWorld();
  return { ...listening, ...announcer(listening.world, baseline, { groupOf }) };
}

it('publishes what changed and marks it sent', async () => {
  const { announce, publications, table, counts, durations } = anAnnouncer();
  expect(await announce([opened])).toEqual({ batchItemFailures: [] });
  expect(publications.map(({ subject, attributes }) => [subject, attributes.people, attributes.slack])).toEqual([
    ['[eks-warden] HIGH: EKS cluster payments: Audit or authenticator logs are off: audit.', 'email', 'yes'],
  ]);
  const id = noticeFrom(publications[0]?.message.sqs ?? '').id;
  expect(table.all().filter(({ sk }) => sk.startsWith('sent#'))).toEqual([
    { pk: '111122223333#eu-west-1#cluster#payments', sk: `sent#${id}`, ttl: (NOON + 30 * 86_400_000) / 1000 },
  ]);
  expect([counts, durations]).toEqual([{ received: 1, notified: 1 }, [20_000]]);
});

it('ST-03: what the stream repeats is not sent again', async () => {
  const { announce, publications, counts } = anAnnouncer();
  await announce([opened, opened]);
  await announce([opened]);
  expect([publications.length, counts]).toEqual([1, { received: 3, notified: 1, ignored: 2 }]);
});

it('N-05: an unchanged finding, a mode that observes and a control that left the baseline send nothing', async () => {
  const same = aRecord(aState(), aState({ [LOGGING]: aFinding({ since: NOON + 1 }) }, { version: 8 }));
  const all = [
    [anAnnouncer(), same],
    [anAnnouncer(baselineOf('observe')), opened],
    [anAnnouncer(aBaseline([])), aRecord(aState(), aState({ [LOGGING]: { ...closed, closedBecause: 'retired' } }))],
  ] as const;
  for (const [{ announce }, record] of all) await announce([record]);
  expect(all.map(([{ publications, counts }]) => [publications, counts])).toEqual(
    all.map(() => [[], { received: 1, ignored: 1 }]),
  );
});

it('ST-04: an item that its time to live removed is no resolution', async () => {
  const { announce, publications } = anAnnouncer();
  const userIdentity = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };
  await announce([aRecord(aState(), undefined, { userIdentity })]);
  expect(publications).toEqual([]);
});

it('asks for a fix even where nobody is to be told at once', async () => {
  const { announce, publications } = anAnnouncer({ ...baselineOf('remediate'), routes: [] });
  await announce([opened]);
  expect(publications.map(({ attributes: { fix, people, slack } }) => ({ fix, people, slack }))).toEqual([
    { fix: 'wanted', people: 'none', slack: 'no' },
  ]);
});

it('never asks for a fix again after one failed', async () => {
  const { announce, publications } = anAnnouncer(baselineOf('remediate'));
  await announce([aRecord(aState({ [LOGGING]: aFinding({ state: 'fixing' }) }), aState())]);
  expect(publications.map(({ attributes }) => attributes.fix)).toEqual(['no']);
});

it('makes one notice of a resource made again under its name: the old closed, the new opened', async () => {
  const { announce, publications } = anAnnouncer();
  await announce([aRecord(aState(undefined, { generation: 'old' }), aState(undefined, { generation: 'new' }))]);
  const { generation, news } = noticeFrom(publications[0]?.message.sqs ?? '');
  expect([publications.length, generation, news.map(({ to, closedBecause }) => [to, closedBecause])]).toEqual([
    1,
    'new',
    [
      ['open', undefined],
      ['closed', 'deleted'],
    ],
  ]);
});

it('B-01: stops at the record that fails, so that the stream comes back to just there', async () => {
  const { world, publications, counts } = aListeningWorld();
  const { announce } = announcer(world, baselineOf('notify'), { groupOf });
  const poison = numbered(aRecord(undefined, { ...aState(), schema: 99 }), '102');
  const other = aRecord(before, aState(undefined, { ...PAYMENTS, id: 'search', pk: 'p' }));
  expect(await announce([numbered(opened, '101'), poison, numbered(other, '103')])).toEqual({
    batchItemFailures: [{ itemIdentifier: '102' }],
  });
  expect([publications.length, counts]).toEqual([1, { received: 2, notified: 1, failed: 1 }]);
});

it('M-01: repeats a notice under the same id where it died between publishing and marking', async () => {
  const { world, publications } = aListeningWorld();
  const dying = {
    ...world,
    table: {
      ...world.table,
      get: async () => undefined,
      put: (item: Item) =>
        item.sk.startsWith('sent#') ? Promise.reject(new Error('killed')) : Promise.resolve('written'),
    },
  };
  const failed = await announcer(dying as never, baselineOf('notify'), { groupOf }).announce([opened]);
  await announcer(world, baselineOf('notify'), { groupOf }).announce([opened]);
  expect(failed).toEqual({ batchItemFailures: [{ itemIdentifier: '100' }] });
  expect(new Set(publications.map(({ message }) => noticeFrom(message.sqs ?? '').id)).size).toBe(1);
  expect(publications).toHaveLength(2);
});

it('loses nothing where the topic fails: the stream repeats it', async () => {
  const { world, table } = aListeningWorld();
  const deaf = { ...world, notices: { publish: () => Promise.reject(new Error('throttled')) } };
  expect(await announcer(deaf, baselineOf('notify'), { groupOf }).announce([opened])).toEqual({
    batchItemFailures: [{ itemIdentifier: '100' }],
  });
  expect(table.all().filter(({ sk }) => sk.startsWith('sent#'))).toEqual([]);
});

it('keeps every step of a finding beside its resource, told or not, and a repeat adds none', async () => {
  const { world, table } = aListeningWorld();
  const quiet = announcer(world, baselineOf('observe'), { groupOf });
  await quiet.announce([opened]);
  await quiet.announce([opened]);
  const finding = aState({ [LOGGING]: aFinding() }).findings[LOGGING];
  expect(table.all()).toMatchObject([
    {
      pk: '111122223333#eu-west-1#cluster#payments',
      sk: 'history#0000000007#eks-control-plane-logging#open',
      control: LOGGING,
      from: 'closed',
      to: 'open',
      finding: { state: finding?.state, said: finding?.said },
    },
  ]);
});

it('IN-04: whatever stands in a finding, each log line is one line of JSON', async () => {
  const texts = HOSTILE.filter((text) => text !== '' && text.length < 1000);
  const { announce, lines, publications } = anAnnouncer();
  for (const text of texts) {
    const finding = aFinding({
      said: [{ reason: text, severity: 'high', text, data: {} }],
      cause: { ...aCause({ person: text }), event: text },
    });
    const state = aState({ [LOGGING]: finding }, { id: text, clusters: [text], pk: `x#${text}` });
    await announce([aRecord({ ...state, findings: {} }, state)]);
  }
  expect([publications.length, lines.length]).toEqual([texts.length, texts.length]);
  expect(
    lines.filter((line) => /[\r\n\u2028\u2029\u0085]/.test(line) || typeof JSON.parse(line).message !== 'string'),
  ).toEqual([]);
});
