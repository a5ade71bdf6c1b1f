import control from '../../../shared/controls/iam/iam-eks-wildcard-policy.ts';
import type { Json } from '../../../shared/resources/json.ts';
import { allowing, aPolicy, aRole, ofAws } from '../../support/builders.ts';
import { testControl } from '../../support/test-control.ts';

const own = (statement: Json) => ({ ...aPolicy(), document: allowing({ Resource: '*', ...statement }) });
const attachedTo = (AttachmentCount: number, ...names: string[]) => ({
  ...own({ Action: 'eks:*' }),
  AttachmentCount,
  usedBy: names.map((id) => ({
    by: { kind: 'role' as const, id, account: '111122223333', region: 'global' },
    as: ['attached policy'],
    clusters: [],
  })),
});
const inline = (statement: Json, id = 'payments-api') =>
  aRole({
    at: { id },
    facets: { inlinePolicies: [{ name: 'ops', document: allowing({ Resource: '*', ...statement }) }] },
  });
const withAws = (name: string, service = 'ec2.amazonaws.com') => ({
  ...aRole({ facets: { attachedPolicies: [ofAws(name)] } }),
  trust: allowing({ Principal: { Service: service }, Action: 'sts:AssumeRole' }),
});
const when = (Condition: Json) => own({ Action: 'eks:*', Condition });
const wildcard = (actions: string, policy = 'payments-clusters') => ({
  message: 'wildcard' as const,
  data: { policy, actions },
});
const into = (actions: string) => ({
  message: 'intoKubernetes' as const,
  data: { policy: 'payments-clusters', actions },
});

