import { healthyCluster, healthyNodegroup } from '../../support/cloud/audited/healthy/cluster.ts';
import type { Names } from '../../support/cloud/audited/index.ts';
import { type Case, here } from './case.ts';

const allow = (...Action: string[]) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
});
const managed = ({ partition }: Names, name: string) =>
  ['arn', partition, 'iam', '', 'aws', `policy/${name}`].join(':');
/** A policy of AWS's own that is attached to a role. */
const attached = (role: string, name: string) => (names: Names) => {
  const arn = managed(names, name);
  return {
    iam: {
      attachedPolicies: { [role]: [managed(names, 'AmazonEKSWorkerNodePolicy'), arn] },
      policies: {
        [arn]: {
          PolicyName: name,
          Arn: arn,
          Path: '/',
          DefaultVersionId: 'v1',
          AttachmentCount: 1,
          IsAttachable: true,
        },
      },
      policyVersions: { [arn]: { v1: allow('*') } },
    },
  };
};
const inline = (role: string, document: object) => () => ({
  iam: { inlinePolicies: { [role]: { everything: document } } },
});
const own = (document: object) => (names: Names) => ({
  iam: { policyVersions: { [names.appPolicy]: { v1: document } } },
});

const NODE_ROLE = 'payments-node';
const APP_ROLE = 'payments-app';
const takenOff = (policy: string) => (names: Names) => ({ POLICY_ARN: managed(names, policy), POLICY_NAME: null });
const TAKEN_OUT = () => ({ POLICY_ARN: null, POLICY_NAME: 'everything' });

const trust = (role: string, statement: object) => ({
  iam: { roles: { [role]: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [statement] } } } },
});
/** A trust policy that compares in its own way. */
const trusting = (conditionsOf: (issuer: string) => object) => (names: Names) =>
  trust(names.appRole, {
    Effect: 'Allow',
    Principal: { Federated: names.oidcProvider },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: conditionsOf(names.issuer),
  });
const like = (sub: string) =>
  trusting((issuer) => ({
    StringLike: { [`${issuer}:sub`]: sub },
    StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com' },
  }));
const pod = () => ({ NAMESPACE: 'payments', SERVICE_ACCOUNT: 'api', REGION: 'eu-west-1' });
const irsa = { control: 'iam-irsa-trust-scoped', words: pod } as const;
const wide = { control: 'iam-eks-wildcard-policy' } as const;
const nodes = { control: 'iam-node-role' } as const;
const region = () => ({ REGION: 'eu-west-1', CLUSTER: 'payments', VERSION_ID: null });

export const IDENTITIES: readonly Case[] = [
  { ...wide, reason: 'wildcard', wrong: inline(APP_ROLE, allow('eks:*')), words: TAKEN_OUT },
  { ...wide, reason: 'wildcard', wrong: own(allow('eks:*')), words: region },
  { ...wide, reason: 'intoKubernetes', wrong: own(allow('eks:AccessKubernetesApi')), words: region },
  {
    ...wide,
    reason: 'awsPolicy',
    wrong: attached(APP_ROLE, 'AdministratorAccess'),
    words: takenOff('AdministratorAccess'),
  },
  {
    ...irsa,
    reason: 'unpinned',
    wrong: trusting((issuer) => ({ StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com' } })),
  },
  { ...irsa, reason: 'anyNamespace', wrong: like('system:serviceaccount:*:api') },
  { ...irsa, reason: 'anyAccount', wrong: like('system:serviceaccount:payments:*') },
  {
    ...irsa,
    reason: 'audience',
    wrong: trusting((issuer) => ({ StringEquals: { [`${issuer}:sub`]: 'system:serviceaccount:payments:api' } })),
  },
  {
    ...nodes,
    reason: 'admin',
    wrong: attached(NODE_ROLE, 'AdministratorAccess'),
    words: takenOff('AdministratorAccess'),
  },
  { ...nodes, reason: 'broad', wrong: inline(NODE_ROLE, allow('s3:*')), words: TAKEN_OUT },
  {
    ...nodes,
    reason: 'pushing',
    wrong: attached(NODE_ROLE, 'AmazonEC2ContainerRegistryPowerUser'),
    words: takenOff('AmazonEC2ContainerRegistryPowerUser'),
  },
  {
    ...nodes,
    reason: 'notAllowed',
    wrong: attached(NODE_ROLE, 'AmazonS3ReadOnlyAccess'),
    words: takenOff('AmazonS3ReadOnlyAccess'),
  },
  {
    ...nodes,
    reason: 'forPods',
    wrong: attached(NODE_ROLE, 'AmazonEKS_CNI_Policy'),
    words: takenOff('AmazonEKS_CNI_Policy'),
  },
  {
    ...wide,
    reason: 'wildcard',
    wrong: (names) => {
      const all = Object.fromEntries([2, 3, 4, 5].map((at) => [`v${at}`, allow('sqs:SendMessage')]));
      return { iam: { policyVersions: { [names.appPolicy]: { v1: allow('eks:*'), ...all } } } };
    },
    words: () => ({ ...region(), VERSION_ID: 'v2' }),
  },
  {
    ...irsa,
    reason: 'orphan',
    wrong: (names) => {
      const issuer = `${names.issuer.slice(0, -1)}Z`;
      const Federated = names.arn('iam', `oidc-provider/${issuer}`);
      const sub = { [`${issuer}:sub`]: 'system:serviceaccount:payments:api', [`${issuer}:aud`]: 'sts.amazonaws.com' };
      return trust(names.appRole, {
        Effect: 'Allow',
        Principal: { Federated },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: sub },
      });
    },
    words: (names) => ({ ...pod(), ISSUER: names.issuer }),
  },
  {
    ...nodes,
    reason: 'shared',
    wrong: (names) =>
      here(names, {
        clusters: {
          orders: { ...healthyCluster(names)[names.cluster], name: 'orders', arn: names.arn('eks', 'cluster/orders') },
        },
        nodegroups: {
          'orders/workers': {
            ...healthyNodegroup(names)[`${names.cluster}/${names.nodegroup}`],
            clusterName: 'orders',
          },
        },
      }),
    words: (names) => ({
      NODE_ROLE_NAME: 'orders-node',
      CLUSTER_NAME: 'orders',
      OLD_NODE_GROUP_NAME: 'workers',
      NODE_GROUP_NAME: 'workers-2',
      SUBNET_ID: names.privateSubnets[0],
      REGION: names.region,
    }),
  },
  {
    ...nodes,
    reason: 'trust',
    wrong: () =>
      trust(NODE_ROLE, {
        Effect: 'Allow',
        Principal: { Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] },
        Action: 'sts:AssumeRole',
      }),
  },
];
