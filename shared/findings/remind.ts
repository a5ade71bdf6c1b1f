import type { World } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import { DAY, HOUR } from '../runtime/clock.ts';
import { readAck } from './acks.ts';
import type { Finding, ResourceState } from './finding.ts';
import { Crowded, update } from './state-table.ts';
import { whereOf } from './where-of.ts';

/** A sweep does not begin at the same minute each night. */
const NIGHTS_DIFFER = 2 * HOUR;

/**
 * Marks the critical findings of a resource that have been open for `remindAfter` since they were last told, and that
 * nobody has acknowledged. The mark is news: the stream takes it to whoever hears of the finding. For a sweep that is
 * not the first of its scope.
 */
export async function remind(world: World, baseline: Baseline, stored: ResourceState): Promise<boolean> {
  const { remindAfter = 0 } = baseline;
  if (remindAfter === 0) return false;
  const now = world.now();
  const told = toldOf(baseline, stored);
  const isDue = (control: string, { state, severity, since, reminded = since }: Finding) =>
    state === 'open' &&
    severity === 'critical' &&
    told.has(control) &&
    now - reminded >= remindAfter * DAY - NIGHTS_DIFFER;
  if (!Object.entries(stored.findings).some(([control, finding]) => isDue(control, finding))) return false;

  const written = await updated(world, stored, async (current) => {
    if (current === undefined) return undefined;
    const due = Object.entries(current.findings).filter(([control, finding]) => isDue(control, finding));
    const acks = await Promise.all(due.map(([control, finding]) => readAck(world.table, current, control, finding)));
    const marked = due.filter((_, at) => acks[at] === undefined);
    if (marked.length === 0) return undefined;
    const again = Object.fromEntries(marked.map(([control, finding]) => [control, { ...finding, reminded: now }]));
    return { ...current, version: current.version + 1, findings: { ...current.findings, ...again }, news: 1 };
  });
  return written !== undefined;
}

/** What too many write at once is told the next night. */
async function updated(...asked: Parameters<typeof update>): ReturnType<typeof update> {
  try {
    return await update(...asked);
  } catch (error) {
    if (error instanceof Crowded) return undefined;
    throw error;
  }
}

/** Controls of which people are told at all. */
function toldOf(baseline: Baseline, state: ResourceState): Set<string> {
  const rules = baseline.rules(state.kind, whereOf(state)).filter(({ mode }) => mode !== 'observe');
  return new Set(rules.map(({ control }) => control.id));
}
