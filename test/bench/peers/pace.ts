import { SWEEP_CALLS } from '../../../shared/sweep/bounds.ts';
import type { PeersEstate } from './estate.ts';
import { measure } from './measure.ts';
import { short } from './ratios.ts';
import { ourShared, type Venvs } from './tools.ts';

/** A scan as it is shipped: how long its limits let it take at least, and how long it took. */
export interface PaceFigures {
  perSecond: number;
  burst: number;
  /** The service that most is asked of, and how often. */
  service: string;
  calls: number;
  leastSeconds: number;
  seconds: number;
  /** The same run without its limits. */
  unpacedSeconds: number;
}

export async function measurePace(
  estate: PeersEstate,
  venvs: Venvs,
  say: (line: string) => void,
): Promise<PaceFigures> {
  const { pace } = SWEEP_CALLS;
  if (pace === undefined) throw new RangeError('The sweep has no pace.');
  await measure(estate, venvs, ourShared('custodian'), { aws: 0 });
  const unpaced = await measure(estate, venvs, ourShared('custodian'), { aws: 30 });
  const { seconds, actions } = await measure(estate, venvs, ourShared('custodian', true), { aws: 30 });
  const { service, calls } = busiest(actions);
  const leastSeconds = leastFor(calls, pace);
  say(`  paced: ${calls} calls of ${service}: at least ${short(leastSeconds)} s, took ${short(seconds)} s`);
  const { perSecond, burst } = pace;
  const told = { leastSeconds: short(leastSeconds), seconds: short(seconds), unpacedSeconds: short(unpaced.seconds) };
  return { perSecond, burst, service, calls, ...told };
}

/** The first calls come at once; the last waits for a turn as all others did. */
export function leastFor(calls: number, { perSecond, burst }: { perSecond: number; burst: number }): number {
  return Math.max(0, calls - burst) / perSecond;
}

/** Limits are for each service by itself, so the one that is asked most says how long it takes. */
export function busiest(actions: Readonly<Record<string, number>>): { service: string; calls: number } {
  const sums = new Map<string, number>();
  for (const [action, count] of Object.entries(actions)) {
    const service = action.slice(0, action.indexOf(':'));
    sums.set(service, (sums.get(service) ?? 0) + count);
  }
  const [service, calls] = [...sums].sort(([, a], [, b]) => b - a)[0] ?? ['none', 0];
  return { service, calls };
}
