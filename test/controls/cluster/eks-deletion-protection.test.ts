import control from '../../../shared/controls/cluster/eks-deletion-protection.ts';
import { aCluster, anExternalCluster } from '../../support/builders.ts';
import { testControl } from '../../support/test-control.ts';

const unprotected = (tags: Record<string, string>) =>
  aCluster({ deletionProtection: false, tags: { environment: undefined, ...tags } });

testControl(control, {
  passes: {
    'protection on': { subject: aCluster(), shows: 'deletion protection: on' },
  },

  notApplicable: {
    'an external cluster': { subject: anExternalCluster() },
  },

  fails: {
    'protection off': { subject: unprotected({ environment: 'test' }), message: 'off' },
    'nothing said of it': {
      shows: 'deletion protection: off',
      subject: aCluster({ deletionProtection: undefined, tags: undefined }),
      message: 'off',
    },
    'protection off in production, in whatever case it is tagged': {
      subject: unprotected({ Environment: 'PROD' }),
      message: 'offInProduction',
      data: { environment: 'PROD' },
      severity: 'high',
    },
    'a production word in another tag': { subject: unprotected({ stage: 'production' }), message: 'off' },
    'protection off where the baseline says production': {
      subject: unprotected({ environment: 'customers' }),
      params: { prodTagValues: ['Customers'] },
      message: 'offInProduction',
      data: { environment: 'customers' },
    },
    'a word of the default list that the baseline does not have': {
      subject: unprotected({ environment: 'production' }),
      params: { prodTagValues: ['customers'] },
      message: 'off',
    },
  },
});
