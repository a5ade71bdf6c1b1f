/** What each hop counts: received = the sum of the outcomes, in every run. */
export const METRICS = [
  'received',
  'ignored',
  'located',
  'looked',
  'evaluated',
  'unknown',
  'opened',
  'resolved',
  'notified',
  'posted',
  'tried',
  'remediated',
  'unfixed',
  'held',
  'failed',
  'stale',
  'later',
  'refusedOrigin',
  'calls',
  'swept',
  'sweepIncomplete',
  'sweepFinished',
  'missedByEvents',
] as const;
export type MetricName = (typeof METRICS)[number];

export interface Metrics {
  count(name: MetricName, by?: number, dimensions?: Readonly<Record<string, string>>): void;
  /** Milliseconds from an event's own time: `eventToVerdict`, `eventToNotice`. */
  duration(name: 'eventToVerdict' | 'eventToNotice', milliseconds: number): void;
}
