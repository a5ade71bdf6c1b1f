import type { AnyKind } from '../resources/kind.ts';
import type { AnyControl } from './define-control.ts';
import { lookedAt } from './looked-at.ts';

/** The events of a resource's life: they are wanted for every kind that some control judges, whatever its triggers. */
export function lifeOf({ lifecycle: { created, deleted, tagged } }: Pick<AnyKind, 'lifecycle'>): string[] {
  return [...created, ...deleted, ...tagged];
}

/**
 * Every event that these controls want: their triggers, the lives of their kinds, and whatever may change the links of
 * a kind that is only read for those. Nothing else is ever delivered or acted on.
 */
export function watchedEvents(controls: readonly Pick<AnyControl, 'triggers' | 'resources' | 'needs'>[]): Set<string> {
  const kinds = [...lookedAt(controls).values()];
  const lives = kinds.flatMap(({ kind, judged }) => (judged ? lifeOf(kind) : Object.keys(kind.touchedBy)));
  return new Set([...controls.flatMap(({ triggers }) => triggers), ...lives]);
}
