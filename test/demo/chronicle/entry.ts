import type { Actor, Recheck } from '../../../shared/changes/change.ts';
import type { ClosedBecause, ResourceState, Transition } from '../../../shared/findings/finding.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import type { Resource } from '../../../shared/resources/resource.ts';
import type { SlackPost } from '../../support/cloud/own/slack-receiver.ts';

/** One call to an audited account: `outcome` is `done`, an error's code, or the kind of fault. */
export interface Call {
  action: string;
  outcome: string;
  times: number;
}

export interface EventEntry {
  what: 'event';
  event: string;
  eventId: string;
  /** How often it was delivered in this batch. */
  copies: number;
  /** When it happened (ms): before `at` where it came late. */
  time: number;
  account: string;
  region: string;
  actor: Actor;
  resources: readonly Resource[];
  /** Why nothing is read again; undefined where something is. */
  ignored?: string;
  /** Made by our own fixing role. */
  own: boolean;
}

export interface LookEntry {
  what: 'look';
  why: Recheck['why'];
  resource: Resource;
  calls: readonly Call[];
  /** As it was written; undefined where the look wrote nothing. */
  state: ResourceState | undefined;
  transitions: readonly Transition[];
  /** Findings that stay as they were because they could not be read. */
  unread: readonly { control: string; why: string; missing?: string }[];
  later?: { why: Recheck['why']; due: number };
  gone?: ClosedBecause;
}

export type FixStep =
  | { step: 'planned'; calls: readonly string[] }
  | { step: 'called'; call: Call }
  | { step: 'held'; why: string }
  | { step: 'followed'; updateId: string }
  | { step: 'ended' }
  | { step: 'failed'; why: string };

/** What happened, in the order in which it happened: all that the timeline, the page and the sums are made of. */
export type Entry = { at: number } & (
  | { what: 'scene'; number: number; title: string; lead: string | undefined }
  | EventEntry
  | LookEntry
  | { what: 'notice'; notice: Notice; to: readonly string[] }
  | { what: 'slack'; post: SlackPost }
  | ({ what: 'fix'; resource: Resource; control: string } & FixStep)
  | { what: 'trouble'; text: string }
);

export type EntryOf<W extends Entry['what']> = Extract<Entry, { what: W }>;
