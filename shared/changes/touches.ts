import { isId } from '../resources/ids.ts';
import { field, type Json, object } from '../resources/json.ts';
import type { AnyKind, TouchedBy } from '../resources/kind.ts';
import type { Touch } from './change.ts';
import type { Envelope } from './envelope.ts';

/** CloudTrail's mark on a field that was too large to keep. */
const OMITTED = 'omitted';
const NOTHING: Json = Object.freeze({});

/**
 * What an event touches: each resource once. What is no name by AWS's own pattern is never handed on: the touch then
 * has no id, and every known resource of the kind in this account and region is read again.
 */
export function touchesOf(envelope: Envelope, kinds: readonly AnyKind[]): Touch[] {
  const touched = touchedBy(envelope);
  return kinds
    .filter(({ judged }) => judged !== 'sighting')
    .flatMap((kind) => {
      const { account, region } = envelope;
      const ids = (locatorOf(kind, envelope.event)(touched) ?? [undefined]).map((id) =>
        isId(kind.kind, id) ? id : undefined,
      );
      const life = lifeOf(kind, envelope.event);
      return [...new Set(ids)].map(
        (id): Touch => ({ kind: kind.kind, id, account, region: regionOf(kind, region), life }),
      );
    });
}

/** What a kind is told of an event; fields that are missing or were left out are empty objects. */
export function touchedBy({ event, account, region, detail, arns }: Envelope): TouchedBy {
  return {
    event,
    account,
    region,
    request: part(detail, 'requestParameters'),
    response: part(detail, 'responseElements'),
    detail,
    arns,
  };
}

export function regionOf({ global }: AnyKind, region: string): string {
  return global ? 'global' : region;
}

export function locatorOf(kind: AnyKind, event: string) {
  return (
    (kind.touchedBy as Readonly<Record<string, NonNullable<(typeof kind.touchedBy)[string]>>>)[event] ?? (() => [])
  );
}

function part(detail: Json, name: string): Json {
  const value = object(detail, name);
  return field(value, OMITTED) === true ? NOTHING : value;
}

function lifeOf({ lifecycle: { created, deleted, tagged } }: AnyKind, event: string): Touch['life'] {
  if (created.includes(event)) return 'created';
  if (deleted.includes(event)) return 'deleted';
  return tagged.includes(event) ? 'tagged' : 'changed';
}
