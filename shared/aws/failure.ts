import { SettingError } from '../runtime/errors.ts';
import { GONE, REFUSED, SOCKET, UNAVAILABLE } from './codes.ts';

/** What an exception of the SDK means. `why` holds the code and the action: never a message, a request or an answer. */
export type Failure =
  | { outcome: 'gone'; code: string }
  | { outcome: 'refused' | 'unavailable' | 'malformed'; code: string; action: string; why: string };

/** An account that could not be entered; thrown through the SDK by its credentials provider. */
export class NotEntered extends Error {
  override name = 'NotEntered';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super('The account could not be entered.');
    this.failure = failure;
  }
}

/** The fields that errors of the SDK, of Node's sockets and of deserialisation have between them. */
interface Thrown {
  name?: unknown;
  code?: unknown;
  message?: unknown;
  $fault?: unknown;
  $metadata?: { httpStatusCode?: unknown };
  $response?: { statusCode?: unknown };
}

/**
 * Undefined for what is none of AWS's: a bug, to be thrown. A code that AWS gives and nobody here knows is `malformed`:
 * it makes unknown what it was asked for, and never closes anything.
 */
export function failureOf(error: unknown, action: string): Failure | undefined {
  if (error instanceof NotEntered) return error.failure;
  if (typeof error !== 'object' || error === null) return undefined;
  const thrown = error as Thrown;
  const code = codeOf(thrown);
  if (code === 'CredentialsProviderError' || code === 'TokenProviderError') {
    throw new SettingError('No AWS credentials were found: sign in, or set AWS_PROFILE.', { cause: error });
  }
  const status = Number(thrown.$metadata?.httpStatusCode ?? thrown.$response?.statusCode ?? 0);
  const fromAws = thrown.$fault !== undefined || thrown.$response !== undefined;
  if (status >= 500 || status === 429 || UNAVAILABLE.test(code) || isSocket(thrown)) {
    return { outcome: 'unavailable', code, action, why: `${code} on ${action}.` };
  }
  if (!fromAws) return undefined;
  if (GONE[serviceOf(action)]?.test(code)) return { outcome: 'gone', code };
  if (REFUSED.test(code) || status === 401 || status === 403) return refused(thrown, code, action);
  return { outcome: 'malformed', code, action, why: `${code} on ${action}.` };
}

/** A message names the permission that is missing, which may be another than the action's own. */
function refused({ message }: Thrown, code: string, action: string): Failure {
  const text = typeof message === 'string' ? message : '';
  const missing = /not authorized to perform: ([a-z0-9-]{2,32}:[A-Za-z]{3,64})\b/.exec(text)?.[1] ?? action;
  const policy =
    /explicit deny in an? ((?:service control|resource control|session|identity-based|resource-based) policy|permissions boundary)/.exec(
      text,
    )?.[1];
  const because = policy === undefined ? '' : `: an explicit deny in a ${policy}`;
  return { outcome: 'refused', code, action: missing, why: `${code} on ${missing}${because}.` };
}

/** EC2 prefixes some codes with `Client.` and `Server.`; a broken connection has its code elsewhere. */
function codeOf(thrown: Thrown): string {
  const code = String((isSocket(thrown) ? thrown.code : thrown.name) ?? '').replace(/^(?:Client|Server)\./, '');
  return /^[A-Za-z0-9._-]{1,80}$/.test(code) && code !== 'Error' ? code : 'An unnamed error';
}

function isSocket({ code }: Thrown): boolean {
  return typeof code === 'string' && SOCKET.test(code);
}

function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(':'));
}
