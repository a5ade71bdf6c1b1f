import type { Baseline } from '../../baseline/baseline.ts';
import type { Actor, Sighting, Touch } from '../../changes/change.ts';
import type { Interest } from '../../findings/interest.ts';
import type { Resource } from '../../resources/resource.ts';
import type { LocatedEvent, RecheckLine, SightingLine } from './replayed.ts';

/**
 * What an event leads to under a baseline: the resources it touches with the controls that ask for it, and its
 * sightings.
 */
export function concerned(
  { event, eventId, cause, touches, sightings }: LocatedEvent,
  interest: Interest,
  baseline: Baseline,
): { rechecks: RecheckLine[]; sightings: SightingLine[] } {
  const who = { actor: actorText(cause.actor), channel: cause.actor.channel };
  return {
    rechecks: touches.flatMap((touch) => {
      const controls = controlsOf(touch, event, interest, baseline);
      const { kind, id = null, account, region } = touch;
      return controls.length > 0 ? [{ eventId, event, kind, id, account, region, ...who, controls }] : [];
    }),
    sightings: sightings.flatMap((sighting) => sightingLine(sighting, who, interest, baseline)),
  };
}

function sightingLine(
  { resource, event, eventId, tlsVersion, cipherSuite }: Sighting,
  who: Pick<RecheckLine, 'actor' | 'channel'>,
  interest: Interest,
  baseline: Baseline,
): SightingLine[] {
  const { kind, id, account, region } = resource;
  const controls = ownControls({ kind, id, account, region }, event, interest, baseline);
  if (controls.length === 0) return [];
  const facts = { ...(tlsVersion ? { tlsVersion } : {}), ...(cipherSuite ? { cipherSuite } : {}) };
  return [{ eventId, event, kind, id, account, region, ...who, controls, ...facts }];
}

/** Controls of the resource itself that want this event, and of what may use it: which that is, only links tell. */
function controlsOf(touch: Touch, event: string, interest: Interest, baseline: Baseline): string[] {
  const { kind, id = '', account, region } = touch;
  const resource = { kind, id, account, region };
  const near = [...(interest.near.get(event) ?? [])]
    .flatMap((far) => baseline.rules(far, { ...siteOf(resource), resource: { ...resource, kind: far } }))
    .filter(({ control }) => control.triggers.includes(event))
    .map(({ control }) => control.id);
  return [...new Set([...ownControls(resource, event, interest, baseline), ...near])].sort();
}

function ownControls(resource: Resource, event: string, interest: Interest, baseline: Baseline): string[] {
  const on = new Set(baseline.rules(resource.kind, siteOf(resource)).map(({ control }) => control.id));
  const ids = interest.controls(resource.kind, event).map(({ id }) => id);
  return ids.filter((id) => on.has(id)).sort();
}

function siteOf(resource: Resource) {
  const { kind, id } = resource;
  const clusters = kind === 'cluster' ? [id] : kind === 'nodegroup' ? [id.split('/')[0] ?? id] : [];
  return { resource, clusters, tags: {} };
}

function actorText({ person, principal }: Actor): string {
  return person ?? principal;
}
