import { createHash } from 'node:crypto';
import { MODES, type Route, type Rule } from '../baseline/baseline.ts';
import { SEVERITIES, type Severity } from '../controls/define-control.ts';
import type { State, Transition } from '../findings/finding.ts';
import { keyOf, type Resource } from '../resources/resource.ts';
import { clip } from './escape.ts';
import { clippedCause, clippedNews } from './news.ts';
import type { News, Notice } from './notice.ts';

/** A transition with its rule and those who hear of it at once. */
export interface Addressed {
  transition: Transition;
  rule: Rule;
  now: readonly Route[];
}

/** The worst first: what a notice as a whole is said to be. */
const WORST_STATES: readonly State[] = ['open', 'fixing', 'unsure', 'waived', 'closed'];

/** `pages` is where the controls' pages are: a folder or a base address. */
export function noticeOf(addressed: readonly [Addressed, ...Addressed[]], pages = 'docs/controls'): Notice {
  const [{ transition, rule }] = addressed;
  const { version } = transition;
  // Where a resource was made again under its name, its old findings come first.
  const generation = addressed.at(-1)?.transition.generation;
  const resource = boundedResource(transition.resource);
  const all = addressed.map((one) => clippedNews(one, pages)).sort(worstFirst);
  const newest = addressed
    .flatMap(({ transition: { finding } }) => finding.cause ?? [])
    .sort((a, b) => b.time - a.time)[0];
  return {
    schema: 1,
    id: noticeId(addressed.map((one) => one.transition)),
    resource,
    key: keyOf(resource),
    called: rule.control.resources.find(({ kind }) => kind === resource.kind)?.called ?? resource.kind,
    version,
    ...(generation === undefined ? {} : { generation: clip(generation, 128) }),
    clusters: boundedClusters(addressed.flatMap((one) => one.transition.clusters)),
    severity: first(
      SEVERITIES,
      all.map(({ severity }) => severity),
    ),
    state: first(
      WORST_STATES,
      all.map(({ to }) => to),
    ),
    mode: first(
      [...MODES].reverse(),
      all.map(({ mode }) => mode),
    ),
    time: Math.max(...all.map(({ since }) => since)),
    ...(newest === undefined ? {} : { cause: clippedCause(newest) }),
    news: all,
    to: audience(addressed.flatMap(({ now }) => now)),
  };
}

/** Longer than any that AWS or the table has; a bound all the same, so that no name can push a notice over SNS's limit. */
function boundedResource({ kind, id, account, region }: Resource): Resource {
  return { kind, id: clip(id, 1024), account: clip(account, 32), region: clip(region, 64) };
}

function boundedClusters(clusters: readonly string[]): string[] {
  return [...new Set(clusters.map((cluster) => clip(cluster, 128)))].sort().slice(0, 20);
}

function worstFirst(a: News, b: News): number {
  return (
    WORST_STATES.indexOf(a.to) - WORST_STATES.indexOf(b.to) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    (a.control < b.control ? -1 : 1)
  );
}

function first<T>(order: readonly T[], present: readonly T[]): T {
  return order.find((one) => present.includes(one)) ?? (present[0] as T);
}

export function audience(routes: readonly Route[]): Notice['to'] {
  const slack = routes.filter(({ to }) => to.includes('slack')).map(({ slackChannel = '' }) => clip(slackChannel, 80));
  return {
    email: routes.some(({ to }) => to.includes('email')),
    chat: routes.some(({ to }) => to.includes('chat')),
    slack: [...new Set(slack)].sort(),
  };
}

/** From the resource, the item's version and the states, and from nothing that a redelivery could change. */
function noticeId(all: readonly Transition[]): string {
  const [{ resource, version } = { resource: undefined, version: 0 }] = all;
  const steps = all.map(({ control, from, to }) => `${control} ${from ?? 'closed'} ${to}`).sort();
  const text = [resource === undefined ? '' : keyOf(resource), version, ...steps].join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

export function worstSeverity(notices: readonly Pick<Notice, 'severity'>[]): Severity {
  return first(
    SEVERITIES,
    notices.map(({ severity }) => severity),
  );
}
