import type { Cause } from '../changes/change.ts';
import { SEVERITIES } from '../controls/define-control.ts';
import type { Judged } from '../evaluation/evaluate.ts';
import { keyOf, type Link, type Resource } from '../resources/resource.ts';
import { DAY } from '../runtime/clock.ts';
import { advance, type Word } from './advance.ts';
import { bounded } from './bounded.ts';
import type { ClosedBecause, Finding, PendingLook, ResourceState } from './finding.ts';

/** A tombstone is kept this long, so that late events about a deleted resource find it. */
const TOMBSTONE = 90 * DAY;

/** What one look saw: the resource judged, or that it is gone (or no longer ours to judge). */
export type Look =
  | {
      outcome: 'judged';
      observedAt: number;
      judged: readonly Judged[];
      clusters: readonly string[];
      tags: Record<string, string>;
      links: readonly Link[];
      /** Undefined where it could not be read: the stored one stays. */
      generation: string | undefined;
      unsettled?: boolean;
    }
  | { outcome: 'gone'; observedAt: number; because: ClosedBecause };

/**
 * The item after a look, or undefined where the look is older than what is stored and must change nothing. Pure: the
 * table writes what it says on the condition that the version is still the one it was given.
 */
export function decide(
  stored: ResourceState | undefined,
  resource: Resource,
  look: Look,
  cause: Cause | undefined,
  pending: PendingLook | undefined,
): ResourceState | undefined {
  if (stored?.observedAt !== undefined && look.observedAt <= stored.observedAt) return undefined;
  const moment = { observedAt: look.observedAt, ...(cause ? { cause } : {}) };
  const another = look.outcome === 'judged' && isAnotherGeneration(stored, look.generation);
  const before: Record<string, Finding> = another ? {} : (stored?.findings ?? {});

  const words = wordsOf(before, look);
  const findings = Object.fromEntries(
    Object.entries(words).flatMap(([control, word]) => {
      const finding = advance(before[control], word, moment);
      return finding ? [[control, finding]] : [];
    }),
  );
  const state: ResourceState = {
    ...resource,
    pk: keyOf(resource),
    sk: 'state',
    schema: 1,
    version: (stored?.version ?? 0) + 1,
    observedAt: look.observedAt,
    clusters: look.outcome === 'judged' ? look.clusters : (stored?.clusters ?? []),
    links: look.outcome === 'judged' ? look.links : [],
    findings,
    ...afterwards(look, stored),
    ...(pending ? { look: pending } : {}),
  };
  return bounded(indexed(another || hasNews(before, findings) ? { ...state, news: 1 } : state));
}

/** A resource made again under the same name: its old findings end with the old one. */
export function isAnotherGeneration(stored: ResourceState | undefined, generation: string | undefined): boolean {
  return stored?.generation !== undefined && generation !== undefined && stored.generation !== generation;
}

/** A word for every finding there is and every verdict there was; what no rule judges any more is retired. */
function wordsOf(before: Record<string, Finding>, look: Look): Record<string, Word> {
  const ends: ClosedBecause = look.outcome === 'gone' ? look.because : 'retired';
  const ended = Object.entries(before).map(
    ([control, finding]) => [control, { ends: closing(finding, ends) }] as const,
  );
  const judged =
    look.outcome === 'judged' ? look.judged.map((each) => [each.rule.control.id, { judged: each }] as const) : [];
  return Object.fromEntries<Word>([...ended, ...judged]);
}

/** What closed earlier keeps the reason that it closed for. */
function closing(finding: Finding, ends: ClosedBecause): ClosedBecause {
  return finding.state === 'closed' ? (finding.closedBecause ?? ends) : ends;
}

function afterwards(look: Look, stored: ResourceState | undefined): Partial<ResourceState> {
  if (look.outcome === 'gone') {
    const ttl = Math.floor((look.observedAt + TOMBSTONE) / 1000);
    const generation = stored?.generation === undefined ? {} : { generation: stored.generation };
    return { gone: look.because, ttl, ...generation, ...(stored?.tags ? { tags: stored.tags } : {}) };
  }
  const generation = look.generation ?? stored?.generation;
  return {
    tags: look.tags,
    ...(generation === undefined ? {} : { generation }),
    ...(look.unsettled ? { judgedUnsettled: true } : {}),
  };
}

/** An absent finding counts as closed: a first pass is no news. */
export function hasNews(before: Record<string, Finding>, after: Record<string, Finding>): boolean {
  return Object.entries(after).some(([control, { state }]) => state !== (before[control]?.state ?? 'closed'));
}

/** Puts the item into the sparse index while anything about it is not in order, worst severity first. */
export function indexed(state: ResourceState): ResourceState {
  const { scope: _, rank: __, ...rest } = state;
  const ranks = Object.values(state.findings).flatMap(({ state: now, severity, unreadSince }) =>
    now === 'closed' && unreadSince === undefined ? [] : [SEVERITIES.indexOf(severity)],
  );
  if (ranks.length === 0) return rest;
  const rank = `${Math.min(...ranks)}#${state.kind}#${state.id}`;
  return { ...rest, scope: `${state.account}#${state.region}`, rank };
}
