import { setTimeout as wait } from 'node:timers/promises';
import { itemsOf } from '../../aws/operator/findings-index.ts';
import { needed } from '../../aws/operator/session.ts';
import type { Fix } from '../../remediation/fix.ts';
import { SECOND } from '../../runtime/clock.ts';
import { type Hub, ownId } from '../hub.ts';

export interface Became {
  outcome: 'undone' | 'refused' | 'unknown';
  text: string;
}

/** Looks until the remediator has undone a fix or refused to, or the time is over. */
export async function follow(hub: Hub, fix: Fix, seconds: number): Promise<Became> {
  const table = ownId(hub, 'FindingsTable');
  const end = Date.now() + seconds * SECOND;
  for (;;) {
    const read = await itemsOf(hub.session, table, fix.pk, { prefix: `fix#${fix.control}#` });
    const fixes = needed(read, 'The findings table is gone.') as readonly Fix[];
    const became = becameOf(fixes, fix);
    if (became.outcome !== 'unknown' || Date.now() + SECOND > end) return became;
    await wait(SECOND);
  }
}

/** What the kept fixes say of an undo that was asked for after `asked` was read. Pure. */
export function becameOf(fixes: readonly Fix[], asked: Fix): Became {
  const { id } = asked;
  const undoing = fixes.find(({ undoes }) => undoes === id);
  if (undoing?.status === 'ended') {
    return {
      outcome: 'undone',
      text: 'Undone: what was there before the fix is back, and the finding opens again with the next look.',
    };
  }
  if (undoing?.status === 'failed')
    return { outcome: 'refused', text: `The undoing failed: ${undoing.why ?? 'no reason was kept.'}` };
  const refused = fixes.find((fix) => fix.id === id)?.refusedUndo;
  if (undoing === undefined && refused && refused.at !== asked.refusedUndo?.at)
    return { outcome: 'refused', text: `It was refused: ${refused.why}` };
  const so = undoing === undefined ? 'It has not begun yet' : 'AWS is at it';
  return { outcome: 'unknown', text: `${so}: npx eks-warden fixes shows what becomes of it.` };
}
