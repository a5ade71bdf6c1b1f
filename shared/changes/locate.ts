import type { AnyKind } from '../resources/kind.ts';
import { actorOf } from './actor.ts';
import type { Actor, Cause, IgnoredReason, Located } from './change.ts';
import { type Envelope, parseEnvelope } from './envelope.ts';
import { hasFailed, isReadOnly } from './outcome.ts';
import { sightingsOf } from './sighting.ts';
import { touchedKinds, touchesOf } from './touches.ts';

export interface Locating {
  kinds: readonly AnyKind[];
  /** The events that the baseline's controls and their kinds' lives want; undefined: all that a kind knows. */
  watched?: ReadonlySet<string> | undefined;
  /** When we got it (ms), by a clock of ours. */
  receivedAt: number;
}

/** What an event means: which resources are to be read again, or why nothing is. Never throws, whatever JSON comes in. */
export function locate(input: unknown, { kinds, watched, receivedAt }: Locating): Located {
  const parsed = parseEnvelope(input);
  if ('reason' in parsed) {
    const { reason, event, eventId } = parsed;
    return { ignored: reason, event, eventId };
  }
  const { envelope } = parsed;
  const { event, eventId, account, region } = envelope;
  const known = touchedKinds(kinds, event);
  const reason = whyIgnored(envelope, watched?.has(event) ?? known.length > 0);
  if (reason !== undefined) return { ignored: reason, event, eventId };

  const cause = causeOf(envelope, receivedAt);
  const touches = touchesOf(envelope, known);
  const sightings = sightingsOf(envelope, known, cause);
  if (touches.length === 0 && sightings.length === 0) return { ignored: 'touches nothing of ours', event, eventId };
  return { event, eventId, account, region, cause, touches, sightings };
}

function whyIgnored(envelope: Envelope, isWatched: boolean): IgnoredReason | undefined {
  if (hasFailed(envelope)) return 'failed call';
  if (isReadOnly(envelope)) return 'read only';
  return isWatched ? undefined : 'not watched';
}

function causeOf(envelope: Envelope, receivedAt: number): Cause {
  const { event, eventId, time = receivedAt } = envelope;
  return { eventId, event, time: Math.min(time, receivedAt), actor: whoDid(envelope) };
}

/** A scan is the service's own doing; who pushed an image its native event does not tell. */
function whoDid({ event, call, detail }: Envelope): Actor {
  if (call !== undefined || event === 'ecr:ImageAction') return actorOf(detail);
  const service = event.slice(0, event.indexOf(':'));
  return actorOf({ userIdentity: { type: 'AWSService', invokedBy: `${service}.amazonaws.com` } });
}
