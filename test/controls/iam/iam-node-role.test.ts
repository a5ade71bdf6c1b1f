import control from '../../../shared/controls/iam/iam-node-role.ts';
import type { Json } from '../../../shared/resources/json.ts';
import type { AttachedPolicy } from '../../../shared/resources/role.ts';
import { allowing, aNodeRole, aRole, ofAws } from '../../support/builders.ts';
import { testControl } from '../../support/test-control.ts';

const NEEDED = [ofAws('AmazonEKSWorkerNodePolicy'), ofAws('AmazonEC2ContainerRegistryPullOnly')];
const CNI = ofAws('AmazonEKS_CNI_Policy');
const attached = (...more: AttachedPolicy[]) => aNodeRole({ facets: { attachedPolicies: [...NEEDED, ...more] } });
const inline = (...documents: Json[]) =>
  aNodeRole({ facets: { inlinePolicies: documents.map((document, at) => ({ name: `inline-${at + 1}`, document })) } });
const custom = (name: string, document: Json): AttachedPolicy => ({
  arn: `arn:aws:iam::111122223333:policy/${name}`,
  name,
  document,
});
const trusting = (Principal: unknown, more: Json = {}) => ({
  ...aNodeRole(),
  trust: allowing({ Principal, Action: 'sts:AssumeRole', ...more }),
});
const usedBy = (...nodegroups: string[]) =>
  nodegroups.map((id) => ({
    by: { kind: 'nodegroup' as const, id, account: '111122223333', region: 'eu-west-1' },
    as: ['node role'],
    clusters: id.split('/').slice(0, 1),
  }));
const usedByCluster = (use: string) => [
  {
    by: { kind: 'cluster' as const, id: 'payments', account: '111122223333', region: 'eu-west-1' },
    as: [use],
    clusters: ['payments'],
  },
];
const logs = allowing({ Action: 'logs:PutLogEvents', Resource: '*' });
const policies = <M extends string>(message: M, names: string) => ({ message, data: { policies: names } });
const rights = (names: string) => ({ message: 'broad' as const, data: { rights: names } });

