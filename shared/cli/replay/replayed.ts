import type { Baseline } from '../../baseline/baseline.ts';
import type { Channel, IgnoredReason, Located } from '../../changes/change.ts';
import type { Severity } from '../../controls/define-control.ts';
import type { KindName } from '../../resources/resource.ts';

/** A resource that would be read again because of an event, as the document lists it. */
export interface RecheckLine {
  eventId: string;
  event: string;
  kind: KindName;
  /** Null: the event does not say which one, so every known one of the kind is read again. */
  id: string | null;
  account: string;
  region: string;
  /** The person where the event names one, else the principal. */
  actor: string;
  channel: Channel;
  controls: readonly string[];
}

/** An event that is itself the fact. */
export interface SightingLine extends RecheckLine {
  tlsVersion?: string;
  cipherSuite?: string;
}

export interface ErrorLine {
  file: string;
  /** Counts the file's records from 1; null: the file as a whole. */
  record: number | null;
  problem: string;
}

/** What only the table shows besides. */
export interface Setting {
  time: number;
  address: string | undefined;
}

export interface Counts {
  events: number;
  ignored: Partial<Record<IgnoredReason, number>>;
}

/** Is told what a replay finds, as it goes on: nothing but sightings and errors is kept. */
export interface Teller {
  recheck(line: RecheckLine, setting: Setting): void;
  sighting(line: SightingLine, setting: Setting): void;
  error(line: ErrorLine): void;
  end(counts: Counts, seen: Seen): void;
}

export type LocatedEvent = Exclude<Located, { ignored: IgnoredReason }>;

/** What a snapshot makes of the events; each list as the document prints it. */
export interface Seen {
  verdicts: readonly unknown[];
  findings: readonly { severity: Severity; state: string; control: string; resource: string; text: string }[];
  notices: readonly { text: string }[];
}

/** Judges what the events touch as a snapshot shows it. */
export type LookAtSnapshot = (located: readonly LocatedEvent[], snapshot: string, baseline: Baseline) => Promise<Seen>;
