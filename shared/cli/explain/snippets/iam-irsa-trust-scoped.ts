import { arnOf } from '../../../aws/partition.ts';
import { cloudFormation, eksctlFile } from './files.ts';
import { encoded, resource } from './hcl.ts';
import { aws } from './shell.ts';
import { hasReason, type Place, type Snippets, told } from './snippet.ts';

const isOrphan = (place: Place) => hasReason(place, 'orphan');

/** One service account of the issuer that the finding names, if that is still there. */
function pinned(place: Place) {
  const { partition, resource: at } = place;
  const issuer = isOrphan(place) ? 'ISSUER' : (told(place, 'issuers')?.split(', ')[0] ?? 'ISSUER');
  const provider = arnOf({ partition, service: 'iam', account: at.account, resource: `oidc-provider/${issuer}` });
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: provider },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            [`${issuer}:sub`]: 'system:serviceaccount:NAMESPACE:SERVICE_ACCOUNT',
            [`${issuer}:aud`]: 'sts.amazonaws.com',
          },
        },
      },
    ],
  };
}

export const iamIrsaTrustScoped: Snippets = {
  cli: (place) => [
    '# What it trusts now; keep what else is needed of it:',
    aws('iam get-role', { roleName: place.resource.id }),
    ...(isOrphan(place) ? ["# The issuer of the pod's cluster, without https://, in place of ISSUER:"] : []),
    "# The pod's own in place of NAMESPACE and SERVICE_ACCOUNT:",
    aws('iam update-assume-role-policy', { roleName: place.resource.id, policyDocument: pinned(place) }),
  ],
  console: ({ resource: { id } }) => [
    `In IAM, Roles, choose ${id}, tab Trust relationships, then Edit trust policy.`,
    'Compare the :sub of the issuer by StringEquals with one service account, its :aud with sts.amazonaws.com, and save.',
  ],
  terraform: (place) =>
    resource('aws_iam_role', place.resource.id, {
      name: place.resource.id,
      assume_role_policy: encoded(pinned(place)),
    }),
  cloudformation: (place) =>
    cloudFormation('Role', 'IAM::Role', { RoleName: place.resource.id, AssumeRolePolicyDocument: pinned(place) }),
  eksctl: (place) => {
    const account = { metadata: { name: 'SERVICE_ACCOUNT', namespace: 'NAMESPACE' }, roleName: place.resource.id };
    const iam = { withOIDC: true, serviceAccounts: [{ ...account, attachPolicyARNs: ['POLICY_ARN'] }] };
    return eksctlFile({ ...place, resource: { ...place.resource, region: 'REGION' } }, { iam });
  },
};
