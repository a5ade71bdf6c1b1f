import { expect, it } from 'vitest';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import type { AnyControl } from '../../shared/controls/define-control.ts';
import { announcer } from '../../shared/notices/announce.ts';
import { type Asked, heldBackBy, muteOf, mutesSince } from '../../shared/notices/mutes.ts';
import { noticeFrom } from '../../shared/notices/notice.ts';
import { HOUR, MINUTE, SECOND } from '../../shared/runtime/clock.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { aFinding, aListeningWorld, aRecord, aState, groupOf, LOGGING, NOON } from '../support/notices.ts';

const OWN = '111122223333';
const baseline = aBaseline([logging as AnyControl]);

const asked: Asked = {
  what: 'cluster',
  name: 'payments',
  reason: 'maintenance',
  by: 'arn:aws:sts::111122223333:assumed-role/Admin/ana',
  since: NOON - HOUR,
  until: NOON + HOUR,
};

/** A changed finding as the stream has it; each number is another write. */
function opened(version = 7, severity: 'critical' | 'high' = 'high') {
  const state = aState({ [LOGGING]: aFinding({ severity }) }, { version });
  return aRecord({ ...state, findings: {}, version: version - 1 }, state);
}

async function told(mute: Partial<Asked> | undefined, records = [opened()], wish = baseline) {
  const { world, table, publications, lines } = aListeningWorld();
  const item = muteOf(OWN, { ...asked, ...mute });
  if (mute) await table.put(item);
  await announcer(world, wish, { groupOf, ownAccount: OWN }).announce(records);
  const held = await heldBackBy(table, OWN, item);
  return { told: publications.length, held: held.length, world, table, publications, lines, item };
}

it.each<[what: string, mute: Partial<Asked> | undefined, told: number, held: number]>([
  ['nothing', undefined, 1, 0],
  ['its cluster', {}, 0, 1],
  ['its control', { what: 'control', name: LOGGING }, 0, 1],
  ['another cluster', { name: 'orders' }, 1, 0],
  ['another control', { what: 'control', name: 'node-no-ssh' }, 1, 0],
  ['a cluster of the same name as its control', { what: 'cluster', name: LOGGING }, 1, 0],
  ['a mute that is over', { until: NOON }, 1, 0],
])('with %s muted, %o, so many are told and held back: %i, %i', async (_, mute, notices, kept) => {
  const { told: published, held } = await told(mute);
  expect([published, held]).toEqual([notices, kept]);
});

it('a critical finding is told all the same, unless even those are muted', async () => {
  const still = await told({}, [opened(7, 'critical')]);
  const silent = await told({ evenCritical: true }, [opened(7, 'critical')]);
  expect([still.told, still.held, silent.told, silent.held]).toEqual([1, 0, 0, 1]);
});

it('what is held back is counted once, however often the stream repeats it, and its history is kept', async () => {
  const { table, held } = await told({}, [opened(7), opened(7), opened(9)]);
  const history = table.all().filter(({ sk }) => sk.startsWith('history#'));
  expect([held, history.map(({ sk }) => sk)]).toEqual([
    2,
    [`history#0000000007#${LOGGING}#open`, `history#0000000009#${LOGGING}#open`],
  ]);
});

it('a fix that is wanted is asked for, though nobody is told', async () => {
  const { publications } = await told({}, [opened()], aBaseline([logging as AnyControl], { mode: 'remediate' }));
  expect(publications.map(({ attributes, message }) => [attributes, noticeFrom(message.sqs ?? '').to])).toEqual([
    [expect.objectContaining({ fix: 'wanted', people: 'none', slack: 'no' }), { email: false, chat: false, slack: [] }],
  ]);
});

it('where mutes cannot be read everything is told, and the log says so', async () => {
  const { world, table, publications, lines } = aListeningWorld();
  table.query = () => Promise.reject(new Error('throttled'));
  await announcer(world, baseline, { groupOf, ownAccount: OWN }).announce([opened()]);
  expect([publications.length, lines.map((line) => JSON.parse(line).message)]).toEqual([
    1,
    ['Mutes could not be read: everything is told.', 'A notice was sent.'],
  ]);
});

it('mutes are read where somebody would be told, and at most every half minute', async () => {
  const { world, table } = aListeningWorld();
  let now = NOON;
  const { announce } = announcer({ ...world, now: () => now }, baseline, { groupOf, ownAccount: OWN });
  const reads = async (record: ReturnType<typeof opened>) => {
    await announce([record]);
    return table.calls.query;
  };
  const quiet = await reads(aRecord(aState(), aState()));
  const [first, second] = [await reads(opened(7)), await reads(opened(8))];
  now += 31 * SECOND;
  expect([quiet, first, second, await reads(opened(9))]).toEqual([0, 1, 1, 2]);
});

it('the digest has those that were in force since a moment, lifted ones up to their lifting', async () => {
  const { table } = aListeningWorld();
  const mutes = [
    muteOf(OWN, { ...asked, name: 'now' }),
    muteOf(OWN, { ...asked, name: 'over', since: NOON - 5 * HOUR, until: NOON - 2 * HOUR }),
    { ...muteOf(OWN, { ...asked, name: 'lifted' }), lifted: { by: 'ben', at: NOON - 30 * MINUTE } },
    { ...muteOf(OWN, { ...asked, name: 'lifted-long-ago' }), lifted: { by: 'ben', at: NOON - 3 * HOUR } },
  ];
  for (const mute of mutes) await table.put(mute);
  expect((await mutesSince(table, OWN, NOON - HOUR)).map(({ name }) => name)).toEqual(['now', 'lifted']);
});
