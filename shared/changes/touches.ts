import { isId } from '../resources/ids.ts';
import { field, type Json, object } from '../resources/json.ts';
import type { AnyKind, Locate, TouchedBy } from '../resources/kind.ts';
import { GLOBAL } from '../resources/resource.ts';
import type { Touch } from './change.ts';
import type { Envelope } from './envelope.ts';

/** CloudTrail's mark on a field that was too large to keep. */
const OMITTED = 'omitted';
const NOTHING: Json = Object.freeze({});

/** A kind that an event touches, and how it tells which ones. */
export interface Touched {
  kind: AnyKind;
  locate: Locate;
}

/** The kinds that know an event. */
export function touchedKinds(kinds: readonly AnyKind[], event: string): Touched[] {
  return kinds.flatMap((kind) => {
    const locate = kind.touchedBy[event];
    return locate ? [{ kind, locate }] : [];
  });
}

/**
 * What an event touches: each resource once. What is no name by AWS's own pattern is never handed on: the touch then
 * has no id, and every known resource of the kind in this account and region is read again. So it is too where a kind
 * finds nothing of its own in an event that came without a part: the part may have named it.
 */
export function touchesOf(envelope: Envelope, touched: readonly Touched[]): Touch[] {
  const { event, account } = envelope;
  const told = touchedBy(envelope);
  const isCut = isIncomplete(envelope);
  return touched.flatMap(({ kind, locate }) => {
    if (kind.judged === 'sighting') return [];
    const found = locate(told) ?? [undefined];
    const ids = found.length === 0 && isCut ? [undefined] : found.map((id) => (isId(kind.kind, id) ? id : undefined));
    const where = { account, region: regionOf(kind, envelope.region) };
    return [...new Set(ids)].map((id): Touch => ({ kind: kind.kind, id, ...where, life: lifeOf(kind, event) }));
  });
}

/** What a kind is told of an event; fields that are missing or were left out are empty objects. */
function touchedBy({ event, account, region, detail, arns }: Envelope): TouchedBy {
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
  return global ? GLOBAL : region;
}

function part(detail: Json, name: string): Json {
  return isOmitted(detail, name) ? NOTHING : object(detail, name);
}

/** Calls that change something have a request; an answer is null for many that worked. Native events have neither. */
function isIncomplete({ call, detail }: Envelope): boolean {
  if (call === undefined) return false;
  const hasRequest = (field(detail, 'requestParameters') ?? null) !== null;
  return !hasRequest || isOmitted(detail, 'requestParameters') || isOmitted(detail, 'responseElements');
}

function isOmitted(detail: Json, name: string): boolean {
  return field(object(detail, name), OMITTED) === true;
}

function lifeOf({ lifecycle: { created, deleted, tagged } }: AnyKind, event: string): Touch['life'] {
  if (created.includes(event)) return 'created';
  if (deleted.includes(event)) return 'deleted';
  return tagged.includes(event) ? 'tagged' : 'changed';
}
