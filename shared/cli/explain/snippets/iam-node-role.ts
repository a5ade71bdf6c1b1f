import { arnOf } from '../../../aws/partition.ts';
import { cloudFormation, eksctlFile } from './files.ts';
import { encoded, resource } from './hcl.ts';
import { aws } from './shell.ts';
import { hasReason, type Place, type Snippets } from './snippet.ts';

const ENOUGH = ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly'];
const enough = ({ partition }: Place) =>
  ENOUGH.map((name) => arnOf({ partition, service: 'iam', account: 'aws', resource: `policy/${name}` }));

const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

const TOO_MUCH = ['admin', 'broad', 'pushing', 'notAllowed', 'forPods'];

function withoutTooMuch({ resource: { id: roleName } }: Place): string[] {
  return [
    aws('iam list-attached-role-policies', { roleName }),
    aws('iam list-role-policies', { roleName }),
    '# Give the rights to the roles of the pods that need them first; then, for each that is too much:',
    aws('iam detach-role-policy', { roleName, policyArn: 'POLICY_ARN' }),
    aws('iam delete-role-policy', { roleName, policyName: 'POLICY_NAME' }),
  ];
}

/** The nodes of another cluster get a role of their own, in a new node group. */
function apart(place: Place): string[] {
  const { partition, resource: at } = place;
  const roleName = 'NODE_ROLE_NAME';
  const nodeRole = arnOf({ partition, service: 'iam', account: at.account, resource: `role/${roleName}` });
  const of = { clusterName: 'CLUSTER_NAME', region: 'REGION' };
  return [
    '# For each cluster but one, a role of its own for the nodes:',
    aws('iam create-role', { roleName, assumeRolePolicyDocument: TRUST }),
    ...enough(place).map((policyArn) => aws('iam attach-role-policy', { roleName, policyArn })),
    '# A node group with it in place of the old one:',
    aws('eks create-nodegroup', { ...of, nodegroupName: 'NODE_GROUP_NAME', nodeRole, subnets: ['SUBNET_ID'] }),
    aws('eks wait nodegroup-active', { ...of, nodegroupName: 'NODE_GROUP_NAME' }),
    aws('eks delete-nodegroup', { ...of, nodegroupName: 'OLD_NODE_GROUP_NAME' }),
  ];
}

export const iamNodeRole: Snippets = {
  cli(place) {
    const { id: roleName } = place.resource;
    const isOther = hasReason(place, 'trust', 'shared') && !hasReason(place, ...TOO_MUCH);
    return [
      ...(hasReason(place, 'trust') ? [aws('iam update-assume-role-policy', { roleName, policyDocument: TRUST })] : []),
      ...(isOther ? [] : withoutTooMuch(place)),
      ...(hasReason(place, 'shared') ? apart(place) : []),
    ];
  },
  console: ({ resource: { id } }) => [
    `In IAM, Roles, choose ${id}, tab Permissions.`,
    `Remove every policy but ${ENOUGH.join(' and ')}, once the pods that need them have roles of their own.`,
  ],
  terraform: (place) =>
    [
      resource('aws_iam_role', place.resource.id, { name: place.resource.id, assume_role_policy: encoded(TRUST) }),
      resource('aws_iam_role_policy_attachments_exclusive', place.resource.id, {
        role_name: place.resource.id,
        policy_arns: enough(place),
      }),
    ].join('\n'),
  cloudformation: (place) =>
    cloudFormation('NodeRole', 'IAM::Role', {
      RoleName: place.resource.id,
      AssumeRolePolicyDocument: TRUST,
      ManagedPolicyArns: enough(place),
    }),
  eksctl: (place) =>
    eksctlFile(
      { ...place, resource: { ...place.resource, region: 'REGION' } },
      { managedNodeGroups: [{ name: 'NODE_GROUP', iam: { attachPolicyARNs: enough(place) } }] },
    ),
};
