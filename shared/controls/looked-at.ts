import type { AnyKind } from '../resources/kind.ts';
import { KINDS } from '../resources/kinds.ts';
import type { KindName } from '../resources/resource.ts';
import type { AnyControl } from './define-control.ts';

type Controls = readonly Pick<AnyControl, 'resources' | 'needs'>[];

/** A kind that is read: with which facets, and whether any control judges it or only its links are wanted. */
export interface LookedAt {
  kind: AnyKind;
  facets: ReadonlySet<string>;
  judged: boolean;
}

/**
 * Every kind that these controls make us read. A control on security groups needs the node groups looked at too, even
 * where nothing judges those: only their links tell which groups are ours.
 */
export function lookedAt(controls: Controls): ReadonlyMap<KindName, LookedAt> {
  const known = worked.get(controls) ?? workedOut(controls);
  worked.set(controls, known);
  return known;
}

/** Asked for at every look, of the same list of controls. */
const worked = new WeakMap<Controls, ReadonlyMap<KindName, LookedAt>>();

function workedOut(controls: Controls): ReadonlyMap<KindName, LookedAt> {
  const judged = new Map(controls.flatMap(({ resources }) => resources.map((kind) => [kind.kind, kind] as const)));
  const asking = new Set([...judged.values()].filter(asksWhoUses).map(({ kind }) => kind));
  const linking = KINDS.filter(({ linksTo }) => linksTo?.some((name) => asking.has(name)));
  const kinds = new Map([...linking.map((kind) => [kind.kind, kind] as const), ...judged]);
  return new Map(
    [...kinds].map(([name, kind]) => {
      const needs = controls.flatMap((control) => (control.resources.includes(kind) ? control.needs : []));
      const own = needs.filter((facet) => Object.hasOwn(kind.facets, facet));
      const facets = new Set([...own, ...(linking.includes(kind) ? (kind.linkFacets ?? []) : [])]);
      return [name, { kind, facets, judged: judged.has(name) }];
    }),
  );
}

function asksWhoUses({ judged, asksWhoUses: asks }: AnyKind): boolean {
  return judged === 'linked' || asks === true;
}
