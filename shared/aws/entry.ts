import { type Clock, MINUTE, SECOND } from '../runtime/clock.ts';
import { failureOf, NotEntered } from './failure.ts';
import { partitionOf, roleArnOf } from './partition.ts';
import type { Way } from './place.ts';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiration: Date;
}

export interface EntrySettings {
  /** The account that the code runs in: entered with its own credentials. */
  home: string;
  /** The region that STS is asked in; it gives the partition too. */
  region: string;
  /** The registry. No other account is ever entered, whoever names it. */
  accounts: readonly string[];
  externalId?: string;
  /** Begins and ends with a slash. */
  rolePath?: string;
}

/** What STS is asked for a role. */
export interface RoleRequest {
  RoleArn: string;
  RoleSessionName: string;
  ExternalId?: string;
}

type Assume = (request: RoleRequest) => Promise<Credentials>;

/** Fixed names, the same in every account that is watched. */
export const ROLES: Readonly<Record<Way, string>> = { read: 'eks-warden-read', fix: 'eks-warden-fix' };
/** Credentials are renewed while they still hold for the calls under way. */
const EARLY = 5 * MINUTE;
/** A refused account is not asked for again with each read. */
const REFUSED_FOR = 10 * SECOND;

interface Entered {
  until: number;
  credentials: Promise<Credentials>;
}

/** Credentials for an account; undefined for our own, which has the default ones. Throws `NotEntered`. */
export type Enter = (account: string, way: Way) => Promise<Credentials | undefined>;

export function entry(settings: EntrySettings, assume: Assume, now: Clock): Enter {
  const entered = new Map<string, Entered>();
  return async (account, way) => {
    if (account === settings.home) return undefined;
    if (!settings.accounts.includes(account)) throw notRegistered();
    const key = `${account} ${way}`;
    const known = entered.get(key);
    if (known && now() < known.until) return known.credentials;
    const fresh: Entered = { until: Number.POSITIVE_INFINITY, credentials: assumed(settings, assume, account, way) };
    entered.set(key, fresh);
    fresh.until = await fresh.credentials.then(
      ({ expiration }) => expiration.getTime() - EARLY,
      () => now() + REFUSED_FOR,
    );
    return fresh.credentials;
  };
}

async function assumed(settings: EntrySettings, assume: Assume, account: string, way: Way): Promise<Credentials> {
  const { region, externalId, rolePath = '/' } = settings;
  const request = {
    RoleArn: roleArnOf(partitionOf(region), account, ROLES[way], rolePath),
    RoleSessionName: 'eks-warden',
    ...(externalId === undefined ? {} : { ExternalId: externalId }),
  };
  try {
    return await assume(request);
  } catch (error) {
    const failure = failureOf(error, 'sts:AssumeRole');
    throw failure ? new NotEntered(failure) : error;
  }
}

function notRegistered(): NotEntered {
  const action = 'sts:AssumeRole';
  const why = 'The account is not on the registry.';
  return new NotEntered({ outcome: 'refused', code: 'NotRegistered', action, why });
}
