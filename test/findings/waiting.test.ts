import { expect, it } from 'vitest';
import type { Recheck } from '../../shared/changes/change.ts';
import type { ResourceState } from '../../shared/findings/finding.ts';
import { unseen } from '../../shared/findings/later.ts';
import { backoff, turnOf } from '../../shared/findings/waiting.ts';

const NOW = Date.UTC(2026, 10, 21, 3, 0, 0);
const resource = { kind: 'cluster', id: 'payments', account: '111122223333', region: 'eu-west-1' } as const;
const event = (seenAt: number): Recheck => ({ resource, seenAt, life: 'changed', why: 'event' });
const delayed = (due: number, chain: string): Recheck => ({ ...event(NOW - 60_000), due, chain, why: 'second-look' });
const seen = (observedAt: number, look?: { due: number; chain: string; why?: 'pace' }): ResourceState => ({
  ...unseen(event(NOW)),
  version: 1,
  observedAt,
  ...(look ? { look: { why: 'second-look' as const, ...look } } : {}),
});

it.each([
  ['an event about a resource never seen is looked at', event(NOW), undefined, { turn: 'look' }],
  [
    'an event that a later look has covered is done where its second look comes',
    event(NOW - 20_000),
    seen(NOW - 15_000, { due: NOW + 45_000, chain: 'a' }),
    { turn: 'done' },
  ],
  [
    'a covered event whose second look does not come asks for one',
    event(NOW - 20_000),
    seen(NOW - 15_000),
    { turn: 'wait', until: NOW + 40_000, why: 'second-look' },
  ],
  [
    'a second look that comes too soon, or only at the deadline of a fix, is not that of the event',
    event(NOW - 20_000),
    seen(NOW - 15_000, { due: NOW + 7_000_000, chain: 'a' }),
    { turn: 'wait', until: NOW + 40_000, why: 'second-look' },
  ],
  ['an event that was looked at a minute later is done', event(NOW - 90_000), seen(NOW - 30_000), { turn: 'done' }],
  [
    'a look that had to wait counts for the pace',
    event(NOW),
    { ...unseen(event(NOW)), look: { due: NOW + 11_000, chain: 'a', why: 'unsettled', triedAt: NOW - 4_000 } },
    { turn: 'wait', until: NOW + 6_000 },
  ],
  [
    'a look less than two seconds after the event covers nothing',
    event(NOW - 15_000),
    seen(NOW - 14_000),
    { turn: 'look' },
  ],
  ['a look comes at most every ten seconds', event(NOW), seen(NOW - 4_000), { turn: 'wait', until: NOW + 6_000 }],
  [
    'a paced look that is to come covers the event',
    event(NOW),
    seen(NOW - 4_000, { due: NOW + 6_000, chain: 'a', why: 'pace' }),
    { turn: 'done' },
  ],
  [
    'a second look covers no new change, because none follows it',
    event(NOW),
    seen(NOW - 40_000, { due: NOW + 6_000, chain: 'a' }),
    { turn: 'look' },
  ],
  [
    'a look due in a minute is too late for the event',
    event(NOW),
    seen(NOW - 40_000, { due: NOW + 60_000, chain: 'a' }),
    { turn: 'look' },
  ],
  [
    'a delayed recheck whose time has come is looked at',
    delayed(NOW, 'a'),
    seen(NOW - 60_000, { due: NOW, chain: 'a' }),
    { turn: 'look' },
  ],
  [
    'a delayed recheck of an older chain is done',
    delayed(NOW, 'a'),
    seen(NOW - 60_000, { due: NOW + 30_000, chain: 'b' }),
    { turn: 'done' },
  ],
  [
    'a delayed recheck waits for as long as its chain was told to',
    delayed(NOW, 'a'),
    seen(NOW - 60_000, { due: NOW + 30_000, chain: 'a' }),
    { turn: 'wait', until: NOW + 30_000 },
  ],
  [
    'a delayed recheck that comes early waits for the rest',
    delayed(NOW + 5_000, 'a'),
    seen(NOW - 60_000),
    { turn: 'wait', until: NOW + 5_000 },
  ],
  [
    'a delayed recheck after a look past its time is done',
    delayed(NOW - 1_000, 'a'),
    seen(NOW - 500),
    { turn: 'done' },
  ],
  [
    'a pending look five minutes overdue counts as none',
    delayed(NOW, 'a'),
    seen(NOW - 900_000, { due: NOW - 300_000, chain: 'b' }),
    { turn: 'look' },
  ],
] as const)('%s', (_, recheck, stored, turn) => {
  expect(turnOf(recheck, stored, NOW)).toEqual(turn);
});

it('waits 15 s, then longer, at most 15 minutes', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7, 40].map(backoff)).toEqual(
    [15, 30, 60, 120, 240, 480, 900, 900, 900].map((s) => s * 1000),
  );
});
