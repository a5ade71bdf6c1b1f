import type { SubjectOf } from '../../../shared/resources/kind.ts';
import { policy } from '../../../shared/resources/policy.ts';
import { allowing } from './a-role.ts';
import { laidOver, type Overrides } from './laid-over.ts';

export type PolicySubject = SubjectOf<typeof policy>;

const whole = (): PolicySubject => ({
  kind: policy.kind,
  at: { kind: 'policy', id: 'payments-clusters', account: '111122223333', region: 'global' },
  partition: 'aws',
  usedBy: [
    {
      by: { kind: 'role', id: 'payments-api', account: '111122223333', region: 'global' },
      as: ['attached policy'],
      clusters: [],
    },
  ],
  facets: {},
  PolicyName: 'payments-clusters',
  PolicyId: 'ANPAPAYMENTSCLUSTERSX',
  Arn: 'arn:aws:iam::111122223333:policy/payments-clusters',
  Path: '/',
  DefaultVersionId: 'v1',
  AttachmentCount: 1,
  PermissionsBoundaryUsageCount: 0,
  document: allowing({
    Action: ['eks:DescribeCluster', 'eks:ListClusters'],
    Resource: 'arn:aws:eks:eu-west-1:111122223333:cluster/payments',
  }),
});

/** A policy of the account's own, attached to one role, that every control passes. */
export function aPolicy(overrides: Overrides<PolicySubject> = {}): PolicySubject {
  return laidOver(whole(), overrides);
}
