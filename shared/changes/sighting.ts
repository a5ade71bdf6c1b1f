import { object, text } from '../resources/json.ts';
import type { Actor, Cause, Sighting } from './change.ts';
import type { Envelope } from './envelope.ts';
import { regionOf, type Touched } from './touches.ts';

/** Longest of TLS's own names that are kept. */
const LONGEST = 128;

/** An event that is itself the fact, for the kinds that are judged by such. A call without `tlsDetails` came from inside AWS: it shows nothing. */
export function sightingsOf(envelope: Envelope, touched: readonly Touched[], { actor, time }: Cause): Sighting[] {
  const { event, eventId, account, region, detail } = envelope;
  const tls = object(detail, 'tlsDetails');
  const tlsVersion = text(tls, 'tlsVersion')?.slice(0, LONGEST);
  const cipherSuite = text(tls, 'cipherSuite')?.slice(0, LONGEST);
  if (tlsVersion === undefined) return [];
  return touched
    .filter(({ kind }) => kind.judged === 'sighting')
    .map(({ kind }) => ({
      resource: { kind: kind.kind, id: principalId(actor), account, region: regionOf(kind, region) },
      event,
      eventId,
      time,
      tlsVersion,
      ...(cipherSuite ? { cipherSuite } : {}),
      ...(actor.address ? { address: actor.address } : {}),
      ...(actor.userAgent ? { userAgent: actor.userAgent } : {}),
    }));
}

/** A person's own session, else the role: a machine's sessions have a new name each time and would be a finding each. */
function principalId({ person, role, principal }: Actor): string {
  return (person === undefined ? (role ?? principal) : principal).replaceAll(/\s+/g, '_');
}
