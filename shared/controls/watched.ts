import type { AnyKind } from '../resources/kind.ts';
import type { AnyControl } from './define-control.ts';

/** The events of a resource's life: they are wanted for every kind that some control judges, whatever its triggers. */
export function lifeOf({ lifecycle: { created, deleted, tagged } }: Pick<AnyKind, 'lifecycle'>): string[] {
  return [...created, ...deleted, ...tagged];
}

/** Every event that these controls want: their triggers, and the lives of their kinds. Nothing else is ever delivered or acted on. */
export function watchedEvents(controls: readonly Pick<AnyControl, 'triggers' | 'resources'>[]): Set<string> {
  return new Set(controls.flatMap(({ triggers, resources }) => [...triggers, ...resources.flatMap(lifeOf)]));
}
