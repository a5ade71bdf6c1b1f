import control from '../../../shared/controls/cluster/eks-endpoint-private-enabled.ts';
import { aCluster, anExternalCluster } from '../../support/builders.ts';
import { testControl } from '../../support/test-control.ts';

const publicOnly = {
  endpointPublicAccess: true,
  endpointPrivateAccess: false,
  publicAccessCidrs: ['203.0.113.0/24'],
};
const hybrid = { remoteNodeNetworks: [{ cidrs: ['10.80.0.0/16'] }] };
const FIRST_THE_DNS = 'The private endpoint needs the DNS switches of the VPC, which the plan does not turn on.';

testControl(control, {
  passes: {
    'private only': { subject: aCluster(), shows: 'public: off; private: on' },
    'both endpoints on': { subject: aCluster({ resourcesVpcConfig: { endpointPublicAccess: true } }) },
    'private, with hybrid nodes': { subject: aCluster({ remoteNetworkConfig: hybrid }) },
  },

  notApplicable: {
    'hybrid nodes over the public endpoint': {
      subject: aCluster({ resourcesVpcConfig: publicOnly, remoteNetworkConfig: hybrid }),
    },
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
    'public only': { subject: aCluster({ resourcesVpcConfig: publicOnly }), message: 'off' },
    'public only, with pod networks but no hybrid nodes': {
      subject: aCluster({ resourcesVpcConfig: publicOnly, remoteNetworkConfig: { remoteNodeNetworks: [] } }),
      message: 'off',
    },
    'nothing said of private access, which is off then': {
      shows: 'public: from 203.0.113.0/24; private: off',
      subject: aCluster({ resourcesVpcConfig: { ...publicOnly, endpointPrivateAccess: undefined } }),
      message: 'off',
    },
    'public only, in a VPC where the private endpoint could not be resolved': {
      subject: aCluster({ resourcesVpcConfig: publicOnly, facets: { vpcDns: { enableDnsHostnames: false } } }),
      message: 'off',
      unplanned: FIRST_THE_DNS,
    },
    'private, in a VPC without DNS hostnames': {
      subject: aCluster({ facets: { vpcDns: { enableDnsHostnames: false } } }),
      message: 'dnsBroken',
      data: { missing: 'enableDnsHostnames' },
      severity: 'high',
      unplanned: FIRST_THE_DNS,
    },
    'private, in a VPC without any DNS': {
      subject: aCluster({ facets: { vpcDns: { enableDnsSupport: false, enableDnsHostnames: false } } }),
      message: 'dnsBroken',
      data: { missing: 'enableDnsSupport and enableDnsHostnames' },
      unplanned: FIRST_THE_DNS,
    },
  },

  unforeseen: {
    'private, in no VPC that could be asked': {
      subject: aCluster({ resourcesVpcConfig: { vpcId: undefined }, facets: { vpcDns: null } }),
      field: 'resourcesVpcConfig.vpcId',
    },
  },
});
