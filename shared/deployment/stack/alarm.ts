import { ref } from '../../derive/cloudformation.ts';
import { pascal } from '../../derive/site.ts';
import type { Resource } from './template-parts.ts';

/** Where an alarm is explained; `section` is a heading of that page. */
const RUNBOOK = 'docs/operating.md';
export const MINUTE = 60;

/** One alarm. `missing` says what no figure at all means: that all is well, or that nothing lives any more. */
export interface Alarm {
  id: string;
  section: string;
  says: string;
  namespace: string;
  metric: string;
  dimensions: Readonly<Record<string, unknown>>;
  statistic: 'Sum' | 'Maximum' | 'p90';
  period: number;
  /** The alarm goes off above it, or below it. */
  above?: number;
  below?: number;
  /** How many of the last periods must be so; one if left out. */
  periods?: number;
  missing: 'notBreaching' | 'breaching';
}

/** What Lambda itself counts of a function. */
export const lambda = (name: string) => ({
  namespace: 'AWS/Lambda',
  dimensions: { FunctionName: ref(`${pascal(name)}LambdaFunction`) },
  statistic: 'Sum' as const,
  missing: 'notBreaching' as const,
});

/** An alarm that tells both when it goes off and when it is over. */
export function alarmResource(alarm: Alarm): Resource {
  const {
    id: _,
    section,
    says,
    namespace,
    metric,
    dimensions,
    statistic,
    period,
    above,
    below,
    periods = 1,
    missing,
  } = alarm;
  const Statistic = statistic === 'p90' ? { ExtendedStatistic: statistic } : { Statistic: statistic };
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmDescription: `${says} ${RUNBOOK}#${section}`,
      Namespace: namespace,
      MetricName: metric,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      ...Statistic,
      Period: period,
      EvaluationPeriods: periods,
      ComparisonOperator: above === undefined ? 'LessThanThreshold' : 'GreaterThanThreshold',
      Threshold: above ?? below,
      TreatMissingData: missing,
      AlarmActions: [ref('NoticesTopic')],
      OKActions: [ref('NoticesTopic')],
    },
  };
}
