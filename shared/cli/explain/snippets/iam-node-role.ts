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

export const iamNodeRole: Snippets = {
  cli(place) {
    const roleName = place.resource.id;
    const trust = aws('iam update-assume-role-policy', { roleName, policyDocument: TRUST });
    return [
      ...(hasReason(place, 'trust') ? [trust] : []),
      aws('iam list-attached-role-policies', { roleName }),
      aws('iam list-role-policies', { roleName }),
      '# Give the rights to the roles of the pods that need them first; then, for each that is too much:',
      aws('iam detach-role-policy', { roleName, policyArn: 'POLICY_ARN' }),
      aws('iam delete-role-policy', { roleName, policyName: 'POLICY_NAME' }),
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
