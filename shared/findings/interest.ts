import type { Baseline } from '../baseline/baseline.ts';
import type { AnyControl } from '../controls/define-control.ts';
import { lookedAt } from '../controls/looked-at.ts';
import { lifeOf, watchedEvents } from '../controls/watched.ts';
import type { AnyKind } from '../resources/kind.ts';
import type { KindName } from '../resources/resource.ts';

/** What a baseline wants of the events: worked out once, asked for every event. */
export interface Interest {
  /** Every event that some control or some kind's life wants. */
  events: ReadonlySet<string>;
  /** Kinds that are read, for a control or for their links. */
  read: ReadonlySet<KindName>;
  /** By event: kinds whose controls it triggers although it touches another kind; a link leads to them. */
  near: ReadonlyMap<string, ReadonlySet<KindName>>;
  /** Controls that look at one kind because of one event: its triggers, or all where the event is of the kind's life. */
  controls(kind: KindName, event: string): readonly AnyControl[];
  /** Whether an event that touches a resource of this kind makes us read it again. */
  wants(kind: KindName, event: string): boolean;
}

export function interestOf(baseline: Baseline): Interest {
  const { controls } = baseline;
  const kinds = new Map(controls.flatMap(({ resources }) => resources.map((kind) => [kind.kind, kind] as const)));
  const life = new Map([...kinds].map(([name, kind]) => [name, lifeOf(kind)]));
  const near = new Map<string, Set<KindName>>();
  for (const { resources, triggers } of controls) {
    for (const kind of resources) {
      for (const event of triggers.filter((each) => reaches(kind, each))) {
        near.set(event, (near.get(event) ?? new Set()).add(kind.kind));
      }
    }
  }
  const looked = lookedAt(controls);
  const interested = (name: KindName, event: string) =>
    controls.filter(
      ({ resources, triggers }) =>
        resources.some(({ kind }) => kind === name) && (triggers.includes(event) || life.get(name)?.includes(event)),
    );
  return {
    events: watchedEvents(controls),
    read: new Set(looked.keys()),
    wants: (name, event) => looked.get(name)?.judged === false || interested(name, event).length > 0,
    near,
    controls: interested,
  };
}

function reaches(kind: AnyKind, event: string): boolean {
  return kind.reachedThrough.some(({ touchedBy }) => Object.hasOwn(touchedBy, event));
}
