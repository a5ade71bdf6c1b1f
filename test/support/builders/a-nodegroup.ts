import type { SubjectOf } from '../../../shared/resources/kind.ts';
import { nodegroup } from '../../../shared/resources/nodegroup.ts';
import { laidOver, type Overrides } from './laid-over.ts';

export type NodegroupSubject = SubjectOf<typeof nodegroup>;

const CLUSTER_GROUP = 'sg-0a1b2c3d4e5f60718';

const whole = (): NodegroupSubject => ({
  kind: nodegroup.kind,
  at: { kind: 'nodegroup', id: 'payments/workers', account: '111122223333', region: 'eu-west-1' },
  partition: 'aws',
  usedBy: [],
  nodegroupName: 'workers',
  nodegroupArn: 'arn:aws:eks:eu-west-1:111122223333:nodegroup/payments/workers/5ec9b7f4-2f0d-4a5e-8d2a-7b1c0a3f9e21',
  clusterName: 'payments',
  version: '1.36',
  createdAt: new Date('2026-06-15T08:52:40.118Z'),
  status: 'ACTIVE',
  capacityType: 'ON_DEMAND',
  subnets: ['subnet-0a1b2c3d4e5f60718', 'subnet-0a1b2c3d4e5f60719'],
  amiType: 'BOTTLEROCKET_x86_64',
  nodeRole: 'arn:aws:iam::111122223333:role/payments-node',
  launchTemplate: { id: 'lt-0a1b2c3d4e5f60718', name: 'payments-workers', version: '1' },
  tags: { team: 'payments' },
  facets: {
    subnets: [
      { id: 'subnet-0a1b2c3d4e5f60718', owner: '111122223333', routeTable: 'rtb-0a1b2c3d4e5f60718', public: false },
      { id: 'subnet-0a1b2c3d4e5f60719', owner: '111122223333', routeTable: 'rtb-0a1b2c3d4e5f60718', public: false },
    ],
    launchTemplate: {
      id: 'lt-0a1b2c3d4e5f60718',
      version: '1',
      imageId: null,
      keyName: null,
      securityGroups: [],
      adminContainer: false,
    },
    remoteAccessGroups: [
      {
        id: CLUSTER_GROUP,
        as: 'cluster',
        ingress: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: CLUSTER_GROUP, UserId: '111122223333' }] }],
      },
    ],
    image: null,
  },
});

/** A node group that every control passes. */
export function aNodegroup(overrides: Overrides<NodegroupSubject> = {}): NodegroupSubject {
  return laidOver(whole(), overrides);
}
