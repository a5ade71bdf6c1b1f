import type { KindName, Resource } from '../resources/resource.ts';

export const CHANNELS = [
  'console',
  'cli',
  'sdk',
  'terraform',
  'cloudformation',
  'eksctl',
  'pulumi',
  'crossplane',
  'ack',
  'service',
  'unknown',
] as const;
/** With what a change was made. */
export type Channel = (typeof CHANNELS)[number];

/**
 * Who made a change, as far as the event tells. `principal` is never empty (`unknown` at worst). `person` is the human
 * behind a role where the event names one; `confidence` says how sure that is.
 */
export interface Actor {
  /** The type of `userIdentity`, or `Unknown`. */
  type: string;
  /** The ARN, else the best name there is. */
  principal: string;
  /** The role that was assumed (ARN of the session's issuer), where there is one. */
  role?: string;
  person?: string;
  confidence: 'certain' | 'likely' | 'unknown';
  account?: string;
  channel: Channel;
  /** The address or the AWS service the call came from. */
  address?: string;
  mfa?: boolean;
  /** Made by a tool that owns resources as code: Terraform, CloudFormation, Pulumi, eksctl, Crossplane, ACK. */
  asCode: boolean;
  /** Truncated to 256 characters; anyone may set it, so nothing is decided by it alone. */
  userAgent?: string;
}

/** The change that brought a look or a finding about. */
export interface Cause {
  eventId: string;
  /** `eks:UpdateClusterConfig`. */
  event: string;
  /** When it happened (ms), never later than when it was received: a clock ahead of ours cannot block later events. */
  time: number;
  actor: Actor;
  /** It did not come as an event: the sweep found it in CloudTrail's history afterwards. */
  late?: true;
}

/** A resource that an event touches, and what the event means for its life. */
export interface Touch {
  kind: KindName;
  /** Undefined: the event does not say which one, so every known one of the kind in this scope is read again. */
  id: string | undefined;
  account: string;
  region: string;
  life: 'created' | 'deleted' | 'tagged' | 'changed';
}

/** An event that is itself the fact: only fields that a control may judge, no whole event. */
export interface Sighting {
  /** Kind `principal`; the id is the principal's ARN. */
  resource: Resource;
  event: string;
  eventId: string;
  time: number;
  tlsVersion?: string;
  cipherSuite?: string;
  address?: string;
  userAgent?: string;
}

/** Why an event is not acted on. Each is a counter; none is ever silent. */
export const IGNORED_REASONS = [
  'failed call',
  'read only',
  'not watched',
  'not an event',
  'not from AWS',
  'account mismatch',
  'about another account',
  'touches nothing of ours',
] as const;
export type IgnoredReason = (typeof IGNORED_REASONS)[number];
/** What nobody but a forger or a stranger sends us: counted as `refusedOrigin` too. */
export const REFUSED_REASONS: ReadonlySet<IgnoredReason> = new Set(['not from AWS', 'account mismatch']);

export type Located =
  | { ignored: IgnoredReason; event: string; eventId: string }
  | {
      event: string;
      eventId: string;
      account: string;
      region: string;
      cause: Cause;
      touches: Touch[];
      sightings: Sighting[];
    };

/**
 * A message on the rechecks queue: read this resource again and judge it. `seenAt` (ms) is the changes queue's own
 * timestamp; `due` (ms) is when a delayed one should be done.
 */
export interface Recheck {
  resource: Resource;
  seenAt: number;
  life: Touch['life'];
  cause?: Cause;
  due?: number;
  /** Of a delayed one: which chain of waiting it belongs to (see `PendingLook`), and how often that has waited. */
  chain?: string;
  hops?: number;
  why:
    | 'event'
    | 'link'
    | 'unsettled'
    | 'unavailable'
    | 'not-visible'
    | 'second-look'
    | 'pace'
    | 'fix'
    | 'sweep'
    /** A person asks, and waits for nothing: never on a queue. */
    | 'scan'
    | 'retired';
  sighting?: Sighting;
  /** Of the first sweep of a scope: what it finds is told in one summary, and not by itself. */
  inventory?: true;
}
