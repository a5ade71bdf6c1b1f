import control from '../../../shared/controls/cluster/eks-auth-mode-api.ts';
import { aCluster, anExternalCluster } from '../../support/builders.ts';
import { testControl } from '../../support/test-control.ts';

const managedBy = (authenticationMode: 'API' | 'API_AND_CONFIG_MAP' | 'CONFIG_MAP') =>
  aCluster({ accessConfig: { authenticationMode } });

testControl(control, {
  passes: {
    'access entries only': { subject: managedBy('API'), shows: 'authentication mode: API' },
    'no word on how the creator was let in': {
      subject: aCluster({ accessConfig: { bootstrapClusterCreatorAdminPermissions: undefined } }),
    },
    'both ways, where the baseline asks for no more': {
      subject: managedBy('API_AND_CONFIG_MAP'),
      params: { requiredMode: 'API_AND_CONFIG_MAP' },
    },
  },

  notApplicable: {
    'an external cluster': { subject: anExternalCluster() },
  },

  fails: {
    'aws-auth alone': { subject: managedBy('CONFIG_MAP'), message: 'configMap', severity: 'high' },
    'aws-auth alone, where both ways would do': {
      subject: managedBy('CONFIG_MAP'),
      params: { requiredMode: 'API_AND_CONFIG_MAP' },
      message: 'configMap',
    },
    'nothing said, which made it aws-auth alone': {
      subject: aCluster({ accessConfig: undefined }),
      shows: 'authentication mode: CONFIG_MAP',
      message: 'configMap',
    },
    'both ways, on the way to access entries': {
      subject: managedBy('API_AND_CONFIG_MAP'),
      message: 'transition',
      severity: 'info',
    },
    'both ways, where the time for that is over': {
      subject: managedBy('API_AND_CONFIG_MAP'),
      params: { allowTransition: false },
      message: 'bothWays',
      severity: 'low',
    },
    'access entries, the creator among them since the start': {
      subject: aCluster({ accessConfig: { bootstrapClusterCreatorAdminPermissions: true } }),
      message: 'creatorAdmin',
      severity: 'low',
    },
    'aws-auth alone, with its creator as administrator': {
      subject: aCluster({
        accessConfig: { authenticationMode: 'CONFIG_MAP', bootstrapClusterCreatorAdminPermissions: true },
      }),
      message: 'configMap',
      also: [{ message: 'creatorAdmin' }],
      severity: 'high',
    },
    'both ways by permission, with its creator as administrator': {
      subject: aCluster({
        accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP', bootstrapClusterCreatorAdminPermissions: true },
      }),
      params: { requiredMode: 'API_AND_CONFIG_MAP' },
      message: 'creatorAdmin',
    },
  },

  unforeseen: {
    'U-05: a new authentication mode': {
      subject: aCluster({ accessConfig: { authenticationMode: 'API_AND_IDENTITY_CENTER' as 'API' } }),
      field: 'accessConfig.authenticationMode',
    },
  },
});
