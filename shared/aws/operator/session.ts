import { SettingError, UserMistake } from '../../runtime/errors.ts';
import { stsAssume } from '../client-pool.ts';
import { failureOf } from '../failure.ts';
import { type Calling, once } from '../own/calling.ts';
import type { Read } from '../read.ts';

export interface Reaching {
  region: string;
  /** A profile of the person's own AWS configuration; without it what every AWS tool takes. */
  profile?: string | undefined;
  /** A role to take on first. */
  roleArn?: string | undefined;
}

/** A person's way to AWS: for commands and deployments, never for a function. */
export interface OperatorSession {
  region: string;
  /** What a client is built with, in the session's own region or in another. */
  calling(region?: string): Calling;
}

/** A person waits; a proxy or a far region may be slow (ms for one attempt). */
const REQUEST_TIMEOUT = 15_000;
const EARLY = 60_000;

/** Asks AWS for nothing yet. Endpoints and credentials come from the environment, as every AWS tool takes them. */
export function operatorSession({ region, profile, roleArn }: Reaching): OperatorSession {
  const own = profile === undefined ? {} : { profile };
  const credentials = roleArn === undefined ? {} : { credentials: takenOn(roleArn, region, own) };
  const client = { ...own, ...credentials };
  return { region, calling: (other = region) => ({ region: other, requestTimeout: REQUEST_TIMEOUT, client }) };
}

/** The same way in another region. */
export function inRegion({ calling }: OperatorSession, region: string): OperatorSession {
  return { region, calling: (other = region) => calling(other) };
}

/** Credentials of a role, asked for again shortly before they end. */
function takenOn(roleArn: string, region: string, own: Readonly<Record<string, unknown>>) {
  const assume = stsAssume(region, { sdk: own }, () => {});
  const ask = () => once(() => assume({ RoleArn: roleArn, RoleSessionName: 'eks-warden' }));
  let held = ask();
  return async () => {
    const credentials = await held();
    if (credentials.expiration.getTime() - EARLY > Date.now()) return credentials;
    held = ask();
    return held();
  };
}

/** One answer as a value. `gone` says which errors of the service mean that what was asked for does not exist. */
export async function asked<T>(
  action: string,
  ask: () => Promise<T>,
  gone: (error: Error) => boolean = () => false,
): Promise<Read<T>> {
  const began = Date.now();
  try {
    return { outcome: 'found', value: await ask(), began };
  } catch (error) {
    if (error instanceof Error && gone(error)) return { outcome: 'gone', began };
    const failure = meaning(error, action);
    if (failure === undefined) throw error;
    if (failure.outcome === 'gone') return { outcome: 'gone', began };
    return { outcome: failure.outcome, began, action: failure.action, why: failure.why };
  }
}

function meaning(error: unknown, action: string): ReturnType<typeof failureOf> {
  try {
    return failureOf(error, action);
  } catch (problem) {
    if (problem instanceof SettingError) throw noCredentials(problem);
    throw problem;
  }
}

function noCredentials(cause: SettingError): UserMistake {
  const said = cause.cause instanceof Error ? cause.cause.message : '';
  if (SSO_ENDED.test(said)) {
    return new UserMistake('The SSO session has ended: sign in again (aws sso login, with the name of the profile).', {
      cause,
    });
  }
  return new UserMistake(
    'No AWS credentials were found, or they cannot be used: sign in (aws sso login), or name a profile with --profile.',
    { cause },
  );
}

/** In the SDK's own words, which have no code of their own. */
const SSO_ENDED = /\bSSO session\b/;
const ENDED = /^(?:ExpiredToken|RequestExpired)/;
const UNKNOWN_KEYS = /^(?:InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|SignatureDoesNotMatch)/;

/** Why something was not read, as one sentence for a person: what is missing and what to do. */
export function unreadText(read: Exclude<Read<unknown>, { outcome: 'found' | 'gone' }>): string {
  const { outcome, action, why } = read;
  if (ENDED.test(why)) return 'The AWS credentials have ended: sign in again.';
  if (UNKNOWN_KEYS.test(why)) return `AWS does not take these credentials (${why.replace(/\.$/, '')}): sign in again.`;
  if (outcome === 'refused') return `Denied: eks-warden needs ${action} for this (${why.replace(/\.$/, '')}).`;
  if (outcome === 'unavailable') return `AWS did not answer (${why.replace(/\.$/, '')}): try again.`;
  return `AWS's answer cannot be used (${why.replace(/\.$/, '')}).`;
}

/** The value of a read that a command cannot do without; anything else ends it with a sentence. `gone` says what is not there. */
export function needed<T>(read: Read<T>, gone: string): T {
  if (read.outcome === 'found') return read.value;
  throw new UserMistake(read.outcome === 'gone' ? gone : unreadText(read));
}
