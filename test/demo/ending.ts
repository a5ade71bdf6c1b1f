import type { ResourceState } from '../../shared/findings/finding.ts';
import type { Played } from './play/play.ts';

/** What a story leaves in the table that is not in order: one line each, in order. */
export function endingOf({ items }: Pick<Played, 'items'>): string[] {
  const states = items.filter(({ sk }) => sk === 'state') as unknown as ResourceState[];
  const lines = states.flatMap(({ kind, id, gone, findings }) =>
    gone === undefined
      ? Object.entries(findings).flatMap(([control, { state }]) =>
          state === 'closed' ? [] : [`${kind} ${id.replace(/@sha256:.*/, '@…')}: ${control} ${state}`],
        )
      : [],
  );
  return lines.sort();
}
