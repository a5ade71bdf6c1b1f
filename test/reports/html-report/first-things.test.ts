import { expect, it } from 'vitest';
import { CATALOGUE } from '../../../shared/controls/catalogue.ts';
import { SEVERITIES } from '../../../shared/controls/define-control.ts';
import {
  firstThings,
  MOST_CLUSTERS,
  OPENS_TO_THE_WORLD,
  WEIGHTS,
} from '../../../shared/reports/html-report/first-things.ts';
import { htmlReport } from '../../../shared/reports/html-report/index.ts';
import type { Reported } from '../../../shared/reports/report.ts';
import { aLargeReport, aReport, sampleVerdicts } from '../../support/a-report.ts';
import { attribute, elementsOf, textOf } from '../../support/html-tree.ts';

const aFail = (control: string, id: string, more: Partial<Reported> = {}): Reported => ({
  id: `${id}#${control}`,
  control,
  verdict: 'fail',
  severity: 'high',
  resource: { kind: 'nodegroup', id, account: '111122223333', region: 'eu-west-1' },
  clusters: ['payments'],
  tags: {},
  said: [],
  ...more,
});
const told = (verdicts: readonly Reported[]) =>
  firstThings(aReport({ verdicts })).map(({ resource, findings, weight, open, clusters, score }) => ({
    at: resource.id,
    closes: findings.length,
    weight,
    open,
    clusters,
    score,
  }));

it('the score is severity times exposure times what one change closes', () => {
  for (const { findings, weight, open, clusters, score } of firstThings(aLargeReport(2000), Number.POSITIVE_INFINITY)) {
    expect(weight).toBe(findings.reduce((sum, { severity }) => sum + WEIGHTS[severity], 0));
    expect(score).toBe(weight * open * clusters);
  }
});

it('findings that the same calls put right on one resource are one change', () => {
  const plan = ['eks:UpdateClusterConfig {"name":"payments"}'];
  expect(
    told([
      aFail('a', 'one', { plan }),
      aFail('b', 'one', { plan, severity: 'low' }),
      aFail('c', 'one'),
      aFail('a', 'two', { plan, severity: 'low' }),
    ]),
  ).toEqual([
    { at: 'one', closes: 2, weight: 10, open: 1, clusters: 1, score: 10 },
    { at: 'one', closes: 1, weight: 9, open: 1, clusters: 1, score: 9 },
    { at: 'two', closes: 1, weight: 1, open: 1, clusters: 1, score: 1 },
  ]);
});

it('the images of one repository are one place', () => {
  const image = (digest: string) =>
    aFail('image-vulnerabilities', digest, {
      clusters: [],
      resource: { kind: 'image', id: `api@sha256:${digest}`, account: '111122223333', region: 'eu-west-1' },
    });
  expect(told([image('1'), image('2')])).toEqual([
    { at: 'api', closes: 2, weight: 18, open: 1, clusters: 1, score: 18 },
  ]);
});

it('what stands beside an opening to the world counts twice', () => {
  const opening = aFail('eks-endpoint-public-cidrs', 'payments', {
    severity: 'critical',
    resource: { kind: 'cluster', id: 'payments', account: '111122223333', region: 'eu-west-1' },
  });
  const elsewhere = aFail('node-no-ssh', 'two', { clusters: ['orders'] });
  expect(told([opening, aFail('node-no-ssh', 'one'), elsewhere])).toEqual([
    { at: 'payments', closes: 1, weight: 27, open: 2, clusters: 1, score: 54 },
    { at: 'one', closes: 1, weight: 9, open: 2, clusters: 1, score: 18 },
    { at: 'two', closes: 1, weight: 9, open: 1, clusters: 1, score: 9 },
  ]);
});

it('what many clusters share counts for each, up to a limit', () => {
  const clusters = (count: number) => Array.from({ length: count }, (_, index) => `cluster-${index}`);
  expect(told([aFail('a', 'few', { clusters: clusters(3) }), aFail('a', 'many', { clusters: clusters(50) })])).toEqual([
    { at: 'many', closes: 1, weight: 9, open: 1, clusters: MOST_CLUSTERS, score: 90 },
    { at: 'few', closes: 1, weight: 9, open: 1, clusters: 3, score: 27 },
  ]);
});

it('what is waived, unknown, in order or being fixed is nothing to do', () => {
  expect(
    told([
      aFail('a', 'one', { verdict: 'waived' }),
      aFail('b', 'one', { verdict: 'unknown' }),
      aFail('c', 'one', { verdict: 'pass' }),
      aFail('d', 'one', { state: 'fixing' }),
      aFail('e', 'one', { severity: 'info' }),
    ]),
  ).toEqual([]);
});

it('every control that opens to the world is in the catalogue', () => {
  const known = new Set(CATALOGUE.map(({ id }) => id));
  expect([...OPENS_TO_THE_WORLD].filter((id) => !known.has(id))).toEqual([]);
});

it('the page shows each sum, and the formula with its weights', () => {
  const elements = elementsOf(htmlReport(aReport({ verdicts: sampleVerdicts() })));
  const sums = elements.filter((each) => attribute(each, 'class')?.startsWith('sum')).map(textOf);
  expect(sums[0]).toBe(
    'One change closes 1 finding: 1 critical × 27 = 27; exposure 2 × 1 (open to the world, 1 cluster); score 54.',
  );
  const formula = textOf(elements.find((each) => attribute(each, 'class') === 'formula') as never);
  expect(formula).toContain('score = severity × exposure × findings that one change closes');
  expect(formula).toContain(SEVERITIES.map((each) => `${each} ${WEIGHTS[each]}`).join(', '));
});
