import { of, type Touching } from './touching.ts';

const ISSUER = 'oidc.eks.eu-west-1.amazonaws.com/id/0123ABCD';
const PROVIDER = `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`;
const OURS = 'arn:aws:iam::111122223333:policy/team/Payments';
const AWS_OWN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const roleEvents = of(
  'iam',
  'CreateRole',
  'DeleteRole',
  'UpdateAssumeRolePolicy',
  'AttachRolePolicy',
  'DetachRolePolicy',
  'PutRolePolicy',
  'DeleteRolePolicy',
  'PutRolePermissionsBoundary',
  'DeleteRolePermissionsBoundary',
  'AddRoleToInstanceProfile',
  'TagRole',
  'UntagRole',
);
const policyEvents = of(
  'iam',
  'DeletePolicy',
  'CreatePolicyVersion',
  'SetDefaultPolicyVersion',
  'DeletePolicyVersion',
  'AttachRolePolicy',
  'DetachRolePolicy',
  'AttachUserPolicy',
  'DetachUserPolicy',
  'AttachGroupPolicy',
  'DetachGroupPolicy',
  'TagPolicy',
  'UntagPolicy',
);

export const IAM: readonly Touching[] = [
  [
    'oidc-provider',
    'iam:CreateOpenIDConnectProvider',
    { request: { url: `https://${ISSUER}` }, response: { openIDConnectProviderArn: PROVIDER } },
    [ISSUER],
  ],
  ['oidc-provider', 'iam:CreateOpenIDConnectProvider', { request: { url: `https://${ISSUER}` } }, [ISSUER]],
  [
    'oidc-provider',
    of(
      'iam',
      'DeleteOpenIDConnectProvider',
      'AddClientIDToOpenIDConnectProvider',
      'UpdateOpenIDConnectProviderThumbprint',
    ),
    { request: { openIDConnectProviderArn: PROVIDER } },
    [ISSUER],
  ],
  ['oidc-provider', 'iam:DeleteOpenIDConnectProvider', {}, undefined],
  [
    'oidc-provider',
    'eks:DeleteCluster',
    { response: { cluster: { identity: { oidc: { issuer: `https://${ISSUER}` } } } } },
    [ISSUER],
  ],
  ['oidc-provider', 'eks:CreateCluster', { response: { cluster: { name: 'payments' } } }, []],
  [
    'policy',
    'iam:CreatePolicy',
    { request: { policyName: 'Payments', path: '/team/' }, response: { policy: { arn: OURS } } },
    ['team/Payments'],
  ],
  ['policy', 'iam:CreatePolicy', { request: { policyName: 'Payments', path: '/team/' } }, ['team/Payments']],
  ['policy', 'iam:CreatePolicy', { request: { policyName: 'Payments' } }, ['Payments']],
  ['policy', 'iam:CreatePolicy', {}, undefined],
  ['policy', policyEvents, { request: { policyArn: OURS } }, ['team/Payments']],
  ['policy', policyEvents, { request: { policyArn: AWS_OWN } }, []],
  ['policy', policyEvents, { request: { policyArn: 'Payments' } }, undefined],
  ['policy', policyEvents, {}, undefined],
  ['role', roleEvents, { request: { roleName: 'payments-node' } }, ['payments-node']],
  ['role', roleEvents, {}, undefined],
  ['role', 'iam:CreateRole', { response: { role: { roleName: 'payments-node' } } }, ['payments-node']],
  ['role', 'iam:PutRolePolicy', { arns: ['arn:aws:iam::111122223333:role/team/payments-node'] }, ['payments-node']],
];
