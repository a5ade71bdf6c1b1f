import { ec2Id } from './ec2-requests.ts';
import { defineKind, type Locate } from './kind.ts';

const named: Locate = (touched) => ec2Id('route-table', touched, 'routeTableId');

export const routeTable = defineKind()({
  kind: 'route-table',
  called: 'route table',
  judged: 'linked',
  actions: [],
  facets: {},
  lifecycle: { created: [], deleted: [], tagged: [] },
  touchedBy: {
    'ec2:CreateRoute': named,
    'ec2:ReplaceRoute': named,
    'ec2:DeleteRoute': named,
  },
  reachedThrough: [],
});
