import { arnOf } from '../../../aws/partition.ts';
import { cloudFormation } from './files.ts';
import { encoded, resource } from './hcl.ts';
import { aws } from './shell.ts';
import type { Place, Snippets } from './snippet.ts';

/** Reading one cluster: what a policy names instead of a wildcard. */
function narrow({ partition, resource: { account }, cluster }: Place) {
  const region = 'REGION';
  const on = arnOf({ partition, service: 'eks', region, account, resource: `cluster/${cluster}` });
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['eks:DescribeCluster'], Resource: [on] }],
  };
}

const arn = ({ partition, resource: { account, id } }: Place) =>
  arnOf({ partition, service: 'iam', account, resource: `policy/${id}` });
/** The path is no part of the name. */
const nameOf = ({ resource: { id } }: Place) => id.slice(id.lastIndexOf('/') + 1);

export const iamEksWildcardPolicy: Snippets = {
  cli(place) {
    const { kind, id: roleName } = place.resource;
    if (kind === 'role') {
      return [
        aws('iam list-attached-role-policies', { roleName }),
        aws('iam list-role-policies', { roleName }),
        '# The policy that is too wide in place of POLICY_ARN or POLICY_NAME:',
        aws('iam detach-role-policy', { roleName, policyArn: 'POLICY_ARN' }),
        aws('iam delete-role-policy', { roleName, policyName: 'POLICY_NAME' }),
      ];
    }
    const policyArn = arn(place);
    return [
      '# It has at most five versions: where there are five, take the oldest away.',
      aws('iam list-policy-versions', { policyArn }),
      aws('iam delete-policy-version', { policyArn, versionId: 'VERSION_ID' }),
      '# The actions and clusters that are needed in place of these:',
      aws('iam create-policy-version', { policyArn, policyDocument: narrow(place), setAsDefault: true }),
    ];
  },
  console: (place) => [
    `In IAM, ${place.resource.kind === 'role' ? 'Roles' : 'Policies'}, choose ${nameOf(place)}, then its permissions.`,
    'Edit the policy: name the actions and clusters that are needed; or detach it.',
  ],
  terraform: (place) =>
    resource('aws_iam_policy', nameOf(place), { name: nameOf(place), policy: encoded(narrow(place)) }),
  cloudformation: (place) =>
    cloudFormation('Policy', 'IAM::ManagedPolicy', { ManagedPolicyName: nameOf(place), PolicyDocument: narrow(place) }),
  eksctl: { none: 'It writes no policies for people and their roles.' },
};
