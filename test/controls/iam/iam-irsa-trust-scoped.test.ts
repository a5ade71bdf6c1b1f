import control from '../../../shared/controls/iam/iam-irsa-trust-scoped.ts';
import type { Json } from '../../../shared/resources/json.ts';
import { allowing, aNodeRole, aRole, ISSUER, trusting } from '../../support/builders.ts';
import { testControl } from '../../support/test-control.ts';

const OTHER = 'oidc.eks.eu-west-1.amazonaws.com/id/OTHERD539D4633E53DE1B71EXAMPLE00';
const GITHUB = 'token.actions.githubusercontent.com';
const sub = `${ISSUER}:sub`;
const aud = { [`${ISSUER}:aud`]: 'sts.amazonaws.com' };
const API = 'system:serviceaccount:payments:api';
const withTrust = (trust: Json, oidcProviders: readonly string[] = [ISSUER]) => ({
  ...aRole({ facets: { oidcProviders } }),
  trust,
});
const under = (condition: Json | undefined) => withTrust(trusting(condition));
/** A subject compared by StringLike, the audience right. */
const like = (...subjects: string[]) => under({ StringEquals: aud, StringLike: { [sub]: subjects } });
const said = <M extends string>(message: M, issuers = ISSUER) => ({ message, data: { issuers } });

