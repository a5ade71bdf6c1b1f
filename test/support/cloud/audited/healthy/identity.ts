import type { Iam, PolicyDocument } from '../account.ts';
import type { Names } from './names.ts';

const VERSION = '2012-10-17';

const trust = (principal: object, more: object = {}, action = 'sts:AssumeRole'): PolicyDocument => ({
  Version: VERSION,
  Statement: [{ Effect: 'Allow', Principal: principal, Action: action, ...more }],
});

const allow = (Action: string[], Resource: string | string[]): PolicyDocument => ({
  Version: VERSION,
  Statement: [{ Effect: 'Allow', Action, Resource }],
});

/** AWS's own policies that the roles use, cut to their gist. */
const MANAGED: Readonly<Record<string, PolicyDocument>> = {
  AmazonEKSClusterPolicy: allow(
    ['ec2:DescribeInstances', 'ec2:DescribeSubnets', 'elasticloadbalancing:DescribeLoadBalancers'],
    '*',
  ),
  AmazonEKSWorkerNodePolicy: allow(
    ['ec2:DescribeInstances', 'eks:DescribeCluster', 'eks-auth:AssumeRoleForPodIdentity'],
    '*',
  ),
  AmazonEC2ContainerRegistryPullOnly: allow(
    ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    '*',
  ),
  AmazonSSMManagedInstanceCore: allow(['ssm:UpdateInstanceInformation', 'ssmmessages:OpenDataChannel'], '*'),
};

function role(
  names: Names,
  RoleName: string,
  AssumeRolePolicyDocument: PolicyDocument,
  Description: string,
): Iam['roles'][string] {
  return {
    Path: '/',
    RoleName,
    RoleId: `AROA${RoleName.replaceAll('-', '').toUpperCase().padEnd(17, 'X').slice(0, 17)}`,
    Arn: names.arn('iam', `role/${RoleName}`),
    CreateDate: '2026-06-15T08:00:00.000Z',
    AssumeRolePolicyDocument,
    Description,
    MaxSessionDuration: 3600,
    Tags: [{ Key: 'team', Value: 'payments' }],
  };
}

function policy(Arn: string, PolicyName: string): Iam['policies'][string] {
  return {
    PolicyName,
    PolicyId: `ANPA${PolicyName.replaceAll('-', '').toUpperCase().padEnd(17, 'X').slice(0, 17)}`,
    Arn,
    Path: '/',
    DefaultVersionId: 'v1',
    AttachmentCount: 1,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: '2026-06-15T08:05:00.000Z',
    UpdateDate: '2026-06-15T08:05:00.000Z',
    Tags: [],
  };
}

const managedBy = (partition: string) => (name: string) => `arn:${partition}:iam::aws:policy/${name}`;

function policies(names: Names): Pick<Iam, 'policies' | 'policyVersions'> {
  const { appPolicy, partition } = names;
  const managed = managedBy(partition);
  return {
    policies: {
      ...Object.fromEntries(Object.keys(MANAGED).map((name) => [managed(name), policy(managed(name), name)])),
      [appPolicy]: policy(appPolicy, 'payments-queue'),
    },
    policyVersions: {
      ...Object.fromEntries(Object.entries(MANAGED).map(([name, document]) => [managed(name), { v1: document }])),
      [appPolicy]: { v1: allow(['sqs:SendMessage'], names.arn('sqs', 'payments')) },
    },
  };
}

/** Least privilege all over: a cluster role, a node role, and an application role for one service account. */
export function healthyIdentity(names: Names): Iam {
  const { clusterRole, nodeRole, appRole, appPolicy, issuer, oidcProvider, partition } = names;
  const managed = managedBy(partition);
  const pinned = {
    StringEquals: { [`${issuer}:sub`]: 'system:serviceaccount:payments:api', [`${issuer}:aud`]: 'sts.amazonaws.com' },
  };
  const irsa = trust({ Federated: oidcProvider }, { Condition: pinned }, 'sts:AssumeRoleWithWebIdentity');
  return {
    roles: {
      [clusterRole]: role(names, clusterRole, trust({ Service: 'eks.amazonaws.com' }), 'The control plane of payments'),
      [nodeRole]: role(names, nodeRole, trust({ Service: 'ec2.amazonaws.com' }), 'The nodes of payments'),
      [appRole]: role(names, appRole, irsa, 'The API of payments'),
    },
    attachedPolicies: {
      [clusterRole]: [managed('AmazonEKSClusterPolicy')],
      [nodeRole]: [
        managed('AmazonEKSWorkerNodePolicy'),
        managed('AmazonEC2ContainerRegistryPullOnly'),
        managed('AmazonSSMManagedInstanceCore'),
      ],
      [appRole]: [appPolicy],
    },
    inlinePolicies: {
      [appRole]: { 'read-rates': allow(['s3:GetObject'], `arn:${partition}:s3:::payments-rates/*`) },
    },
    ...policies(names),
    oidcProviders: {
      [oidcProvider]: {
        Url: issuer,
        ClientIDList: ['sts.amazonaws.com'],
        ThumbprintList: ['9e99a48a9960b14926bb7f3b02e22da2b0ab7280'],
        CreateDate: '2026-06-15T09:00:00.000Z',
        Tags: [],
      },
    },
  };
}
