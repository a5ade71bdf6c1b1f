import type { Cause } from '../changes/change.ts';
import type { ResourceState } from '../findings/finding.ts';
import { update } from '../findings/state-table.ts';
import { clippedCause } from '../notices/news.ts';
import { byWhom } from '../notices/who.ts';
import { keyOf } from '../resources/resource.ts';
import { DAY, MINUTE } from '../runtime/clock.ts';
import type { Named } from './named.ts';
import type { Sweeping } from './sweep-kind.ts';
import { type Counting, missedIn, type Tally } from './tally.ts';
import { whoDid } from './who.ts';

/** CloudTrail's history is that long; no sweep looks further back than a week for what it missed. */
const FURTHEST = 7 * DAY;
/** The end of what is asked is rounded up to this, so that looks of one sweep share their calls. */
const SHARED = 15 * MINUTE;

/**
 * Names who made the changes that no event told of, for those that the digest lists: beside their findings in the table,
 * and in the tally.
 */
export async function attributed(
  sweeping: Sweeping,
  tally: Tally,
  state: ResourceState,
  counting: Counting,
): Promise<Tally> {
  const key = keyOf(state);
  let missedOnes = tally.missedOnes;
  for (const [control] of missedIn(state, counting)) {
    const isSame = (one: Named) => one.control === control && keyOf(one.resource) === key;
    const rule = counting.rules.find((one) => one.control.id === control);
    if (rule === undefined || !missedOnes.some(isSame)) continue;
    const cause = await causeOf(sweeping, rule.control.triggers, state, counting);
    if (cause === undefined) continue;
    await keep(sweeping, state, control, cause);
    const { actor, event, time } = clippedCause(cause);
    const by = { who: byWhom(actor).slice(0, 200), event, time };
    missedOnes = missedOnes.map((one) => (isSame(one) ? { ...one, by } : one));
  }
  return { ...tally, missedOnes };
}

function causeOf(
  { batch, scope, before }: Sweeping,
  triggers: Parameters<typeof whoDid>[2]['control']['triggers'],
  state: ResourceState,
  { began, before: known }: Counting,
): Promise<Cause | undefined> {
  const furthest = began - FURTHEST;
  const seenAt = Math.max(furthest, known?.state?.observedAt ?? before?.started ?? furthest);
  const from = Math.min(seenAt, before?.started ?? seenAt);
  const to = Math.ceil((state.observedAt ?? began) / SHARED) * SHARED;
  return whoDid(batch, scope, { control: { triggers }, state, seenAt }, { from, to });
}

/** Who it was is no news: the state stays, and nobody is told again. A later look may have come between; then it knows better. */
async function keep({ world }: Sweeping, seen: ResourceState, control: string, cause: Cause): Promise<void> {
  await update(world, seen, async (stored) => {
    const finding = stored?.findings[control];
    if (stored === undefined || finding === undefined || finding.cause !== undefined) return undefined;
    if (finding.since !== seen.findings[control]?.since) return undefined;
    const { news: _, ...state } = stored;
    return { ...state, version: state.version + 1, findings: { ...state.findings, [control]: { ...finding, cause } } };
  });
}