testControl(control, {
  passes: {
    'one service account and the audience of STS': { subject: aRole() },
    'two service accounts, each named in full': {
      subject: under({ StringEquals: { ...aud, [sub]: [API, `${API}-2`] } }),
    },
    'one service account by an operator that knows wildcards': { subject: like(API) },
    'keys and operators in other letters': {
      subject: under({ stringEquals: { [sub.toUpperCase()]: API, [`${ISSUER}:AUD`]: 'sts.amazonaws.com' } }),
    },
    'a wildcard, but a second condition that names one account': {
      subject: under({ StringEquals: { ...aud, [sub]: API }, StringLike: { [sub]: 'system:serviceaccount:*' } }),
    },
    'a condition with IfExists, as every token has a subject': {
      subject: under({ StringEqualsIfExists: { ...aud, [sub]: API } }),
    },
    'a star by an operator for which it is only a star': {
      subject: under({ StringEquals: { ...aud, [sub]: 'system:serviceaccount:payments:*' } }),
    },
    'one account in any namespace, where the baseline accepts that': {
      subject: like('system:serviceaccount:*:api'),
      params: { allowWildcardNamespaces: true },
    },
    'a pinned issuer and a statement that denies all others': {
      subject: withTrust({
        Statement: [
          ...[trusting({ StringEquals: { ...aud, [sub]: API } }).Statement].flat(),
          { Effect: 'Deny', Principal: '*', Action: 'sts:*', Condition: { StringNotEquals: { [sub]: API } } },
        ],
      }),
    },
    'an issuer of China with its own spelling of the audience': {
      subject: {
        ...withTrust(trusting({ StringEquals: { [sub]: API, [`${ISSUER}:aud`]: 'sts.amazonaws.com.cn' } })),
        partition: 'aws-cn',
      },
    },
  },

  notApplicable: {
    'a role of nodes': { subject: aNodeRole() },
    'a role for GitHub': { subject: withTrust(trusting(undefined, GITHUB), [ISSUER, GITHUB]) },
    'an issuer that may not assume the role by its tokens': {
      subject: withTrust(
        allowing({
          Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${ISSUER}` },
          Action: 'sts:TagSession',
        }),
      ),
    },
    'anyone, where the account has no issuer of EKS': {
      subject: withTrust(allowing({ Principal: '*', Action: 'sts:*' }), [GITHUB]),
    },
  },

  unforeseen: {
    'U-01: a trust policy that names nobody': {
      subject: withTrust(allowing({ Action: 'sts:AssumeRoleWithWebIdentity' })),
      field: 'The control could not judge what it read: statement 1 of the policy names nobody.',
    },
  },

  fails: {
    'no condition at all': { subject: under(undefined), ...said('unpinned'), also: [said('audience')] },
    'only the audience is compared': { subject: under({ StringEquals: aud }), ...said('unpinned') },
    'a condition that only shuts out one account': {
      subject: under({ StringEquals: aud, StringNotEquals: { [sub]: API } }),
      ...said('unpinned'),
    },
    'the subject of another issuer is compared': {
      subject: under({ StringEquals: { ...aud, [`${OTHER}:sub`]: API } }),
      ...said('unpinned'),
    },
    'the key only has to be there': {
      subject: under({ StringEquals: aud, Null: { [sub]: 'false' } }),
      ...said('unpinned'),
    },
    'anyone may bring a token': {
      subject: withTrust(allowing({ Principal: '*', Action: 'sts:*' })),
      ...said('unpinned'),
      also: [said('audience')],
    },
    'anyone of AWS, but only tokens of one service account': {
      subject: withTrust(
        allowing({
          Principal: { AWS: '*' },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringLike: { [sub]: 'system:serviceaccount:payments:*' } },
        }),
        [ISSUER, OTHER],
      ),
      ...said('audience'),
      also: [said('anyAccount')],
    },
    'every namespace and every account': { subject: like('system:serviceaccount:*:*'), ...said('anyNamespace') },
    'nothing but a star': { subject: like('*'), ...said('anyNamespace') },
    'a star that takes in namespace and account': { subject: like('system:serviceaccount:*'), ...said('anyNamespace') },
    'one account in every namespace': { subject: like('system:serviceaccount:*:api'), ...said('anyNamespace') },
    'namespaces by their beginning': { subject: like('system:serviceaccount:pay*:api'), ...said('anyNamespace') },
    'one good subject and a wild one': { subject: like(API, 'system:serviceaccount:*:*'), ...said('anyNamespace') },
    'a policy variable instead of a namespace': {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable of IAM, which is written so.
      subject: under({ StringEquals: { ...aud, [sub]: 'system:serviceaccount:${aws:PrincipalTag/ns}:api' } }),
      ...said('anyNamespace'),
    },
    'every account of every namespace, where only namespaces may be wild': {
      subject: like('system:serviceaccount:*:*'),
      params: { allowWildcardNamespaces: true },
      ...said('anyAccount'),
    },
    'accounts by their beginning': { subject: like('system:serviceaccount:payments:api-*'), ...said('anyAccount') },
    'every account of one namespace': { subject: like('system:serviceaccount:payments:*'), ...said('anyAccount') },
    'no audience': { subject: under({ StringEquals: { [sub]: API } }), ...said('audience') },
    'another audience': {
      subject: under({ StringEquals: { [sub]: API, [`${ISSUER}:aud`]: 'vault' } }),
      ...said('audience'),
    },
    'any audience': {
      subject: under({ StringEquals: { [sub]: API }, StringLike: { [`${ISSUER}:aud`]: '*' } }),
      ...said('audience'),
    },
    "China's spelling of the audience elsewhere": {
      subject: under({ StringEquals: { [sub]: API, [`${ISSUER}:aud`]: 'sts.amazonaws.com.cn' } }),
      ...said('audience'),
    },
    'an issuer whose provider is gone': {
      subject: withTrust(trusting({ StringEquals: { ...aud, [sub]: API } }), [OTHER]),
      ...said('orphan'),
    },
    'two statements, each judged by itself': {
      subject: withTrust(
        {
          Statement: [
            ...[trusting({ StringEquals: { ...aud, [sub]: API } }).Statement].flat(),
            ...[trusting({ StringEquals: { [`${OTHER}:aud`]: 'sts.amazonaws.com' } }, OTHER).Statement].flat(),
          ],
        },
        [ISSUER, OTHER],
      ),
      ...said('unpinned', OTHER),
    },
  },
});
