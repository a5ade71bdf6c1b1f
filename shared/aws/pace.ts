import type { Clock } from '../runtime/clock.ts';
import { SECOND } from '../runtime/clock.ts';

/** A token bucket: `burst` calls at once, then `perSecond`. */
export interface Pace {
  perSecond: number;
  burst: number;
}

export type Sleep = (milliseconds: number) => Promise<void>;

/** Waits for a turn in the bucket of its name, first come first served. Without a pace nobody waits. */
export function pacer(pace: Pace | undefined, now: Clock, sleep: Sleep): (bucket: string) => Promise<void> {
  if (pace === undefined) return async () => {};
  const { perSecond, burst } = pace;
  const each = SECOND / perSecond;
  const free = new Map<string, number>();
  return async (bucket) => {
    const at = now();
    const turn = Math.max(free.get(bucket) ?? Number.NEGATIVE_INFINITY, at - (burst - 1) * each);
    free.set(bucket, turn + each);
    if (turn > at) await sleep(turn - at);
  };
}
