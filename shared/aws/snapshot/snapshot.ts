import type { Place } from '../place.ts';

/** What one read came to, as a snapshot keeps it. `missing` is the permission that a refused one lacked. */
export type Answer = { began: number } & (
  | { outcome: 'found'; value: unknown }
  | { outcome: 'gone' }
  | { outcome: 'refused' | 'unavailable' | 'malformed'; missing: string; why: string }
);

export type SnapshotRead = Place & { action: string; input: object } & Answer;

/** Reads and their answers: an account as it was, for work without AWS. Secrets never enter one. */
export interface Snapshot {
  eksWardenSnapshot: 1;
  /** ISO 8601. */
  takenAt: string;
  accounts: string[];
  reads: SnapshotRead[];
}
