import control from '../../../shared/controls/cluster/eks-endpoint-public-disabled.ts';
import { aCluster, anExternalCluster } from '../../support/builders.ts';
import { testControl } from '../../support/test-control.ts';

const reachableFrom = (...publicAccessCidrs: string[]) =>
  aCluster({ resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs } });

testControl(control, {
  passes: {
    'private only': { subject: aCluster(), shows: 'public: off; private: on' },
    'private only, with the old open list still set': {
      subject: aCluster({ resourcesVpcConfig: { publicAccessCidrs: ['0.0.0.0/0'] } }),
      params: { profile: 'balanced' },
    },
  },

  notApplicable: {
    'an external cluster': { subject: anExternalCluster() },
    'a local cluster on Outposts': {
      subject: aCluster({
        outpostConfig: {
          outpostArns: ['arn:aws:outposts:eu-west-1:111122223333:outpost/op-0a1b2c3d4e5f60718'],
          controlPlaneInstanceType: 'm5.large',
        },
      }),
    },
  },

  fails: {
    'public to everyone': { subject: reachableFrom('0.0.0.0/0'), message: 'public' },
    'public to one office, in the strict profile': { subject: reachableFrom('203.0.113.0/24'), message: 'public' },
    'both endpoints on, with hybrid nodes': {
      subject: aCluster({
        resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ['203.0.113.0/24'] },
        remoteNetworkConfig: { remoteNodeNetworks: [{ cidrs: ['10.80.0.0/16'] }] },
      }),
      message: 'public',
    },
    'nothing said of the network, so public': {
      subject: aCluster({ resourcesVpcConfig: undefined }),
      message: 'public',
    },
    'as many addresses as may be, in the balanced profile': {
      subject: reachableFrom('11.0.0.0/16'),
      params: { profile: 'balanced' },
      message: 'restricted',
      data: { cidrs: '11.0.0.0/16' },
    },
    'public to one office, in the balanced profile': {
      shows: 'public: from 203.0.113.0/24, 2001:db8:77::/48; private: on',
      subject: reachableFrom('203.0.113.0/24', '2001:db8:77::/48'),
      params: { profile: 'balanced' },
      message: 'restricted',
      data: { cidrs: '203.0.113.0/24, 2001:db8:77::/48' },
      severity: 'low',
    },
    'the internet in two halves, in the balanced profile': {
      subject: reachableFrom('0.0.0.0/1', '128.0.0.0/1'),
      params: { profile: 'balanced' },
      message: 'public',
      severity: 'high',
    },
    'many networks that are too many together, in the balanced profile': {
      subject: reachableFrom('11.0.0.0/16', '12.0.0.0/16'),
      params: { profile: 'balanced' },
      message: 'public',
    },
  },
});
