import { z } from 'zod';
import { role } from '../../resources/role.ts';
import { defineControl } from '../define-control.ts';
import { irsaTrusts, type Trust } from '../irsa-trust.ts';
import { resourceStatementsOf } from '../policy-document.ts';

/** The webhook of EKS asks for this audience in China too; some tools write the name of the endpoint there. */
const AUDIENCES = ['sts.amazonaws.com'];
const AUDIENCES_CHINA = [...AUDIENCES, 'sts.amazonaws.com.cn'];

export default defineControl({
  id: 'iam-irsa-trust-scoped',
  title: 'IRSA trust policies are pinned to one service account',
  severity: 'high',
  why: 'A trust policy that is not pinned gives the rights of the role to every pod that can get a token of the cluster.',
  howToFix: 'Compare <issuer>:sub by StringEquals with one service account, and <issuer>:aud with sts.amazonaws.com.',
  references: { cis: ['5.2.1'] },

  resources: [role],
  needs: ['oidcProviders'],
  triggers: [
    'iam:CreateRole',
    'iam:UpdateAssumeRolePolicy',
    'iam:AttachRolePolicy',
    'iam:PutRolePolicy',
    'iam:CreateOpenIDConnectProvider',
    'iam:DeleteOpenIDConnectProvider',
    'iam:AddClientIDToOpenIDConnectProvider',
    'iam:UpdateOpenIDConnectProviderThumbprint',
    'eks:CreateCluster',
    'eks:DeleteCluster',
  ],
  fix: 'approve',
  notJudged: {
    kubernetes:
      'Whether service accounts that name the role are those its trust policy names, and whether their cluster has a provider at all, is not read from Kubernetes.',
    cluster: 'Whether the cluster behind a trusted provider still exists is not looked up.',
  },

  params: z.object({
    allowWildcardNamespaces: z.boolean().default(false).describe('A wildcard in the namespace is accepted.'),
  }),

  messages: {
    unpinned: { text: 'Every service account of {issuers} may assume the role.', severity: 'critical' },
    anyNamespace: {
      text: 'A wildcard lets service accounts of many namespaces of {issuers} assume the role.',
      severity: 'high',
    },
    audience: { text: 'Tokens of {issuers} made for others than STS are accepted.', severity: 'medium' },
    orphan: { text: 'The role trusts {issuers}, which is no provider of the account any more.', severity: 'medium' },
    anyAccount: { text: 'A wildcard lets several service accounts of {issuers} assume the role.', severity: 'low' },
  },

  evaluate({ subject, params, pass, fail, notApplicable }) {
    const known = subject.facets.oidcProviders;
    const audiences = subject.partition === 'aws-cn' ? AUDIENCES_CHINA : AUDIENCES;
    const trusts = irsaTrusts(resourceStatementsOf(subject.trust), known, audiences);
    if (trusts.length === 0) return notApplicable('The role trusts no issuer of EKS.');

    const isOpen = ({ anyNamespace }: Trust) => anyNamespace && !params.allowWildcardNamespaces;
    const flaws = {
      unpinned: trusts.filter(({ unpinned }) => unpinned),
      anyNamespace: trusts.filter(isOpen),
      audience: trusts.filter(({ forSts }) => !forSts),
      orphan: trusts.filter(({ issuer }) => !known.includes(issuer)),
      anyAccount: trusts.filter((each) => each.anyAccount && !isOpen(each)),
    };
    const fails = (['unpinned', 'anyNamespace', 'audience', 'orphan', 'anyAccount'] as const).flatMap((flaw) => {
      const issuers = [...new Set(flaws[flaw].map(({ issuer }) => issuer))];
      return issuers.length > 0 ? [fail(flaw, { issuers: issuers.join(', ') })] : [];
    });
    return fails.length > 0 ? fails : pass();
  },
});
