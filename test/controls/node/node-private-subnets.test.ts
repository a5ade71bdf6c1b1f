import control from '../../../shared/controls/node/node-private-subnets.ts';
import { aNodegroup } from '../../support/builders.ts';
import { testControl } from '../../support/test-control.ts';

const subnet = (id: string, isPublic: boolean) => ({
  id,
  owner: '111122223333',
  routeTable: 'rtb-0a1b2c3d4e5f60718',
  public: isPublic,
});
const PRIVATE = subnet('subnet-0a1b2c3d4e5f60718', false);
const PUBLIC = subnet('subnet-0c1b2c3d4e5f60718', true);
const inSubnets = (subnets: (typeof PRIVATE)[], tags: Record<string, string> = {}) =>
  aNodegroup({ tags, facets: { subnets } });

testControl(control, {
  passes: {
    'all subnets are private': { subject: aNodegroup() },
    'private, and tagged as edge all the same, where no tag makes an exception': {
      subject: inSubnets([PRIVATE], { edge: 'true' }),
      params: { allowEdgeNodeGroups: false },
    },
  },

  notApplicable: {
    'public on purpose, as its tag says': { subject: inSubnets([PUBLIC], { edge: 'true' }) },
    'public on purpose, by the tag that the baseline names': {
      subject: inSubnets([PUBLIC], { zone: 'dmz' }),
      params: { exemptTag: 'zone=dmz' },
    },
  },

  fails: {
    'one of two subnets is public': {
      subject: inSubnets([PRIVATE, PUBLIC]),
      message: 'publicSubnets',
      data: { subnets: PUBLIC.id },
    },
    'the tag has another value': {
      subject: inSubnets([PUBLIC], { edge: 'false' }),
      message: 'publicSubnets',
      data: { subnets: PUBLIC.id },
    },
    'tagged as edge, where no tag makes an exception': {
      subject: inSubnets([PUBLIC], { edge: 'true' }),
      params: { allowEdgeNodeGroups: false },
      message: 'publicSubnets',
      data: { subnets: PUBLIC.id },
    },
    'tagged as edge, where the baseline names another tag': {
      subject: inSubnets([PUBLIC], { edge: 'true' }),
      params: { exemptTag: 'zone=dmz' },
      message: 'publicSubnets',
      data: { subnets: PUBLIC.id },
    },
    'all subnets are public': {
      subject: inSubnets([PUBLIC, subnet('subnet-0d1b2c3d4e5f60718', true)]),
      message: 'publicSubnets',
      data: { subnets: `${PUBLIC.id}, subnet-0d1b2c3d4e5f60718` },
    },
  },

  unforeseen: {
    'U-01: a node group without subnets': { subject: inSubnets([]), field: 'subnets' },
  },
});
