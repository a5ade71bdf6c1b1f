import { at, type Json, object, text } from '../resources/json.ts';
import type { Actor } from './change.ts';
import { channelOf, isAsCode, isTrue } from './channel.ts';
import { isFederated, personOf } from './person.ts';

/** An ARN with the longest path and name that IAM allows is shorter. */
const LONGEST_ARN = 1024;
const LONGEST_TEXT = 256;

/** Who made a change, from whatever stands in `userIdentity` and beside it. Credentials are never read. */
export function actorOf(detail: Json): Actor {
  const identity = object(detail, 'userIdentity');
  const role = roleOf(identity);
  const who = personOf(detail);
  const channel = channelOf(detail, role);
  const mfa = mfaOf(detail, identity);
  return {
    type: cut(text(identity, 'type') ?? 'Unknown', LONGEST_TEXT),
    principal: cut(principalOf(identity), LONGEST_ARN),
    ...(role ? { role: cut(role, LONGEST_ARN) } : {}),
    ...(who ? { person: cut(who.person, LONGEST_TEXT) } : {}),
    confidence: who?.confidence ?? 'unknown',
    ...shortText('account', text(identity, 'accountId')),
    channel,
    ...shortText('address', text(detail, 'sourceIPAddress')),
    ...(mfa === undefined ? {} : { mfa }),
    asCode: isAsCode(channel),
    ...shortText('userAgent', text(detail, 'userAgent')),
  };
}

/** A service acting for itself has but its name; a caller from another account but an id; an Identity Center user an id of its own. */
function principalOf(identity: Json): string {
  return (
    text(identity, 'arn') ??
    text(identity, 'userName') ??
    text(object(identity, 'onBehalfOf'), 'userId') ??
    text(identity, 'principalId') ??
    text(identity, 'invokedBy') ??
    text(identity, 'credentialId') ??
    text(identity, 'accountId') ??
    'unknown'
  );
}

/** The role itself: the session's own ARN leaves out the role's path. Undefined where the record was cut short. */
function roleOf(identity: Json): string | undefined {
  const issuer = at(identity, 'sessionContext', 'sessionIssuer');
  return text(issuer, 'type') === 'Role' ? text(issuer, 'arn') : undefined;
}

/** Undefined: the event does not say. A long-lived key has no session, and what a provider asked for AWS does not know. */
function mfaOf(detail: Json, identity: Json): boolean | undefined {
  const used = at(detail, 'additionalEventData', 'MFAUsed');
  if (used === 'Yes' || used === 'No') return used === 'Yes';
  const told = at(identity, 'sessionContext', 'attributes', 'mfaAuthenticated');
  if (isTrue(told)) return true;
  return told === undefined || isFederated(identity) ? undefined : false;
}

function shortText<Name extends 'account' | 'address' | 'userAgent'>(name: Name, value: string | undefined) {
  return value === undefined ? {} : ({ [name]: cut(value, LONGEST_TEXT) } as Record<Name, string>);
}

function cut(value: string, longest: number): string {
  return value.length > longest ? value.slice(0, longest).toWellFormed() : value;
}
