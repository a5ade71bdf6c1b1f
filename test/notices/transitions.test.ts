import { expect, it } from 'vitest';
import { statesOf, transitions } from '../../shared/notices/transitions.ts';
import { aFinding, aRecord, aState, LOGGING, NOON } from '../support/notices.ts';

const open = aFinding();
const closed = aFinding({ state: 'closed', closedBecause: 'passes' });
const steps = (before: ReturnType<typeof aState> | undefined, after: ReturnType<typeof aState> | undefined) =>
  transitions(before, after).map(({ control, from, to, finding }) => ({
    control,
    from,
    to,
    because: finding.closedBecause,
  }));

it('tells of a finding that opens on a resource never seen before', () => {
  expect(transitions(undefined, aState({ [LOGGING]: open }))).toEqual([
    {
      resource: { kind: 'cluster', id: 'payments', account: '111122223333', region: 'eu-west-1' },
      control: LOGGING,
      from: undefined,
      to: 'open',
      finding: open,
      generation: '2026-01-01T00:00:00.000Z',
      clusters: ['payments'],
      tags: { team: 'shop' },
      version: 7,
    },
  ]);
});

it('N-05: what is unchanged is no transition, whatever else was written', () => {
  const later = aState(
    { [LOGGING]: aFinding({ shows: 'on: none', severity: 'critical' }) },
    { version: 8, observedAt: NOON + 1 },
  );
  expect(steps(aState({ [LOGGING]: open }), later)).toEqual([]);
});

it('is silent where a control passes from the beginning', () => {
  expect(steps(undefined, aState({ [LOGGING]: closed }))).toEqual([]);
  expect(steps(aState({}), aState({ [LOGGING]: closed }))).toEqual([]);
});

it('tells of each finding that changed, and of no other', () => {
  const before = aState({ a: open, b: open, c: closed });
  const after = aState({ a: closed, b: open, c: aFinding({ state: 'unsure' }), d: aFinding({ state: 'waived' }) });
  expect(steps(before, after)).toEqual([
    { control: 'a', from: 'open', to: 'closed', because: 'passes' },
    { control: 'c', from: 'closed', to: 'unsure', because: undefined },
    { control: 'd', from: undefined, to: 'waived', because: undefined },
  ]);
});

it('closes what was open on a resource made again under the same name, and opens what is wrong with the new one', () => {
  const before = aState({ a: open, b: closed, c: aFinding({ state: 'waived' }) }, { generation: 'old' });
  const after = aState({ a: open, b: closed }, { generation: 'new', version: 8 });
  expect(
    transitions(before, after).map(({ control, from, to, generation, version, finding }) => [
      control,
      from,
      to,
      generation,
      version,
      finding.closedBecause,
    ]),
  ).toEqual([
    ['a', 'open', 'closed', 'old', 8, 'deleted'],
    ['c', 'waived', 'closed', 'old', 8, 'deleted'],
    ['a', undefined, 'open', 'new', 8, undefined],
  ]);
});

it('takes a removed item for no news', () => {
  expect(steps(aState({ [LOGGING]: open }), undefined)).toEqual([]);
});

it('reads both images of a stream record, and none of what is not the item of a resource', () => {
  const before = aState({ [LOGGING]: open });
  const after = aState({ [LOGGING]: closed }, { version: 8 });
  expect(statesOf(aRecord(before, after))).toEqual({ before, after });
  expect(statesOf(aRecord(undefined, { pk: before.pk, sk: 'sent#1', ttl: 1 }))).toBeUndefined();
});

it('ST-04: an item removed by its time to live is not looked at', () => {
  const userIdentity = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };
  expect(statesOf(aRecord(aState(), undefined, { userIdentity }))).toBeUndefined();
});

it('refuses an item of a form that it does not know', () => {
  expect(() => statesOf(aRecord(undefined, { ...aState(), schema: 2 }))).toThrow(
    'a form that this version does not know',
  );
});
