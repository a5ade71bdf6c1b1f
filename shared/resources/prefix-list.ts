import { ec2Id } from './ec2-requests.ts';
import { defineKind } from './kind.ts';

export const prefixList = defineKind()({
  kind: 'prefix-list',
  called: 'prefix list',
  judged: 'linked',
  actions: [],
  facets: {},
  lifecycle: { created: [], deleted: [], tagged: [] },
  touchedBy: {
    'ec2:ModifyManagedPrefixList': (touched) =>
      ec2Id('prefix-list', touched, 'prefixListId', ['prefixList', 'prefixListId']),
  },
  reachedThrough: [],
});
