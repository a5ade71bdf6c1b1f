import control from '../../../shared/controls/cluster/eks-control-plane-logging.ts';
import { aCluster, anExternalCluster } from '../../support/builders.ts';
import { testControl } from '../../support/test-control.ts';

const logging = (...clusterLogging: { types?: string[]; enabled?: boolean }[]) =>
  aCluster({ logging: { clusterLogging: clusterLogging as [] } });

testControl(control, {
  passes: {
    'all five types in one entry': {
      subject: aCluster(),
      shows: 'on: api, audit, authenticator, controllerManager, scheduler',
    },
    'the five types over several entries': {
      subject: logging(
        { types: ['api', 'audit'], enabled: true },
        { types: ['authenticator', 'controllerManager', 'scheduler'], enabled: true },
      ),
    },
    'audit alone, where the baseline asks for no more': {
      subject: logging({ types: ['audit'], enabled: true }),
      params: { requiredTypes: ['audit'] },
    },
  },

  notApplicable: {
    'an external cluster': { subject: anExternalCluster() },
  },

  fails: {
    'no logging at all': {
      shows: 'on: none',
      subject: aCluster({ logging: undefined }),
      message: 'auditMissing',
      data: { missing: 'api, audit, authenticator, controllerManager, scheduler' },
    },
    'audit listed, but as off': {
      subject: logging(
        { types: ['api', 'authenticator', 'controllerManager', 'scheduler'], enabled: true },
        { types: ['audit'], enabled: false },
      ),
      message: 'auditMissing',
      data: { missing: 'audit' },
    },
    'an entry that says nothing of being on': {
      subject: logging({ types: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'] }),
      message: 'auditMissing',
      data: { missing: 'api, audit, authenticator, controllerManager, scheduler' },
    },
    'the authenticator off': {
      subject: logging({ types: ['api', 'audit', 'controllerManager', 'scheduler'], enabled: true }),
      message: 'auditMissing',
      data: { missing: 'authenticator' },
    },
    'only the less telling types off': {
      subject: logging({ types: ['audit', 'authenticator', 'api'], enabled: true }),
      message: 'typesMissing',
      data: { missing: 'controllerManager, scheduler' },
    },
    'audit off and a type on that is new': {
      subject: logging(
        { types: ['api', 'authenticator', 'controllerManager', 'scheduler', 'webhook'], enabled: true },
        { types: ['audit'], enabled: false },
      ),
      message: 'auditMissing',
      data: { missing: 'audit' },
    },
  },

  unforeseen: {
    'U-05: all five on, and a type that is new': {
      subject: logging(
        { types: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'], enabled: true },
        { types: ['webhook'], enabled: false },
      ),
      field: 'logging.clusterLogging',
    },
  },
});
