import type { Baseline, Rule, Waiver } from '../baseline/baseline.ts';
import type { AnyControl } from '../controls/define-control.ts';
import type { Finding, ResourceState } from '../findings/finding.ts';
import { whereOf } from '../findings/where-of.ts';
import { routesFor } from '../notices/routes.ts';
import { whyUnread } from '../reports/formats/rows.ts';
import { reportedOf } from '../reports/of-state.ts';
import type { Reported } from '../reports/report.ts';
import { MINUTE } from '../runtime/clock.ts';
import { isByLook } from './missed.ts';
import { type Named, named, worstOf } from './named.ts';

/** Findings that a list names, and how many there are. */
export interface Listed {
  count: number;
  worst: readonly Named[];
}

export interface ClusterStanding {
  fail: number;
  unknown: number;
  waived: number;
}

/** What is not in order, added up. */
export interface Gathered {
  /** By `account#region#cluster`; only those about which something is not in order. */
  clusters: Map<string, ClusterStanding>;
  /** Open since the last digest, and how many of them a route held back for this one. */
  opened: Listed & { heldBack: number };
  unknown: Listed;
  /** Fixes that a guard held, or that did not work. */
  held: Listed;
  used: Set<Waiver>;
  /** For the report: the first so many. */
  verdicts: Reported[];
  left: number;
}

export interface Gathering {
  baseline: Baseline;
  groupOf(control: AnyControl): string;
  now: number;
  /** When the last digest was made (ms); undefined: there was none, and nothing is new. */
  last: number | undefined;
}

/** More make a page that no browser likes to open. */
export const MOST_REPORTED = 5000;
/** An event's change is stored a moment after it was read. */
const LAG = 2 * MINUTE;
export const NONE: Listed = { count: 0, worst: [] };

/** Adds up what is not in order; holds counts and the worst of each, never all of it. */
export async function gather(states: AsyncIterable<ResourceState>, gathering: Gathering): Promise<Gathered> {
  const all: Gathered = {
    clusters: new Map(),
    opened: { ...NONE, heldBack: 0 },
    unknown: NONE,
    held: NONE,
    used: new Set(),
    verdicts: [],
    left: 0,
  };
  for await (const state of states) {
    const rules = new Map(gathering.baseline.rules(state.kind, whereOf(state)).map((rule) => [rule.control.id, rule]));
    for (const [control, finding] of Object.entries(state.findings)) {
      const rule = rules.get(control);
      if (rule !== undefined) add(all, state, rule, finding, gathering);
    }
  }
  return all;
}

function add(all: Gathered, state: ResourceState, rule: Rule, finding: Finding, gathering: Gathering): void {
  const { state: now, unreadSince, unread, fix } = finding;
  if (now === 'closed' && unreadSince === undefined) return;
  const { id: control } = rule.control;
  stand(all, state, finding);
  if (all.verdicts.length < MOST_REPORTED) all.verdicts.push(reportedOf(state, control, finding));
  else all.left += 1;
  const name = (text?: string) => named(state, control, finding, text);
  if (now === 'waived') use(all, state, control, gathering);
  if (rule.mode === 'observe') return;
  if (unreadSince !== undefined)
    all.unknown = more(all.unknown, name(unread ? whyUnread(unread) : 'It could not be read.'));
  if (fix?.status === 'held' || fix?.status === 'failed' || fix?.status === 'unverified') {
    all.held = more(all.held, name(`${fix.status}: ${fix.why ?? 'no reason was kept'}`));
  }
  if (isNew(finding, gathering.last)) open(all, state, rule, finding, gathering);
}

function open(all: Gathered, state: ResourceState, rule: Rule, finding: Finding, gathering: Gathering): void {
  const { baseline, groupOf } = gathering;
  const { resource, clusters, tags } = whereOf(state);
  const { control } = rule;
  const { version } = state;
  const step = { resource, clusters, tags, control: control.id, from: 'closed', to: 'open', finding, version } as const;
  const isHeldBack =
    routesFor({ ...step, tags: { ...tags } }, rule, groupOf(control), baseline.routes).now.length === 0;
  const { heldBack } = all.opened;
  all.opened = { ...more(all.opened, named(state, control.id, finding)), heldBack: heldBack + (isHeldBack ? 1 : 0) };
}

/** What a look of the last sweep opened was in its digest; of what an event opened meanwhile nobody can be sure. */
function isNew(finding: Finding, last: number | undefined): boolean {
  if (last === undefined || finding.state !== 'open') return false;
  return finding.since >= (isByLook(finding) ? last : last - LAG);
}

/** As in the posture of controls: what cannot be read is unknown, whatever it was before. */
function stand({ clusters }: Gathered, state: ResourceState, { state: now, unreadSince }: Finding): void {
  const as = unreadSince !== undefined || now === 'unsure' ? 'unknown' : now === 'waived' ? 'waived' : 'fail';
  for (const cluster of state.clusters) {
    const key = `${state.account}#${state.region}#${cluster}`;
    const known = clusters.get(key) ?? { fail: 0, unknown: 0, waived: 0 };
    clusters.set(key, { ...known, [as]: known[as] + 1 });
  }
}

function use({ used }: Gathered, state: ResourceState, control: string, { baseline, now }: Gathering): void {
  const waiver = baseline.waiver(control, whereOf(state), now);
  if (waiver) used.add(waiver);
}

function more({ count, worst }: Listed, one: Named): Listed {
  return { count: count + 1, worst: worstOf([...worst, one]) };
}
