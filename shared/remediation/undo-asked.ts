import { z } from 'zod';
import type { World } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import { recheckSchema } from '../findings/recheck-message.ts';
import { keyOf } from '../resources/resource.ts';
import { HOUR, MINUTE, SECOND } from '../runtime/clock.ts';
import type { Tried } from './carry-out.ts';
import type { Fix } from './fix.ts';
import type { FixSettings } from './gate.ts';
import { undo } from './undo.ts';

/** On the fixes queue: a person asks for a fix to be undone. `userId` is what SQS must name as the sender. */
const askSchema = z.object({
  undo: z.object({
    resource: recheckSchema.shape.resource,
    control: z.string(),
    fixId: z.string(),
    by: z.string(),
    userId: z.string(),
    askedAt: z.number(),
  }),
});

export type UndoAsked = z.infer<typeof askSchema>;

/** An undo that finds another update running is tried again this often and this long. */
const TRY_AGAIN = 30 * SECOND;
const MOST_TRYING = HOUR + 10 * MINUTE;

/** The request in a message's body; undefined where it asks for something else. */
export function undoAskedIn(body: string): UndoAsked | undefined {
  try {
    return askSchema.safeParse(JSON.parse(body)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * Undoes a fix with the remediator's own rights, so that whoever asks needs none but to send a message. AWS says who sent
 * it: nobody asks in another's name. A refusal is kept on the fix, where the person sees it.
 */
export async function undoAsked(
  world: World,
  baseline: Baseline,
  settings: FixSettings,
  asked: UndoAsked,
  senderId: string | undefined,
): Promise<Tried> {
  const { resource, control, fixId, by, userId, askedAt } = asked.undo;
  const fixes = (await world.table.query(keyOf(resource), { prefix: `fix#${control}#` })) as Fix[];
  const isBegun = fixes.some(
    ({ undoes, status }) => undoes === fixId && (status === 'prepared' || status === 'called'),
  );
  const session = userId.split(':')[1];
  const request = { resource, control, fixId, by, names: session === undefined ? [] : [session] };
  const outcome =
    isBegun || senderId === userId
      ? await undo(world, baseline, settings, request)
      : { refused: 'Who asked for it is not who sent the message.' };
  if (outcome === 'over') return 'over';
  if (outcome === 'again') {
    if (world.now() - askedAt > MOST_TRYING) throw new Error(`${fixId} could not be undone within an hour.`);
    await world.fixes.send(asked, { delay: TRY_AGAIN / SECOND });
    return 'again';
  }
  const fix = fixes.find(({ id }) => id === fixId);
  if (fix !== undefined) await world.table.put({ ...fix, refusedUndo: { by, at: world.now(), why: outcome.refused } });
  world.log.warn('An undo was refused.', { fix: fixId, why: outcome.refused });
  world.metrics.count('held');
  return 'over';
}
