import { arnName, decoded } from './arn.ts';
import { firstId } from './ids.ts';
import { at, text } from './json.ts';
import { defineKind, type Locate } from './kind.ts';

/** An issuer's URL as IAM names it: without its scheme. */
export function issuerOf(url: string): string {
  return url.replace(/^https:\/\//, '');
}

const named: Locate = ({ request, response }) => {
  const arn = text(request, 'openIDConnectProviderArn') ?? text(response, 'openIDConnectProviderArn') ?? '';
  const url = text(request, 'url');
  return firstId('oidc-provider', arnName(decoded(arn) ?? '', 'oidc-provider'), url && issuerOf(url));
};

/** A cluster's answer names its issuer once EKS has made one: on deletion, not yet on creation. */
const ofCluster: Locate = ({ response }) => {
  const issuer = at(response, 'cluster', 'identity', 'oidc', 'issuer');
  return typeof issuer === 'string' ? firstId('oidc-provider', issuerOf(issuer)) : [];
};

export const oidcProvider = defineKind()({
  kind: 'oidc-provider',
  called: 'OIDC provider',
  judged: 'linked',
  global: true,
  actions: [],
  facets: {},
  lifecycle: { created: [], deleted: [], tagged: [] },
  touchedBy: {
    'iam:CreateOpenIDConnectProvider': named,
    'iam:DeleteOpenIDConnectProvider': named,
    'iam:AddClientIDToOpenIDConnectProvider': named,
    'iam:UpdateOpenIDConnectProviderThumbprint': named,
    'eks:CreateCluster': ofCluster,
    'eks:DeleteCluster': ofCluster,
  },
  reachedThrough: [],
});
