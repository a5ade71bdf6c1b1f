import control from '../../../shared/controls/logging/eks-loggroup-retention.ts';
import { aCluster, aLogGroup, anExternalCluster } from '../../support/builders.ts';
import { testControl } from '../../support/test-control.ts';

const keptFor = (retentionInDays: number) => aLogGroup({ retentionInDays });

testControl(control, {
  passes: {
    'kept for more than a year': { subject: aLogGroup(), shows: 'days kept: 400' },
    'kept for just as long as it must be': { subject: keptFor(90) },
    'kept for a week, where the baseline asks for no more': { subject: keptFor(7), params: { minRetentionDays: 7 } },
    'a cluster whose log group is there, whatever its retention': {
      subject: aCluster({ facets: { logGroup: { retentionInDays: 1 } } }),
      shows: 'days kept: 1',
    },
  },

  notApplicable: {
    'a cluster that writes no logs': { subject: aCluster({ logging: undefined, facets: { logGroup: null } }) },
    'a cluster whose log types are all off': {
      subject: aCluster({
        logging: { clusterLogging: [{ types: ['api', 'audit'], enabled: false }, { enabled: true }] },
        facets: { logGroup: null },
      }),
    },
    'an external cluster': { subject: anExternalCluster() },
  },

  fails: {
    'kept for ever': {
      subject: aLogGroup({ retentionInDays: undefined }),
      message: 'endless',
      data: { days: 365 },
      shows: 'days kept: no end',
      severity: 'low',
    },
    'kept for ever, where the baseline proposes another time': {
      subject: aLogGroup({ retentionInDays: undefined }),
      params: { defaultRetentionDays: 731 },
      message: 'endless',
      data: { days: 731 },
    },
    'kept too short': { subject: keptFor(60), message: 'short', data: { days: 60, least: 90 }, severity: 'medium' },
    'kept for thirty days': { subject: keptFor(30), message: 'short', data: { days: 30, least: 90 } },
    'kept for less than thirty days': {
      subject: keptFor(14),
      message: 'few',
      data: { days: 14, least: 90 },
      severity: 'high',
    },
    'no log group although one type is on': {
      subject: aCluster({
        logging: {
          clusterLogging: [
            { types: ['api'], enabled: false },
            { types: ['audit'], enabled: true },
          ],
        },
        facets: { logGroup: null },
      }),
      message: 'missing',
      data: { name: '/aws/eks/payments/cluster' },
    },
    'no log group although logging is on': {
      shows: 'no log group',
      subject: aCluster({ facets: { logGroup: null } }),
      message: 'missing',
      data: { name: '/aws/eks/payments/cluster' },
      severity: 'high',
    },
  },
});
