import control from '../../../shared/controls/cluster/eks-endpoint-public-cidrs.ts';
import { aCluster, anExternalCluster } from '../../support/builders.ts';
import { testControl } from '../../support/test-control.ts';

const reachableFrom = (...publicAccessCidrs: string[]) =>
  aCluster({ resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs } });

const EVERY_EIGHT = Array.from({ length: 256 }, (_, first) => `${first}.0.0.0/8`);

testControl(control, {
  passes: {
    'public, but only to one office': {
      subject: reachableFrom('203.0.113.0/24'),
      shows: 'public: from 203.0.113.0/24; private: on',
    },
    'just as many addresses as may be': { subject: reachableFrom('11.0.0.0/16') },
    'the same network twice, counted once': { subject: reachableFrom('11.0.0.0/16', '11.0.8.0/24', '11.0.0.0/16') },
    'an IPv6 network of one organisation': { subject: reachableFrom('2001:db8:77::/48') },
    'a /12, where the baseline allows one': {
      subject: reachableFrom('198.16.0.0/12'),
      params: { minPrefixV4: 12, maxAddresses: 1_048_576 },
    },
    'inside an allowed network': {
      subject: reachableFrom('203.0.113.128/25', '2001:db8:77:1::/64'),
      params: { allowedCidrs: ['203.0.113.0/24', '2001:db8:77::/48'] },
    },
    'across two allowed networks that lie side by side': {
      subject: reachableFrom('203.0.113.0/24'),
      params: { allowedCidrs: ['203.0.113.0/25', '203.0.113.128/25'] },
    },
  },

  notApplicable: {
    'private, with the old open list still set': {
      subject: aCluster({ resourcesVpcConfig: { endpointPublicAccess: false, publicAccessCidrs: ['0.0.0.0/0'] } }),
    },
    'an external cluster': { subject: anExternalCluster() },
    'a local cluster on Outposts': {
      subject: aCluster({
        outpostConfig: {
          outpostArns: ['arn:aws:outposts:eu-west-1:111122223333:outpost/op-0a1b2c3d4e5f60718'],
          controlPlaneInstanceType: 'm5.large',
        },
        resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ['0.0.0.0/0'] },
      }),
    },
  },

  fails: {
    'U-02: public to everyone': { subject: reachableFrom('0.0.0.0/0'), message: 'open', data: { cidrs: '0.0.0.0/0' } },
    'U-02: public, with no list at all': { subject: reachableFrom(), message: 'open', data: { cidrs: '0.0.0.0/0' } },
    'nothing said of public access, which is on then': {
      subject: aCluster({ resourcesVpcConfig: { endpointPublicAccess: undefined, publicAccessCidrs: undefined } }),
      message: 'open',
      data: { cidrs: '0.0.0.0/0' },
    },
    'nothing said of the network at all': {
      subject: aCluster({ resourcesVpcConfig: undefined }),
      message: 'open',
      data: { cidrs: '0.0.0.0/0' },
    },
    'U-02: the internet in two halves': {
      subject: reachableFrom('0.0.0.0/1', '128.0.0.0/1'),
      message: 'open',
      data: { cidrs: '0.0.0.0/1, 128.0.0.0/1' },
    },
    'U-02: the internet in 256 parts': {
      subject: reachableFrom(...EVERY_EIGHT),
      message: 'open',
      data: { cidrs: EVERY_EIGHT.join(', ') },
    },
    'U-02: the internet in 256 parts, each of which may be ours': {
      subject: reachableFrom(...EVERY_EIGHT),
      params: { minPrefixV4: 8 },
      message: 'tooMany',
      data: { count: 3_702_258_432, most: 65_536 },
    },
    'U-02: public to everyone over IPv6, closed over IPv4': {
      subject: reachableFrom('203.0.113.0/24', '::/0'),
      message: 'open',
      data: { cidrs: '::/0' },
    },
    'U-02: a private network only, but a wide one': {
      subject: reachableFrom('10.0.0.0/8'),
      message: 'open',
      data: { cidrs: '10.0.0.0/8' },
    },
    'an IPv6 network wider than one of ours': {
      subject: reachableFrom('2001:db8::/47'),
      message: 'open',
      data: { cidrs: '2001:db8::/47' },
    },
    'an IPv6 network that the baseline finds too wide': {
      subject: reachableFrom('2001:db8:77::/48'),
      params: { minPrefixV6: 56 },
      message: 'open',
      data: { cidrs: '2001:db8:77::/48' },
    },
    'two networks of ours too many': {
      subject: reachableFrom('11.0.0.0/16', '11.1.0.0/24', '10.0.0.0/16'),
      message: 'tooMany',
      data: { count: 65_792, most: 65_536 },
    },
    'partly outside the allowed networks': {
      subject: reachableFrom('203.0.112.0/23', '203.0.113.0/24'),
      params: { allowedCidrs: ['203.0.113.0/24'] },
      message: 'notAllowed',
      data: { cidrs: '203.0.112.0/23' },
    },
    'IPv6, where only an IPv4 network is allowed': {
      subject: reachableFrom('2001:db8:77::/48'),
      params: { allowedCidrs: ['203.0.113.0/24'] },
      message: 'notAllowed',
      data: { cidrs: '2001:db8:77::/48' },
    },
  },
});
