import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { expect, it } from 'vitest';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import type { AnyControl } from '../../shared/controls/define-control.ts';
import { announcer } from '../../shared/notices/announce.ts';
import { noticeFrom } from '../../shared/notices/notice.ts';
import { keyOf } from '../../shared/resources/resource.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { Agenda } from '../support/local-world/agenda.ts';
import type { Invoke } from '../support/local-world/invoker.ts';
import { StreamMapping } from '../support/local-world/stream-mapping.ts';
import { timeline } from '../support/local-world/timeline.ts';
import { virtualClock } from '../support/local-world/virtual-clock.ts';
import { aListeningWorld, aRecord, aState, groupOf, NOON, PAYMENTS } from '../support/notices.ts';

const baseline = aBaseline([logging as AnyControl], { mode: 'notify' });

/** A record of its own cluster; the poisoned one has an image that nobody can read. */
function numbered(at: number, poisoned: boolean): DynamoDBRecord {
  const resource = { ...PAYMENTS, id: `cluster-${at}` };
  const state = aState(undefined, { ...resource, pk: keyOf(resource), clusters: [resource.id] });
  const record = aRecord({ ...state, findings: {}, version: 6 }, poisoned ? { ...state, schema: 99 } : state);
  return { ...record, dynamodb: { ...record.dynamodb, SequenceNumber: String(1000 + at) } };
}

/** A shard of records and the mapping that brings them to the announcer, as Lambda documents it. */
function aShard(records: readonly DynamoDBRecord[], topic: (calls: number) => void = () => undefined) {
  const listening = aListeningWorld();
  const { publish } = listening.world.notices;
  let calls = 0;
  listening.world.notices.publish = async (notice) => {
    calls += 1;
    topic(calls);
    await publish(notice);
  };
  const { announce } = announcer(listening.world, baseline, { groupOf });
  const clock = virtualClock(NOON);
  const agenda = new Agenda(clock.now);
  const runs: number[] = [];
  const invoke: Invoke = async (name, event) => {
    runs.push(event.Records.length);
    const run = { at: clock.now(), function: name, requestId: `r-${runs.length}`, event };
    try {
      return { ...run, result: await announce((event as DynamoDBStreamEvent).Records) };
    } catch (error) {
      return { ...run, error };
    }
  };
  const settings = { function: 'announce-finding', batchSize: 100, window: 0, maxRetries: 3, bisect: true } as const;
  const mapping = new StreamMapping({
    settings: { ...settings, filter: () => true },
    agenda,
    invoke,
    now: clock.now,
    emit: () => undefined,
    mapped: true,
  });
  for (const record of records) mapping.add(record);
  const told = () => listening.publications.map(({ message }) => noticeFrom(message.sqs ?? '').resource.id);
  return { ...listening, mapping, runs, told, play: () => timeline(clock, agenda).untilIdle() };
}

const names = (count: number) => Array.from({ length: count }, (_, at) => `cluster-${at}`);

it.each([0, 1, 37, 50, 98, 99])(
  'ST-01: where record %d of a hundred always fails, the other 99 are told once each, it alone is given up, and the shard goes on',
  async (poisoned) => {
    const records = Array.from({ length: 103 }, (_, at) => numbered(at, at === poisoned));
    const shard = aShard(records);
    await shard.play();
    expect(shard.told().sort()).toEqual(
      names(103)
        .filter((_, at) => at !== poisoned)
        .sort(),
    );
    expect(
      shard.mapping.lost.map(({ DDBStreamBatchInfo, requestContext }) => [
        DDBStreamBatchInfo,
        requestContext.approximateInvokeCount,
      ]),
    ).toEqual([
      [
        {
          startSequenceNumber: String(1000 + poisoned),
          endSequenceNumber: String(1000 + poisoned),
          batchSize: 1,
          streamArn: '',
        },
        4,
      ],
    ]);
  },
);

it('ST-01: two that fail side by side are given up each by itself', async () => {
  const shard = aShard(Array.from({ length: 100 }, (_, at) => numbered(at, at === 40 || at === 41)));
  await shard.play();
  expect(shard.told()).toHaveLength(98);
  expect(shard.mapping.lost.map(({ DDBStreamBatchInfo }) => DDBStreamBatchInfo.startSequenceNumber)).toEqual([
    '1040',
    '1041',
  ]);
});

it('ST-01: a topic that fails for a while loses nothing, and nothing is told twice', async () => {
  const shard = aShard(
    Array.from({ length: 100 }, (_, at) => numbered(at, false)),
    (calls) => {
      if (calls > 10 && calls < 20) throw new Error('throttled');
    },
  );
  await shard.play();
  expect([shard.told().sort(), shard.mapping.lost]).toEqual([names(100).sort(), []]);
});

it('ST-03: the whole shard once more, from its beginning, is told to nobody', async () => {
  const records = Array.from({ length: 100 }, (_, at) => numbered(at, false));
  const shard = aShard(records);
  await shard.play();
  for (const record of records) shard.mapping.add(record);
  await shard.play();
  expect([shard.told(), shard.counts]).toEqual([names(100), { received: 200, notified: 100, ignored: 100 }]);
});

it('M-02: what the announcer has no time for any more comes again from just there', async () => {
  const { world, publications } = aListeningWorld();
  const records = Array.from({ length: 5 }, (_, at) => numbered(at, false));
  let asked = 0;
  const enough = () => {
    asked += 1;
    return asked <= 3;
  };
  expect(await announcer(world, baseline, { groupOf }).announce(records, enough)).toEqual({
    batchItemFailures: [{ itemIdentifier: '1003' }],
  });
  expect(publications).toHaveLength(3);
});
