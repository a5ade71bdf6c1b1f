import { expect, it } from 'vitest';
import { METRICS } from '../../shared/runtime/metrics.ts';
import { FULL, included, type Json } from '../support/hub-template.ts';
import { ofType } from '../support/template-queries.ts';

const HOUR = 3600;
const alarm = new Map(ofType(included(FULL), 'AWS::CloudWatch::Alarm')).get('SweepOverdueAlarm') as Json;

it('W-06: what counts is that a sweep of everything came to its end, which close-sweep says last', () => {
  expect(alarm).toMatchObject({
    Namespace: 'eks-warden',
    MetricName: 'sweepFinished',
    Dimensions: [{ Name: 'service', Value: 'close-sweep' }],
    Statistic: 'Sum',
  });
  expect(METRICS).toContain('sweepFinished');
});

it('W-06: silence breaches, so that a sweep that never began is told like one that never ended', () => {
  expect(alarm).toMatchObject({
    TreatMissingData: 'breaching',
    ComparisonOperator: 'LessThanThreshold',
    Threshold: 1,
  });
});

it('W-06: it is told within a day and a quarter: a night that begins late is none that is missing', () => {
  const { Period, EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods } = alarm as Record<string, number>;
  const seconds = (Period ?? 0) * (EvaluationPeriods ?? 0);
  expect([seconds > 24 * HOUR, seconds <= 30 * HOUR, DatapointsToAlarm === EvaluationPeriods]).toEqual([
    true,
    true,
    true,
  ]);
});
