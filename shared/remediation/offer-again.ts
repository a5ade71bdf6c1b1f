import type { World } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { Resource } from '../resources/resource.ts';
import { candidatesOf } from './candidate.ts';
import type { FixMessage } from './runner.ts';

/**
 * Offers again what may be fixed on a resource and still fails: what a guard held, and what the baseline allows only
 * since. A failed fix is not among it. For a sweep that is not the first of its scope; resolves to whether it did.
 */
export async function offerAgain(
  world: Pick<World, 'table' | 'now' | 'fixes'>,
  baseline: Baseline,
  resource: Resource,
): Promise<boolean> {
  const may = baseline.fixed.some(({ resources }) => resources.some(({ kind }) => kind === resource.kind));
  if (!may) return false;
  const offered = (await candidatesOf(world, baseline, resource, true)).filter(
    ({ finding }) => finding.state === 'open',
  );
  if (offered.length === 0) return false;
  const message: FixMessage = { resource, held: true };
  await world.fixes.send(message);
  return true;
}
