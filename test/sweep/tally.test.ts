import { expect, it } from 'vitest';
import type { Rule } from '../../shared/baseline/baseline.ts';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import type { Finding } from '../../shared/findings/finding.ts';
import { counted, NOTHING, together } from '../../shared/sweep/tally.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { aCause, aFinding, aState, LOGGING, NOON } from '../support/notices.ts';

const rulesIn = (mode: Rule['mode']): Rule[] => aBaseline([logging], { mode }).rules('cluster', {} as never);
const rules = rulesIn('notify');
const { cause: _, ...found } = aFinding({ since: NOON + 5 });
const of = (finding: Finding) => aState({ [LOGGING]: finding });
const began = NOON;

it.each<[string, Finding, object]>([
  ['opened without an event is missed by events', found, { opened: 1, missed: 1, closed: 0 }],
  ['opened by an event is not missed', { ...found, cause: aCause() }, { opened: 0, missed: 0 }],
  ['open since before is no change', { ...found, since: NOON - 1 }, { opened: 0, missed: 0, severities: { high: 1 } }],
  [
    'closed without an event',
    { ...found, state: 'closed', closedBecause: 'deleted', firstSeen: 1 },
    { closed: 1, severities: {} },
  ],
])('%s', (_name, finding, expected) => {
  expect(counted(NOTHING, of(finding), { rules, began, inventory: false })).toMatchObject(expected);
});

it.each<[object, Finding]>([
  [{ open: 1 }, found],
  [{ passes: 1 }, { ...found, state: 'closed', closedBecause: 'passes' }],
  [{ waived: 1 }, { ...found, state: 'waived' }],
  [{ unsure: 1 }, { ...found, state: 'unsure', unreadSince: 1 }],
  [{ unread: 1 }, { ...found, unreadSince: 1 }],
])('a control stands as %o', (standing, finding) => {
  const { controls } = counted(NOTHING, of(finding), { rules, began, inventory: false });
  expect(controls).toEqual({ [LOGGING]: standing });
});

it('what does not apply, or is of what is gone, counts for no control', () => {
  const { controls } = counted(NOTHING, of({ ...found, state: 'closed', closedBecause: 'not-applicable' }), {
    rules,
    began,
    inventory: false,
  });
  expect(controls).toEqual({});
});

it('an inventory names what it finds and blames no event for it', () => {
  const { missed, opened, inventory } = counted(NOTHING, of(found), { rules, began, inventory: true });
  expect([
    missed,
    opened,
    inventory.resources,
    inventory.severities,
    inventory.worst.map(({ control }) => control),
  ]).toEqual([0, 1, 1, { high: 1 }, [LOGGING]]);
});

it('what is only observed stands in the posture and not in what is told', () => {
  const { controls, severities, inventory } = counted(NOTHING, of(found), {
    rules: rulesIn('observe'),
    began,
    inventory: true,
  });
  expect([controls, severities, inventory.worst]).toEqual([{ [LOGGING]: { open: 1 } }, {}, []]);
});

it('missing permissions are counted by what they leave unknown', () => {
  const unread = { why: 'no', missing: 'eks:DescribeCluster' };
  const one = counted(NOTHING, of({ ...found, unread, unreadSince: 1 }), { rules, began, inventory: false });
  expect(together([one, one, NOTHING])).toMatchObject({
    resources: 2,
    missing: { 'eks:DescribeCluster': 2 },
    controls: { [LOGGING]: { unread: 2 } },
  });
});
