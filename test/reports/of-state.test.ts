import { expect, it } from 'vitest';
import { CLOSED_BECAUSE, type Finding, type ResourceState, STATES } from '../../shared/findings/finding.ts';
import { reportedIn, reportedOf } from '../../shared/reports/of-state.ts';

const AT = Date.parse('2026-11-21T03:00:00Z');
const CONTROL = 'eks-control-plane-logging';
const SAID = [{ reason: 'missing', severity: 'medium', text: 'audit is off.', data: { types: 'audit' } }] as const;
const RESOURCE = { kind: 'cluster', id: 'payments', account: '111122223333', region: 'eu-west-1' } as const;

const aFinding = (more: Partial<Finding>): Finding => ({
  ...{ state: 'open', severity: 'medium', said: SAID, shows: 'api', firstSeen: AT, since: AT },
  ...more,
});
const aState = (finding: Finding, more: Partial<ResourceState> = {}): ResourceState => ({
  ...RESOURCE,
  ...{ pk: 'any', sk: 'state', schema: 1, version: 1, clusters: ['payments'], links: [] },
  findings: { [CONTROL]: finding },
  ...more,
});
const unread = { unreadSince: AT, unread: { why: 'Refused.' } };
const verdictIn = (finding: Finding) =>
  reportedIn(aState(finding), true).map(({ verdict }) => verdict)[0] ?? 'left out';

it('a finding that stands has the verdict of its state, and keeps it while it cannot be read', () => {
  const standing = STATES.filter((state) => state !== 'closed');
  const all = standing.map((state) => [
    state,
    verdictIn(aFinding({ state })),
    verdictIn(aFinding({ state, ...unread })),
  ]);
  expect(all).toEqual([
    ['open', 'fail', 'fail'],
    ['unsure', 'unknown', 'unknown'],
    ['fixing', 'fail', 'fail'],
    ['waived', 'waived', 'waived'],
  ]);
});

it('a closed finding passes only for what was seen, and is unknown while it cannot be read', () => {
  const all = CLOSED_BECAUSE.map((closedBecause) => [
    closedBecause,
    verdictIn(aFinding({ state: 'closed', closedBecause })),
    reportedOf(aState(aFinding({})), CONTROL, aFinding({ state: 'closed', closedBecause })).verdict,
    verdictIn(aFinding({ state: 'closed', closedBecause, ...unread })),
  ]);
  expect(all).toEqual([
    ['passes', 'pass', 'pass', 'unknown'],
    ['not-applicable', 'not-applicable', 'not-applicable', 'unknown'],
    ['deleted', 'left out', 'not-applicable', 'unknown'],
    ['unused', 'left out', 'not-applicable', 'unknown'],
    ['retired', 'left out', 'not-applicable', 'unknown'],
    ['quiet', 'pass', 'pass', 'unknown'],
  ]);
});

it('of what is gone nothing is reported', () => {
  expect(reportedIn(aState(aFinding({}), { gone: 'deleted' }), true)).toEqual([]);
});

it('what a closed finding once said is over, and only a kept table knows since when', () => {
  const closed = aFinding({ state: 'closed', closedBecause: 'passes' });
  const expected = {
    id: `111122223333#eu-west-1#cluster#payments#${CONTROL}`,
    ...{ control: CONTROL, verdict: 'pass', severity: 'medium', resource: RESOURCE, clusters: ['payments'] },
    ...{ tags: {}, said: [], shows: 'api' },
  };
  expect([reportedIn(aState(closed), false), reportedIn(aState(closed), true)]).toEqual([
    [expected],
    [{ ...expected, state: 'closed', firstSeen: AT, since: AT }],
  ]);
});
