import { expect, it } from 'vitest';
import { CATALOGUE } from '../../shared/controls/catalogue.ts';
import { type Differences, differences } from '../../shared/reports/differences.ts';
import type { Report, Reported } from '../../shared/reports/report.ts';
import { aReport, reportedControl } from '../support/a-report.ts';

const SCOPE = { account: '111122223333', region: 'eu-west-1', complete: true, unread: [] };
const one = (id: string, about: Partial<Reported> = {}): Reported => ({
  id,
  ...{ control: 'eks-control-plane-logging', verdict: 'fail', severity: 'high' },
  ...{
    resource: { kind: 'cluster', id, account: SCOPE.account, region: SCOPE.region },
    clusters: [id],
    tags: {},
    said: [],
  },
  ...about,
});
const of = (verdicts: Reported[], more: Partial<Report> = {}) =>
  aReport({ controls: CATALOGUE.map(reportedControl), scopes: [SCOPE], verdicts, ...more });
const named = (all: readonly Reported[]) => all.map(({ id }) => id);
const ids = (found: Differences) => ({
  worse: named(found.worse.map(({ after }) => after)),
  better: named(found.better.map(({ after }) => after)),
  new: named(found.new),
  gone: named(found.gone),
  unseen: named(found.unseen),
  same: found.same,
});

it('tells what is worse, better, new, gone and as it was', () => {
  const before = of([
    one('was-fine', { verdict: 'pass' }),
    one('was-medium', { severity: 'medium' }),
    one('was-known', { verdict: 'pass' }),
    one('failed'),
    one('was-critical', { severity: 'critical' }),
    one('deleted'),
    one('stays'),
    one('did-not-apply', { verdict: 'not-applicable' }),
  ]);
  const after = of([
    one('was-fine'),
    one('was-medium', { severity: 'critical' }),
    one('was-known', { verdict: 'unknown' }),
    one('failed', { verdict: 'waived' }),
    one('was-critical', { severity: 'low' }),
    one('stays'),
    one('made'),
    one('made-well', { verdict: 'pass' }),
    one('did-not-apply', { verdict: 'pass' }),
  ]);
  expect(ids(differences(before, after))).toEqual({
    worse: ['was-medium', 'was-fine', 'was-known'],
    better: ['was-critical', 'failed'],
    new: ['made'],
    gone: ['deleted'],
    unseen: [],
    same: 2,
  });
});

const blind: Record<string, Partial<Report>> = {
  'a place that was not read completely': { scopes: [{ ...SCOPE, complete: false }] },
  'a place that was not read': { scopes: [] },
  'a control that is no longer judged': { controls: [] },
  'a report that was stopped': { partial: 'It was stopped.' },
};
it.each(Object.entries(blind))('takes nothing for gone in %s', (_, more) => {
  const { gone, unseen } = ids(differences(of([one('hidden')]), of([], more)));
  expect({ gone, unseen }).toEqual({ gone: [], unseen: ['hidden'] });
});

it('finds no difference between a report and itself', () => {
  expect(ids(differences(aReport(), aReport()))).toEqual({
    ...{ worse: [], better: [], new: [], gone: [], unseen: [] },
    same: aReport().verdicts.length,
  });
});
