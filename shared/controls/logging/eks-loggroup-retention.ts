import { z } from 'zod';
import { cluster } from '../../resources/cluster.ts';
import { logGroup, logGroupOf } from '../../resources/log-group.ts';
import { defineControl } from '../define-control.ts';

/** Below this many days an incident is often found too late. */
const FEW = 30;

export default defineControl({
  id: 'eks-loggroup-retention',
  title: 'Control-plane log group has a retention period',
  severity: 'medium',
  why: 'Audit logs must outlast the time until an incident is found; logs without an end are paid for for ever.',
  howToFix: 'Set a retention period on the log group. A shorter one than before deletes logs.',
  references: { cis: ['2.1.2'], securityHub: ['CloudWatch.16'], responsibility: 'customer' },

  resources: [logGroup, cluster],
  needs: ['logGroup'],
  triggers: [
    'logs:CreateLogGroup',
    'logs:DeleteLogGroup',
    'logs:PutRetentionPolicy',
    'logs:DeleteRetentionPolicy',
    'eks:CreateCluster',
    'eks:UpdateClusterConfig',
  ],
  fix: 'auto',
  notJudged: {
    'log-group': 'The log groups of Container Insights and of network policies: only that of the control plane is.',
  },

  params: z.object({
    minRetentionDays: z.int().min(1).max(3653).default(90).describe('Fewest days that logs must be kept.'),
    defaultRetentionDays: z.int().min(1).max(3653).default(365).describe('What is proposed where no period is set.'),
  }),

  messages: {
    endless: { text: 'The logs are never deleted: set a period, such as {days} days.', severity: 'low' },
    short: 'The {days}-day retention period is shorter than the {least} days that are required.',
    few: {
      text: 'The {days}-day retention period is shorter than the {least} days that are required.',
      severity: 'high',
    },
    missing: { text: 'Control-plane logging is on, but there is no log group {name}.', severity: 'high' },
  },

  shows: ({ subject }) => {
    const group = subject.kind === 'cluster' ? subject.facets.logGroup : subject;
    return group === null ? 'no log group' : `days kept: ${group.retentionInDays ?? 'no end'}`;
  },

  evaluate({ subject, params, pass, fail, notApplicable }) {
    if (subject.kind === 'cluster') {
      if (subject.connectorConfig) return notApplicable('An external cluster has no EKS control plane.');
      const logs = subject.logging?.clusterLogging?.some(({ enabled, types }) => enabled && types?.length) ?? false;
      if (!logs) return notApplicable('Control-plane logging is off.');
      return subject.facets.logGroup === null ? fail('missing', { name: logGroupOf(subject.at.id) }) : pass();
    }
    const { retentionInDays: days } = subject;
    const { minRetentionDays: least, defaultRetentionDays } = params;
    if (days === undefined) return fail('endless', { days: defaultRetentionDays });
    if (days >= least) return pass();
    return fail(days < FEW ? 'few' : 'short', { days, least });
  },
});