testControl(control, {
  passes: {
    'a policy that reads one cluster': { subject: aPolicy() },
    'a role that reads one bucket': { subject: aRole() },
    'wildcards that only read': { subject: own({ Action: ['eks:Describe*', 'eks:List*', 'eks:DescribeC*'] }) },
    'a wildcard that the baseline takes for reading': {
      subject: own({ Action: 'eks:Get*' }),
      params: { readOnlyPatterns: ['eks:Get*'] },
    },
    'everything on one cluster': {
      subject: own({ Action: 'eks:*', Resource: 'arn:aws:eks:eu-west-1:111122223333:cluster/payments' }),
    },
    'everything on the clusters with a tag': {
      subject: when({ StringEquals: { 'aws:ResourceTag/team': 'payments' } }),
    },
    'everything on clusters by a wildcard in a tag': {
      subject: when({ StringLike: { 'aws:ResourceTag/team': 'pay*' } }),
    },
    'everything under a condition of EKS': { subject: when({ Bool: { 'eks:endpointPublicAccess': 'false' } }) },
    'actions named in full': { subject: own({ Action: ['eks:DeleteCluster', 'eks:UpdateClusterConfig'] }) },
    'all of another service': { subject: own({ Action: ['ec2:*', 'eks-auth:*'] }) },
    'everything but EKS': { subject: own({ NotAction: ['iam:*', 'EKS:*'], Action: undefined }) },
    'EKS is denied': { subject: own({ Effect: 'Deny', Action: 'eks:*' }) },
    'the policy of AWS for control planes on the role of one': {
      subject: withAws('AmazonEKSClusterPolicy', 'eks.amazonaws.com'),
    },
    "a policy of the account's own on a role, which is judged by itself": {
      subject: aRole({
        facets: {
          attachedPolicies: [
            {
              arn: 'arn:aws:iam::111122223333:policy/AdministratorAccess',
              name: 'AdministratorAccess',
              document: allowing({ Action: '*', Resource: '*' }),
            },
          ],
        },
      }),
    },
  },

  notApplicable: {
    'a policy that nobody has': { subject: attachedTo(0) },
    'a role of a service of AWS': {
      subject: { ...inline({ Action: '*' }), Path: '/aws-service-role/eks.amazonaws.com/' },
    },
    'a role that administers clusters': {
      subject: inline({ Action: 'eks:*' }, 'pipeline-eu'),
      params: { adminRoles: ['pipeline-*'] },
    },
    'a policy that only such roles have': {
      subject: attachedTo(2, 'pipeline-eu', 'pipeline-us'),
      params: { adminRoles: ['pipeline-*'] },
    },
  },

  unforeseen: {
    'U-01: a statement without actions': {
      subject: own({}),
      field: 'The control could not judge what it read: statement 1 of the policy has no actions.',
    },
  },

  fails: {
    'all of EKS': { subject: own({ Action: 'eks:*' }), ...wildcard('eks:*') },
    everything: { subject: own({ Action: '*' }), ...wildcard('*') },
    'everything, as service and action': { subject: own({ Action: '*:*' }), ...wildcard('*:*') },
    'all that changes, in other letters': {
      subject: own({ Action: ['EKS:create*', 'eks:Update*', 'eks:Delete*', 'eks:Associate*', 's3:*'] }),
      ...wildcard('EKS:create*, eks:Update*, eks:Delete*, eks:Associate*'),
    },
    'a wildcard that takes in reading and deleting': { subject: own({ Action: 'eks:De*' }), ...wildcard('eks:De*') },
    'a single character left open': { subject: own({ Action: 'eks:DeleteCluste?' }), ...wildcard('eks:DeleteCluste?') },
    'reading, where the baseline takes nothing for it': {
      subject: own({ Action: 'eks:Describe*' }),
      params: { readOnlyPatterns: [] },
      ...wildcard('eks:Describe*'),
    },
    'everything but IAM': {
      subject: own({ NotAction: ['iam:*'], Action: undefined }),
      ...wildcard('everything but iam:*'),
    },
    'everything but deleting clusters': {
      subject: own({ NotAction: 'eks:DeleteCluster', Action: undefined }),
      ...wildcard('everything but eks:DeleteCluster'),
    },
    'every cluster by its ARN': {
      subject: own({ Action: 'eks:*', Resource: ['arn:aws:eks:*:111122223333:cluster/*'] }),
      ...wildcard('eks:*'),
    },
    'every cluster but one': {
      subject: own({
        Action: 'eks:*',
        Resource: undefined,
        NotResource: 'arn:aws:eks:eu-west-1:111122223333:cluster/payments',
      }),
      ...wildcard('eks:*'),
    },
    'only for the organisation, which everyone here is in': {
      subject: when({ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
      ...wildcard('eks:*'),
    },
    'under a tag that may be missing': {
      subject: when({ StringEqualsIfExists: { 'aws:ResourceTag/team': 'payments' } }),
      ...wildcard('eks:*'),
    },
    'on all clusters but those with a tag': {
      subject: when({ StringNotEquals: { 'aws:ResourceTag/team': 'payments' } }),
      ...wildcard('eks:*'),
    },
    'under a tag of any value': {
      subject: when({ StringLike: { 'aws:ResourceTag/team': '*' } }),
      ...wildcard('eks:*'),
    },
    'inline in a role': { subject: inline({ Action: 'eks:*' }), ...wildcard('eks:*', 'ops') },
    'inline in a role with a name like an administering one': {
      subject: inline({ Action: 'eks:*' }, 'old-pipeline-eu'),
      params: { adminRoles: ['pipeline-*'] },
      ...wildcard('eks:*', 'ops'),
    },
    'a policy that an administering role and another one have': {
      subject: attachedTo(2, 'pipeline-eu', 'payments-api'),
      params: { adminRoles: ['pipeline-*'] },
      ...wildcard('eks:*'),
    },
    'a policy that an administering role and some user have': {
      subject: attachedTo(2, 'pipeline-eu'),
      params: { adminRoles: ['pipeline-*'] },
      ...wildcard('eks:*'),
    },
    'AdministratorAccess of AWS': {
      subject: withAws('AdministratorAccess'),
      message: 'awsPolicy',
      data: { policies: 'AdministratorAccess' },
    },
    'the policy of AWS for control planes on another role': {
      subject: withAws('AmazonEKSClusterPolicy'),
      message: 'awsPolicy',
      data: { policies: 'AmazonEKSClusterPolicy' },
    },
    'the way into Kubernetes': {
      subject: own({ Action: ['eks:AccessKubernetesApi', 'eks:DescribeCluster'] }),
      ...into('eks:AccessKubernetesApi'),
    },
    'both ways into Kubernetes, one in another statement': {
      subject: {
        ...aPolicy(),
        document: {
          Statement: [
            { Effect: 'Allow', Action: 'eks:MutateViaKubernetesApi', Resource: '*' },
            { Effect: 'Allow', Action: 'eks:accesskubernetesapi', Resource: '*' },
          ],
        },
      },
      ...into('eks:AccessKubernetesApi, eks:MutateViaKubernetesApi'),
    },
  },
});
