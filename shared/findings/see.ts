import type { AwsBatch, World } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { Recheck } from '../changes/change.ts';
import { lookedAt } from '../controls/looked-at.ts';
import { evaluate, unreadable } from '../evaluation/evaluate.ts';
import { type Found, readSubject, type SubjectRead } from '../evaluation/read-subject.ts';
import type { AnyKind } from '../resources/kind.ts';
import { kindOf } from '../resources/kinds.ts';
import { keyOf, type Link, type Use } from '../resources/resource.ts';
import { SECOND } from '../runtime/clock.ts';
import type { Look } from './decide.ts';
import type { ResourceState } from './finding.ts';
import { usesOf } from './links.ts';
import { MOST_WAITING, waitingSince } from './waiting.ts';

/** A resource may stay invisible for this long after its creation; not found is then not yet deleted. */
const VISIBLE_AFTER = 60 * SECOND;

/** Why a look has to wait. */
export type Later = { later: 'unsettled' | 'unavailable' | 'not-visible' };

/**
 * Reads a resource now and judges it; or says why it must be looked at later. Writes nothing. `settled`, where somebody
 * waits, is called as soon as it is known that there is something to judge.
 */
export async function see(
  world: World,
  baseline: Baseline,
  batch: AwsBatch,
  recheck: Recheck,
  stored: ResourceState | undefined,
  settled?: () => void,
): Promise<Look | Later> {
  const { resource } = recheck;
  const kind = kindOf(resource.kind);
  const now = world.now();
  const wanted = lookedAt(baseline.controls).get(kind.kind);
  if (wanted === undefined) return { outcome: 'gone', observedAt: now, because: 'retired' };
  const usedBy = kind.judged === 'linked' || kind.asksWhoUses ? await usesOf(world.table, resource) : [];
  if (kind.judged === 'linked' && usedBy.length === 0) return { outcome: 'gone', observedAt: now, because: 'unused' };

  const reader = batch.reader(resource.account, resource.region);
  const hurry = settled && recheck.life !== 'deleted' ? { links: stored?.links ?? [], settled } : undefined;
  const read = await readSubject(kind, resource, reader, wanted.facets, usedBy, hurry);
  const waited = now - (waitingSince(recheck, stored, now) ?? now);
  switch (read.outcome) {
    case 'found':
      return judged(baseline, kind, read, usedBy, recheck, stored, now);
    case 'unsettled':
      if (waited < MOST_WAITING && recheck.why !== 'scan') return { later: 'unsettled' };
      return { ...judged(baseline, kind, read.found, usedBy, recheck, stored, now), unsettled: true };
    case 'unavailable':
      if (recheck.why === 'scan') return unread(baseline, kind, read, usedBy, recheck, stored);
      if (waited < MOST_WAITING) return { later: 'unavailable' };
      throw new Error(`${read.action} has been unavailable for two hours: ${read.why}`);
    case 'gone':
      if (isYoung(recheck, now)) return { later: 'not-visible' };
      return { outcome: 'gone', observedAt: read.began, because: 'deleted' };
    case 'refused':
    case 'malformed':
      return unread(baseline, kind, read, usedBy, recheck, stored);
  }
}

/** What could not be read is where, and whose, it was when it was last read; every verdict on it is unknown. */
function unread(
  baseline: Baseline,
  kind: AnyKind,
  read: Extract<SubjectRead, { outcome: 'refused' | 'malformed' | 'unavailable' }>,
  usedBy: readonly Use[],
  { resource }: Recheck,
  stored: ResourceState | undefined,
): Look {
  const own = kind.judged === 'linked' ? [] : [...(stored?.clusters ?? []), ...(kind.clusters?.(resource) ?? [])];
  const clusters = [...new Set([...own, ...clustersOf(usedBy)])].sort();
  const where = { resource, clusters, tags: stored?.tags ?? {} };
  return {
    outcome: 'judged',
    observedAt: read.began,
    judged: unreadable(baseline, kind, read, where),
    clusters: where.clusters,
    tags: where.tags,
    links: stored?.links ?? [],
    generation: undefined,
  };
}

/** A facet that could not be read may hide links: those that were known stay then. */
function judged(
  baseline: Baseline,
  kind: AnyKind,
  found: Found,
  usedBy: readonly Use[],
  { resource }: Recheck,
  stored: ResourceState | undefined,
  now: number,
): Extract<Look, { outcome: 'judged' }> {
  const { subject } = found;
  const own = kind.clusters?.(resource) ?? [];
  const clusters = [...new Set([...own, ...clustersOf(usedBy)])].sort();
  const tags = kind.tags?.(subject) ?? {};
  return {
    outcome: 'judged',
    observedAt: found.began,
    judged: evaluate(baseline, kind, found, { resource, clusters, tags }, now),
    clusters,
    tags,
    links: eachOnce([
      ...(kind.links?.(subject, subject.facets, resource) ?? []),
      ...(found.unread.size > 0 ? (stored?.links ?? []) : []),
    ]),
    generation: kind.generation?.(subject),
  };
}

function eachOnce(links: readonly Link[]): Link[] {
  return [...new Map(links.map((link) => [`${keyOf(link.to)}|${link.as}`, link])).values()];
}

function clustersOf(usedBy: readonly Use[]): string[] {
  return [...new Set(usedBy.flatMap(({ clusters }) => clusters))].sort();
}

function isYoung({ life, cause }: Recheck, now: number): boolean {
  return life === 'created' && cause !== undefined && now - cause.time < VISIBLE_AFTER;
}
