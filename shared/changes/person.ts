import { at, field, type Json, object, text } from '../resources/json.ts';
import type { Actor } from './change.ts';
import { isTrue } from './channel.ts';

export type Person = Required<Pick<Actor, 'person' | 'confidence'>>;

/**
 * IAM Identity Center makes one role for each permission set in each account; its sessions are named after people. Only
 * AWS can make a role under this path, anybody one of such a name.
 */
const SSO_ROLE = /:role\/aws-reserved\/sso\.amazonaws\.com\/(?:[a-z0-9-]+\/)?AWSReservedSSO_[^/]+$/;
const LIKE_SSO = /:assumed-role\/AWSReservedSSO_/;

/**
 * The human behind a call. Certain is what nobody but AWS or the identity provider can set: the source identity, which
 * outlasts a chain of roles, and the session of an Identity Center role. Likely is what the caller chose itself.
 */
export function personOf(detail: Json): Person | undefined {
  const identity = object(detail, 'userIdentity');
  const session = object(identity, 'sessionContext');
  const vouched =
    text(session, 'sourceIdentity') ??
    (isSso(identity) ? sessionName(identity) : undefined) ??
    text(object(identity, 'onBehalfOf'), 'userId');
  if (vouched !== undefined) return { person: vouched, confidence: 'certain' };
  return byType(detail, identity, session);
}

function byType(detail: Json, identity: Json, session: Json): Person | undefined {
  const type = text(identity, 'type');
  const userName = text(identity, 'userName');
  if (type === 'SAMLUser') return named(userName, 'certain');
  if (type === 'IAMUser') {
    const atConsole =
      isTrue(field(detail, 'sessionCredentialFromConsole')) || text(detail, 'eventType') === 'AwsConsoleSignIn';
    const isSure = atConsole || isTrue(at(session, 'attributes', 'mfaAuthenticated'));
    return named(userName ?? lastPart(text(identity, 'arn')), isSure ? 'certain' : 'likely');
  }
  if (type === 'FederatedUser') return named(lastPart(text(identity, 'arn')), 'likely');
  if (field(session, 'webIdFederationData') !== undefined) return undefined;
  const name = sessionName(identity);
  const isPersonal =
    name?.includes('@') ||
    isTrue(field(detail, 'sessionCredentialFromConsole')) ||
    LIKE_SSO.test(text(identity, 'arn') ?? '');
  return isPersonal ? named(name, 'likely') : undefined;
}

/** Whether a provider let the caller in: it asks for a second factor itself, and `mfaAuthenticated` is always "false". */
export function isFederated(identity: Json): boolean {
  return isSso(identity) || at(identity, 'sessionContext', 'webIdFederationData') !== undefined;
}

function isSso(identity: Json): boolean {
  const issuer = at(identity, 'sessionContext', 'sessionIssuer', 'arn');
  return typeof issuer === 'string' && SSO_ROLE.test(issuer);
}

/** Behind the role's name in the ARN, or behind its id where the ARN is missing: a caller from another account has only that. */
function sessionName(identity: Json): string | undefined {
  const arn = text(identity, 'arn');
  if (arn !== undefined) return arn.includes(':assumed-role/') ? lastPart(arn) : undefined;
  const [, ...name] = (text(identity, 'principalId') ?? '').split(':');
  return name.join(':') || undefined;
}

function lastPart(arn: string | undefined): string | undefined {
  return arn?.split('/').slice(1).at(-1) || undefined;
}

function named(person: string | undefined, confidence: Person['confidence']): Person | undefined {
  return person === undefined ? undefined : { person, confidence };
}
