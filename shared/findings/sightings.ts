import type { World } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { Recheck, Sighting } from '../changes/change.ts';
import { covered, type Judged } from '../evaluation/evaluate.ts';
import { judge } from '../evaluation/judge.ts';
import type { AnySubject } from '../evaluation/verdict.ts';
import { DAY } from '../runtime/clock.ts';
import { advance } from './advance.ts';
import { bounded } from './bounded.ts';
import { hasNews, indexed } from './decide.ts';
import type { Finding, ResourceState } from './finding.ts';
import { remember } from './known.ts';
import { unseen } from './later.ts';
import { update } from './state-table.ts';
import { tally } from './tally.ts';

/** Event ids that a finding remembers, so that a repeated delivery counts once. */
const REMEMBERED = 50;

/** Counts a sighting in the findings of its principal, once per event id. Reads no AWS; one that every control passes touches no table either. */
export async function sight(
  world: World,
  baseline: Baseline,
  recheck: Recheck,
  sighting: Sighting,
): Promise<'sighted' | 'done'> {
  const { resource } = sighting;
  const where = { resource, clusters: [], tags: {} };
  const rules = baseline.rules('principal', where);
  const subject = { ...sighting, kind: 'principal', at: resource, usedBy: [], facets: {} } as unknown as AnySubject;
  const failing = rules
    .map((rule) => covered(baseline, rule, judge(rule, subject, new Date(sighting.time)), where, world.now()))
    .filter(({ rule, verdict }) => verdict.verdict === 'fail' && rule.control.triggers.includes(sighting.event));
  if (failing.length === 0) return 'done';

  const written = await update(world, resource, async (stored) => {
    const before = stored?.findings ?? {};
    const counted = failing.flatMap((judged) => count(before, judged, recheck, sighting));
    if (counted.length === 0) return undefined;
    if (stored === undefined) await remember(world.table, resource, sighting.time);
    const { news: _, ...state } = stored ?? unseen({ ...recheck, resource });
    const findings = { ...before, ...Object.fromEntries(counted) };
    const next: ResourceState = { ...state, version: state.version + 1, findings };
    return bounded(indexed(hasNews(before, findings) ? { ...next, news: 1 } : next));
  });
  if (written) tally(world, recheck, written.before, written.after);
  return written ? 'sighted' : 'done';
}

/** Ends the findings of a principal whose sightings have been quiet for their control's `quietDays`. */
export async function quieten(world: World, baseline: Baseline, recheck: Recheck): Promise<'sighted' | 'done'> {
  const { resource } = recheck;
  const rules = baseline.rules('principal', { resource, clusters: [], tags: {} });
  const written = await update(world, resource, async (stored) => {
    if (stored === undefined) return undefined;
    const quiet = Object.entries(stored.findings).flatMap(([control, finding]) => {
      const rule = rules.find((each) => each.control.id === control);
      const days = rule?.params.quietDays;
      if (finding.state === 'closed' || (rule && world.now() < (finding.seen?.last ?? 0) + Number(days ?? 30) * DAY))
        return [];
      const ended = advance(finding, { ends: rule ? 'quiet' : 'retired' }, { observedAt: world.now() });
      return ended ? [[control, ended] as const] : [];
    });
    if (quiet.length === 0) return undefined;
    const findings = { ...stored.findings, ...Object.fromEntries(quiet) };
    return indexed({ ...stored, version: stored.version + 1, findings, news: 1 });
  });
  return written ? 'sighted' : 'done';
}

function count(
  before: Record<string, Finding>,
  judged: Judged,
  { cause }: Recheck,
  { eventId, time }: Sighting,
): [string, Finding][] {
  const { id } = judged.rule.control;
  const was = before[id];
  const seen = was?.seen ?? { count: 0, last: 0, eventIds: [] };
  if (seen.eventIds.includes(eventId)) return [];
  const newest = time >= seen.last;
  const finding =
    newest || was === undefined ? advance(was, { judged }, { observedAt: time, ...(cause ? { cause } : {}) }) : was;
  if (finding === undefined) return [];
  const eventIds = [...seen.eventIds, eventId].slice(-REMEMBERED);
  return [[id, { ...finding, seen: { count: seen.count + 1, last: Math.max(time, seen.last), eventIds } }]];
}
