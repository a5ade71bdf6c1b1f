import type { Cause, Recheck } from '../changes/change.ts';
import type { Severity } from '../controls/define-control.ts';
import type { Said } from '../evaluation/verdict.ts';
import type { Link, Resource } from '../resources/resource.ts';

export const STATES = ['open', 'unsure', 'fixing', 'waived', 'closed'] as const;
export type State = (typeof STATES)[number];

export const INPUTS = ['fail', 'waive', 'pass', 'unknown', 'gone', 'fix-started', 'fix-failed'] as const;
export type Input = (typeof INPUTS)[number];

/** Why a finding closed: it passes, its resource is gone or nothing uses it any more, its control no longer judges it, or it was not seen again. */
export const CLOSED_BECAUSE = ['passes', 'not-applicable', 'deleted', 'unused', 'retired', 'quiet'] as const;
export type ClosedBecause = (typeof CLOSED_BECAUSE)[number];

/** What is known about one control on one resource; passes are kept too, because knowing that it was judged makes order safe. */
export interface Finding {
  state: State;
  severity: Severity;
  said: readonly Said[];
  /** The judged value in words, now and at the last state before this one. */
  shows?: string;
  before?: string;
  /** When it first failed, and since when it has been in this state (ms). */
  firstSeen?: number;
  since: number;
  cause?: Cause;
  closedBecause?: ClosedBecause;
  waiver?: { reason: string; until: string; approvedBy: string; ticket?: string };
  /** Since when its reads have been refused or malformed (ms); an open finding stays open meanwhile. */
  unreadSince?: number;
  /** Why it is unread, and the IAM action whose permission is missing. */
  unread?: { why: string; missing?: string };
  /** When it was last told again, because nobody had acknowledged it (ms); only while it is open. */
  reminded?: number;
  notJudged?: string;
  /** What a fix would call, as `service:Action {input}`; only while it fails. */
  plan?: readonly string[];
  fix?: FixSummary;
  /** Sightings: how often it was seen, when last, and the last 50 event ids, so that each counts once. */
  seen?: { count: number; last: number; eventIds: readonly string[] };
}

export interface FixSummary {
  id: string;
  status: 'planned' | 'held' | 'started' | 'verified' | 'unverified' | 'failed' | 'undone';
  /** Which guard held it, or why it failed. */
  why?: string;
  startedAt?: number;
  /** After this, a fail is a failed fix (ms). */
  deadline?: number;
  action?: string;
  /** Held because a person had undone it. */
  undone?: true;
}

/** A later look that is on its way: only the message with this `chain` makes it, an older one is superseded. */
export interface PendingLook {
  due: number;
  chain: string;
  /** Why it comes: all but a second look are followed by one. It may have changed since the message was sent. */
  why: Recheck['why'];
  /** Since when we wait for the resource to settle or for AWS to answer (ms); absent for a mere second look. */
  waitingSince?: number;
  /** When a look last had to wait (ms): it counts as a look for the pace. */
  triedAt?: number;
  /** Nothing but the first sweep of a scope asked for it: see `Recheck`. */
  inventory?: true;
  /** Of the newest change that joined the chain: its message is older and names another, or none. */
  cause?: Cause;
}

/** The item of one resource: `pk = account#region#kind#id`, `sk = 'state'`. */
export interface ResourceState extends Resource {
  pk: string;
  sk: 'state';
  schema: 1;
  /** Counts writes; every write is conditional on the version it read. */
  version: number;
  /** The start of the oldest read of the newest look (ms); absent: never looked at. */
  observedAt?: number;
  generation?: string;
  clusters: readonly string[];
  links: readonly Link[];
  /** How many more links there are than the item has room for. */
  surplus?: number;
  /** Far ends that this write let go of: the next look makes sure that their links are away. */
  leaving?: readonly Resource[];
  tags?: Record<string, string>;
  /** The one pending later look (ms). */
  look?: PendingLook;
  /** Waited two hours and still not settled: judged as it was. */
  judgedUnsettled?: boolean;
  findings: Record<string, Finding>;
  /** Set where this write changed a finding's state: the stream's filter. */
  news?: 1;
  /** The version of the write whose news is told in the summary of a first sweep only: of no other write. */
  quiet?: number;
  /** The resource does not exist; the item stays as a tombstone until `ttl` (seconds). */
  gone?: ClosedBecause;
  ttl?: number;
  /** `account#region` and worst severity, only while something is not in order: the keys of the sparse index. */
  scope?: string;
  rank?: string;
}

/** One finding's step from one state to another, as announced; derived from the two images of a stream record. */
export interface Transition {
  resource: Resource;
  control: string;
  from: State | undefined;
  to: State;
  finding: Finding;
  generation?: string;
  clusters: readonly string[];
  tags: Record<string, string>;
  /** The version of the item that carries it. */
  version: number;
}
