import { ec2Id } from './ec2-requests.ts';
import { text } from './json.ts';
import { defineKind } from './kind.ts';

export const subnet = defineKind()({
  kind: 'subnet',
  called: 'subnet',
  judged: 'linked',
  actions: [],
  facets: {},
  lifecycle: { created: [], deleted: [], tagged: [] },
  touchedBy: {
    /** A route table may be associated with a gateway instead. */
    'ec2:AssociateRouteTable': (touched) =>
      text(touched.request, 'gatewayId') === undefined ? ec2Id('subnet', touched, 'subnetId') : [],
  },
  reachedThrough: [],
});
