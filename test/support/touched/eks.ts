import { of, type Touching } from './touching.ts';

const CLUSTER_ARN = 'arn:aws:eks:eu-west-1:111122223333:cluster/payments';
const NODEGROUP_ARN =
  'arn:aws:eks:eu-west-1:111122223333:nodegroup/payments/workers/0a1b2c3d-0000-4000-8000-000000000000';
const encoded = encodeURIComponent;
const clusterEvents = of(
  'eks',
  'CreateCluster',
  'DeleteCluster',
  'UpdateClusterConfig',
  'UpdateClusterVersion',
  'CancelUpdate',
  'AssociateEncryptionConfig',
);
const nodegroupEvents = of(
  'eks',
  'CreateNodegroup',
  'DeleteNodegroup',
  'UpdateNodegroupConfig',
  'UpdateNodegroupVersion',
);
const tagEvents = of('eks', 'TagResource', 'UntagResource');

export const EKS: readonly Touching[] = [
  ['cluster', clusterEvents, { request: { name: 'payments' } }, ['payments']],
  ['cluster', clusterEvents, { request: { clusterName: 'payments' } }, ['payments']],
  ['cluster', clusterEvents, { request: { name: '../payments' } }, undefined],
  ['cluster', clusterEvents, {}, undefined],
  ['cluster', 'eks:DeleteCluster', { response: { cluster: { name: 'payments' } } }, ['payments']],
  ['cluster', 'eks:UpdateClusterConfig', { arns: [CLUSTER_ARN] }, ['payments']],
  ['cluster', tagEvents, { request: { resourceArn: encoded(CLUSTER_ARN) } }, ['payments']],
  ['cluster', tagEvents, { request: { resourceArn: NODEGROUP_ARN } }, []],
  ['cluster', tagEvents, { arns: [CLUSTER_ARN] }, ['payments']],
  ['cluster', tagEvents, { request: { resourceArn: '%' } }, undefined],
  ['cluster', tagEvents, {}, undefined],
  ['nodegroup', nodegroupEvents, { request: { name: 'payments', nodegroupName: 'workers' } }, ['payments/workers']],
  [
    'nodegroup',
    nodegroupEvents,
    { request: { clusterName: 'payments', nodegroupName: 'workers' } },
    ['payments/workers'],
  ],
  [
    'nodegroup',
    nodegroupEvents,
    { response: { nodegroup: { clusterName: 'payments', nodegroupName: 'workers' } } },
    ['payments/workers'],
  ],
  ['nodegroup', nodegroupEvents, { request: { name: 'payments' } }, undefined],
  ['nodegroup', tagEvents, { request: { resourceArn: encoded(NODEGROUP_ARN) } }, ['payments/workers']],
  ['nodegroup', tagEvents, { request: { resourceArn: CLUSTER_ARN } }, []],
  ['nodegroup', tagEvents, { request: { resourceArn: '%' } }, undefined],
  [
    'nodegroup',
    'ec2:ReplaceRouteTableAssociation',
    { request: { associationId: 'rtbassoc-0a', routeTableId: 'rtb-0a1b2c3d4e5f60718' } },
    undefined,
  ],
  ['nodegroup', 'ec2:DisassociateRouteTable', { request: { associationId: 'rtbassoc-0a' } }, undefined],
  [
    'principal',
    [
      ...of('eks', 'CreateCluster', 'UpdateClusterConfig', 'CreateNodegroup', 'CreateAccessEntry'),
      'ecr:CreateRepository',
      'ecr:PutImage',
    ],
    { detail: { tlsDetails: { tlsVersion: 'TLSv1.1' } } },
    [],
  ],
];
