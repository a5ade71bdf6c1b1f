import type { Route, Rule } from '../baseline/baseline.ts';
import type { Transition } from '../findings/finding.ts';

/** Who hears of a transition at once, and who reads of it in the daily digest. */
export interface Routed {
  now: readonly Route[];
  digest: readonly Route[];
}

/**
 * `alarm`: something is wrong, or we are about to change it. `relief`: it no longer is. `quiet`: nothing that anybody
 * must act on today, such as a read that was refused.
 */
export type Weight = 'alarm' | 'relief' | 'quiet';

export function weightOf({ from, to }: Pick<Transition, 'from' | 'to'>): Weight {
  if (to === 'open' || to === 'fixing') return 'alarm';
  const wasToldOf = from === 'open' || from === 'fixing';
  return wasToldOf && (to === 'closed' || to === 'waived') ? 'relief' : 'quiet';
}

/** Pure. Mode `observe` sends nothing; what is resolved or waived is mailed only where the route says so. */
export function routesFor(transition: Transition, rule: Rule, group: string, routes: readonly Route[]): Routed {
  if (rule.mode === 'observe') return { now: [], digest: [] };
  const mine = routes.filter((route) => selects(route, transition, group));
  const quiet = weightOf(transition) === 'quiet';
  return {
    now: mine
      .filter(({ when }) => when === 'now' && !quiet)
      .map((route) => ({ ...route, to: route.to.filter((channel) => channel !== 'email' || mails(route, transition)) }))
      .filter(({ to }) => to.length > 0),
    digest: mine.filter(({ when }) => when === 'digest' || quiet),
  };
}

function selects(route: Route, { resource, control, finding, clusters, tags }: Transition, group: string): boolean {
  return (
    has(route.severities, finding.severity) &&
    has(route.groups, group) &&
    has(route.controls, control) &&
    has(route.accounts, resource.account) &&
    (route.clusters === undefined || clusters.some((cluster) => has(route.clusters, cluster))) &&
    Object.entries(route.tags ?? {}).every(([key, value]) => Object.hasOwn(tags, key) && tags[key] === value)
  );
}

function has(selected: readonly string[] | undefined, value: string): boolean {
  return selected === undefined || selected.includes(value);
}

/** The end of a fix of ours is always mailed: we changed something in somebody's account. */
function mails({ also = [] }: Route, transition: Transition): boolean {
  if (weightOf(transition) === 'alarm') return true;
  if (transition.to === 'waived') return also.includes('waived');
  return transition.from === 'fixing' || also.includes('resolved');
}