testControl(control, {
  passes: {
    'what nodes need, and Session Manager': { subject: aNodeRole() },
    'the older policies that only read': {
      subject: aNodeRole({
        facets: {
          attachedPolicies: [ofAws('AmazonEKSWorkerNodeMinimalPolicy'), ofAws('AmazonEC2ContainerRegistryReadOnly')],
        },
      }),
    },
    'an inline policy with a little': { subject: inline(logs) },
    'a policy that the baseline allows': {
      subject: attached(ofAws('CloudWatchAgentServerPolicy'), custom('logs', logs), CNI),
      params: {
        allowedPolicyArns: [
          'arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy',
          'arn:aws:iam::111122223333:policy/logs',
          CNI.arn,
        ],
      },
    },
    'two node groups of one cluster': { subject: aNodeRole({ usedBy: usedBy('payments/workers', 'payments/batch') }) },
    'EC2 of China is trusted': { subject: trusting({ Service: ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'] }) },
    'everything is denied to others': {
      subject: {
        ...aNodeRole(),
        trust: {
          Statement: [
            { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
            { Effect: 'Deny', NotPrincipal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
          ],
        },
      },
    },
    'inline rights on one bucket, and a statement that denies the rest': {
      subject: inline({
        Statement: [
          { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::payments-rates/*' },
          { Effect: 'Deny', Action: 's3:*', NotResource: 'arn:aws:s3:::payments-rates/*' },
        ],
      }),
    },
    'sts:AssumeRole for one role': {
      subject: inline(allowing({ Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::444455556666:role/dns' })),
    },
  },

  notApplicable: {
    'a role of no node group': { subject: aRole() },
    'a role that only a cluster has, as its own': {
      subject: aNodeRole({
        usedBy: usedByCluster('cluster role'),
      }),
    },
  },

  unforeseen: {
    'U-01: an inline policy that is none': {
      subject: inline({ Version: '2012-10-17' }),
      field: 'The control could not judge what it read: the policy has no statements.',
    },
  },

  fails: {
    AdministratorAccess: {
      subject: attached(ofAws('AdministratorAccess')),
      ...policies('admin', 'AdministratorAccess'),
    },
    'AdministratorAccess, even if the baseline allows it': {
      subject: attached(ofAws('AdministratorAccess')),
      params: { allowedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
      ...policies('admin', 'AdministratorAccess'),
    },
    'PowerUserAccess and IAMFullAccess': {
      subject: attached(ofAws('PowerUserAccess'), ofAws('IAMFullAccess')),
      ...policies('admin', 'PowerUserAccess, IAMFullAccess'),
    },
    'everything on everything, inline': {
      subject: inline(allowing({ Action: '*', Resource: '*' })),
      ...policies('admin', 'inline-1'),
    },
    'all of IAM, inline': {
      subject: inline(logs, allowing({ Action: 'iam:*', Resource: 'arn:aws:iam::111122223333:role/*' })),
      ...policies('admin', 'inline-2'),
    },
    'sts:AssumeRole for every role, in a policy of the account': {
      subject: attached(custom('roam', allowing({ Action: ['sts:AssumeRole'], Resource: ['*'] }))),
      ...policies('admin', 'roam'),
    },
    'everything but billing': {
      subject: inline(allowing({ NotAction: 'aws-portal:*', Resource: '*' })),
      ...policies('admin', 'inline-1'),
    },
    "a policy of the account's own under the name of one that nodes need": {
      subject: attached(custom('AmazonEKSWorkerNodePolicy', logs)),
      ...policies('notAllowed', 'AmazonEKSWorkerNodePolicy'),
    },
    'all of S3, inline': {
      subject: inline(allowing({ Action: 's3:*', Resource: 'arn:aws:s3:::payments-rates' })),
      ...rights('inline-1: s3:*'),
    },
    'all secrets and pushing images, in a policy of the account': {
      subject: attached(custom('build', allowing({ Action: ['secretsmanager:*', 'ecr:Put*'], Resource: '*' }))),
      ...rights('build: secretsmanager:*, build: ecr:PutImage'),
    },
    'pushing images': {
      subject: attached(ofAws('AmazonEC2ContainerRegistryPowerUser'), ofAws('AmazonEC2ContainerRegistryFullAccess')),
      ...policies('pushing', 'AmazonEC2ContainerRegistryPowerUser, AmazonEC2ContainerRegistryFullAccess'),
    },
    'a policy of AWS that nodes do not need': {
      subject: attached(ofAws('AmazonS3ReadOnlyAccess')),
      ...policies('notAllowed', 'AmazonS3ReadOnlyAccess'),
    },
    'rights of the network plugin and the volume driver': {
      subject: attached(CNI, ofAws('AmazonEBSCSIDriverPolicy', 'service-role/')),
      ...policies('forPods', 'AmazonEKS_CNI_Policy, AmazonEBSCSIDriverPolicy'),
    },
    'another account may assume it': {
      subject: trusting({ Service: 'ec2.amazonaws.com', AWS: ['444455556666'] }),
      message: 'trust',
      data: { principals: '444455556666' },
    },
    'anyone may assume it': { subject: trusting('*'), message: 'trust', data: { principals: '*' } },
    'all but one may assume it': {
      subject: trusting(undefined, { NotPrincipal: { Service: 'ec2.amazonaws.com' } }),
      message: 'trust',
      data: { principals: 'everyone but those named' },
    },
    'a principal of another type under the name of EC2': {
      subject: trusting({ AWS: 'ec2.amazonaws.com' }),
      message: 'trust',
      data: { principals: 'ec2.amazonaws.com' },
    },
    'nodes of two clusters': {
      subject: aNodeRole({ usedBy: usedBy('payments/workers', 'ledger/workers') }),
      message: 'shared',
      data: { clusters: 'eu-west-1/payments, eu-west-1/ledger' },
    },
    'nodes of an Auto Mode cluster with too much': {
      subject: aNodeRole({
        usedBy: usedByCluster('node role'),
        facets: { attachedPolicies: [CNI] },
      }),
      ...policies('forPods', 'AmazonEKS_CNI_Policy'),
    },
    'several things at once': {
      subject: aNodeRole({
        usedBy: usedBy('payments/workers', 'ledger/workers'),
        facets: {
          attachedPolicies: [...NEEDED, CNI],
          inlinePolicies: [{ name: 'all', document: allowing({ Action: '*', Resource: '*' }) }],
        },
      }),
      ...policies('admin', 'all'),
      also: [
        policies('forPods', 'AmazonEKS_CNI_Policy'),
        { message: 'shared', data: { clusters: 'eu-west-1/payments, eu-west-1/ledger' } },
      ],
    },
  },
});
