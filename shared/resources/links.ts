import { arnName, arnParts } from './arn.ts';
import { isId } from './ids.ts';
import { GLOBAL, type KindName, type Link, type Resource } from './resource.ts';

/** A link to something in the account and region of the resource itself; none for what is absent or no id. */
export function near(from: Resource, kind: KindName, id: string | undefined, as: string): Link[] {
  const { account, region } = from;
  return isId(kind, id) ? [{ to: { kind, id, account, region }, as }] : [];
}

export function toRole(arn: string | undefined, as: string): Link[] {
  const parts = arn === undefined ? undefined : arnParts(arn);
  const id = arn === undefined ? undefined : arnName(arn, 'role')?.split('/').at(-1);
  return parts && isId('role', id) ? [{ to: { kind: 'role', id, account: parts.account, region: GLOBAL }, as }] : [];
}

/** None for AWS's own policies: nobody changes those, and no event tells. */
export function toPolicy(arn: string | undefined, as: string): Link[] {
  const parts = arn === undefined ? undefined : arnParts(arn);
  const id = arn === undefined ? undefined : arnName(arn, 'policy');
  if (!parts || parts.account === 'aws' || !isId('policy', id)) return [];
  return [{ to: { kind: 'policy', id, account: parts.account, region: GLOBAL }, as }];
}

/** None for an alias: an event names the key behind it. */
export function toKey(arn: string | undefined, as: string): Link[] {
  const parts = arn === undefined ? undefined : arnParts(arn);
  const id = arn === undefined ? undefined : arnName(arn, 'key');
  return parts && isId('key', id)
    ? [{ to: { kind: 'key', id, account: parts.account, region: parts.region }, as }]
    : [];
}

/** `issuer` is the URL that tokens name; a provider goes by the same without its scheme. */
export function toIssuer(from: Resource, issuer: string | undefined, as: string): Link[] {
  const id = issuer?.replace(/^https:\/\//, '');
  return isId('oidc-provider', id)
    ? [{ to: { kind: 'oidc-provider', id, account: from.account, region: GLOBAL }, as }]
    : [];
}
