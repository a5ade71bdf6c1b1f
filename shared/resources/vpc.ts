import { ec2Id } from './ec2-requests.ts';
import { defineKind } from './kind.ts';

export const vpc = defineKind()({
  kind: 'vpc',
  called: 'VPC',
  judged: 'linked',
  actions: [],
  facets: {},
  lifecycle: { created: [], deleted: [], tagged: [] },
  touchedBy: {
    'ec2:ModifyVpcAttribute': (touched) => ec2Id('vpc', touched, 'vpcId'),
  },
  reachedThrough: [],
});
