import type { World } from '../aws/world.ts';
import type { Recheck } from '../changes/change.ts';
import type { ResourceState } from './finding.ts';

/** Counts what one written look came to. */
export function tally(
  world: World,
  { cause, why }: Recheck,
  before: ResourceState | undefined,
  after: ResourceState,
): void {
  const { metrics } = world;
  const findings = Object.entries(after.findings);
  const became = (to: string) =>
    findings.filter(([control, { state }]) => state === to && (before?.findings[control]?.state ?? 'closed') !== to)
      .length;
  metrics.count('evaluated');
  count(world, 'unknown', findings.filter(([, { unreadSince }]) => unreadSince !== undefined).length);
  count(world, 'opened', became('open'));
  count(world, 'resolved', became('closed'));
  if (cause && (why === 'event' || why === 'link'))
    metrics.duration('eventToVerdict', Math.max(0, world.now() - cause.time));
}

function count(world: World, name: 'unknown' | 'opened' | 'resolved', by: number): void {
  if (by > 0) world.metrics.count(name, by);
}
