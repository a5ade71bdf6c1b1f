import type { SubjectOf } from '../../../shared/resources/kind.ts';
import { logGroup } from '../../../shared/resources/log-group.ts';
import { laidOver, type Overrides } from './laid-over.ts';

export type LogGroupSubject = SubjectOf<typeof logGroup>;

const NAME = '/aws/eks/payments/cluster';

const whole = (): LogGroupSubject => ({
  kind: logGroup.kind,
  at: { kind: 'log-group', id: NAME, account: '111122223333', region: 'eu-west-1' },
  partition: 'aws',
  usedBy: [
    {
      by: { kind: 'cluster', id: 'payments', account: '111122223333', region: 'eu-west-1' },
      as: ['control plane logs'],
      clusters: ['payments'],
    },
  ],
  facets: {},
  logGroupName: NAME,
  arn: `arn:aws:logs:eu-west-1:111122223333:log-group:${NAME}:*`,
  creationTime: Date.parse('2026-06-15T08:40:00Z'),
  retentionInDays: 400,
  storedBytes: 734_003_200,
  logGroupClass: 'STANDARD',
});

/** The log group of a control plane that every control passes. */
export function aLogGroup(overrides: Overrides<LogGroupSubject> = {}): LogGroupSubject {
  return laidOver(whole(), overrides);
}
