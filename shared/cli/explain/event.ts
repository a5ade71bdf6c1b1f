import type { Baseline } from '../../baseline/baseline.ts';
import type { Cause, IgnoredReason } from '../../changes/change.ts';
import { envelopeOf } from '../../changes/envelope.ts';
import { locate } from '../../changes/locate.ts';
import { CATALOGUE } from '../../controls/catalogue.ts';
import { interestOf } from '../../findings/interest.ts';
import { field } from '../../resources/json.ts';
import { KINDS } from '../../resources/kinds.ts';
import { concerned } from '../replay/concerned.ts';
import { timeOf } from '../replay/records.ts';
import type { RecheckLine, SightingLine } from '../replay/replayed.ts';

/** Why an event was or was not acted on, by the very steps of the deployed functions. */
export interface ExplainedEvent {
  event: string;
  eventId: string;
  ignored?: IgnoredReason;
  /** Controls that would want it, and are off. */
  off: readonly string[];
  cause?: Cause;
  rechecks: readonly RecheckLine[];
  sightings: readonly SightingLine[];
  /** What the table says came of it; undefined where it was not asked. */
  outcome?: readonly Outcome[];
}

/** A step that a finding made because of the event. */
export interface Outcome {
  finding: string;
  from: string;
  to: string;
  at: number;
}

export function explainEvent(record: unknown, baseline: Baseline): ExplainedEvent {
  const isEnvelope = field(record, 'detail-type') !== undefined;
  const interest = interestOf(baseline);
  const located = locate(isEnvelope ? record : envelopeOf(record), {
    kinds: KINDS,
    watched: interest.events,
    receivedAt: timeOf(record),
  });
  const { event, eventId } = located;
  const off = offOf(event, baseline);
  if ('ignored' in located) return { event, eventId, ignored: located.ignored, off, rechecks: [], sightings: [] };
  const lines = concerned(located, interest, baseline);
  const nothing = lines.rechecks.length === 0 && lines.sightings.length === 0;
  const ignored = nothing ? { ignored: 'touches nothing of ours' as const } : {};
  return { event, eventId, ...ignored, off, cause: located.cause, ...lines };
}

function offOf(event: string, { controls }: Baseline): string[] {
  const on = new Set(controls.map(({ id }) => id));
  return CATALOGUE.filter(({ id, triggers }) => !on.has(id) && triggers.includes(event)).map(({ id }) => id);
}
