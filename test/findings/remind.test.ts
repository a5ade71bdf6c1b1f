import { expect, it } from 'vitest';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import type { AnyControl } from '../../shared/controls/define-control.ts';
import { ackOf, findingId, findingOf, readAck } from '../../shared/findings/acks.ts';
import type { Finding, ResourceState } from '../../shared/findings/finding.ts';
import { remind } from '../../shared/findings/remind.ts';
import { announcer } from '../../shared/notices/announce.ts';
import { noticeFrom } from '../../shared/notices/notice.ts';
import { headline, wordsOf } from '../../shared/notices/wording.ts';
import { DAY, HOUR } from '../../shared/runtime/clock.ts';
import { aBaseline, type Wish } from '../support/a-baseline.ts';
import { aFinding, aListeningWorld, aRecord, aState, groupOf, LOGGING, NOON, PAYMENTS } from '../support/notices.ts';

const ANA = 'arn:aws:sts::111122223333:assumed-role/Admin/ana';

async function night(finding: Partial<Finding>, wish: Wish & { remindAfter?: number } = {}, ack?: { since: number }) {
  const { world, table, publications } = aListeningWorld();
  const { remindAfter = 1, ...more } = wish;
  const baseline = { ...aBaseline([logging as AnyControl], more), remindAfter };
  const state = aState({ [LOGGING]: aFinding({ severity: 'critical', since: NOON - 2 * DAY, ...finding }) });
  await table.put(state as never);
  if (ack) await table.put(ackOf(PAYMENTS, LOGGING, ack, { by: ANA, at: NOON - DAY }));
  const reminded = await remind(world, baseline, state);
  const after = (await table.get(state.pk, 'state')) as unknown as ResourceState;
  await announcer(world, baseline, { groupOf }).announce([aRecord(state, after)]);
  return { reminded, told: publications.length, after, publications };
}

it.each<[what: string, finding: Partial<Finding>, wish: Parameters<typeof night>[1], told: number]>([
  ['open for longer than remindAfter', {}, {}, 1],
  ['a night that began a little earlier than the last', { since: NOON - 23 * HOUR }, {}, 1],
  ['open for less', { since: NOON - 20 * HOUR }, {}, 0],
  ['told again last night', { reminded: NOON - 20 * HOUR }, {}, 0],
  ['told again the night before', { reminded: NOON - DAY }, {}, 1],
  ['every three days, on the second', { since: NOON - 2 * DAY }, { remindAfter: 3 }, 0],
  ['never wanted', { since: NOON - 20 * DAY }, { remindAfter: 0 }, 0],
  ['a high one', { severity: 'high' }, {}, 0],
  ['a waived one', { state: 'waived' }, {}, 0],
  ['one that nobody is told of', {}, { mode: 'observe' }, 0],
])('a critical finding is told again: %s', async (_, finding, wish, told) => {
  const { reminded, told: published } = await night(finding, wish);
  expect([reminded, published]).toEqual([told === 1, told]);
});

it('one that somebody has is not told again; opened anew it is another matter', async () => {
  const since = NOON - 2 * DAY;
  expect([(await night({}, {}, { since })).told, (await night({}, {}, { since: since - DAY })).told]).toEqual([0, 1]);
});

it('the reminder says that it is one, and what to type', async () => {
  const { publications } = await night({});
  const notice = noticeFrom(publications[0]?.message.sqs ?? '');
  expect([headline(notice), wordsOf(notice).news[0]?.lines.find(({ label }) => label === 'Reminder')?.text]).toEqual([
    'STILL CRITICAL: EKS cluster payments: Audit or authenticator logs are off: audit.',
    `Nobody has taken it on yet. Whoever does says: npx eks-warden ack '111122223333#eu-west-1#cluster#payments#${LOGGING}'`,
  ]);
});

it('a finding has an id that leads back to it, whatever stands in the name of its resource', () => {
  const odd = { ...PAYMENTS, id: 'a#b#c' };
  expect([findingOf(findingId(odd, LOGGING)), findingOf('payments'), findingOf(`nonsense#${LOGGING}`)]).toEqual([
    { resource: odd, control: LOGGING },
    undefined,
    undefined,
  ]);
});

it('who has a finding is known until it opens again', async () => {
  const { table } = aListeningWorld();
  const ack = ackOf(PAYMENTS, LOGGING, { since: NOON }, { by: ANA, at: NOON, note: ' on it ' });
  await table.put(ack);
  const read = (since: number) => readAck(table, PAYMENTS, LOGGING, { since });
  expect([(await read(NOON))?.note, await read(NOON + 1)]).toEqual(['on it', undefined]);
});
