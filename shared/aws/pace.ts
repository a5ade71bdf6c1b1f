import type { Clock } from '../runtime/clock.ts';
import { SECOND } from '../runtime/clock.ts';

/** A token bucket: `burst` calls at once, then `perSecond`. */
export interface Bucket {
  perSecond: number;
  burst: number;
}

/** What may be called of each service in an account and region; services and actions that allow less by name. */
export interface Pace extends Bucket {
  slower?: Readonly<Record<string, Bucket>>;
}

export type Sleep = (milliseconds: number) => Promise<void>;

export interface Pacer {
  /** Waits for a turn, first come first served. Without a pace nobody waits. */
  turn(place: string, action: string): Promise<void>;
  /** A call had to be repeated, because AWS throttled it or was unwell: from here on half as often. */
  throttled(place: string, action: string): void;
  /** AWS took a call at once: a little more often again, up to the pace. */
  taken(place: string, action: string): void;
}

interface Running {
  bucket: Bucket;
  /** When its next turn is free (ms). */
  free: number;
  /** Of the pace: 1, or less since AWS throttled. */
  share: number;
  halvedAt: number;
}

/** Never slower than this part of the pace: a call every few seconds starves nobody. */
const LEAST = 1 / 32;
/** What one call that AWS takes gives back of the pace. */
const RECOVERY = 1 / 50;

export function pacer(pace: Pace | undefined, now: Clock, sleep: Sleep): Pacer {
  if (pace === undefined) return { turn: async () => {}, throttled: () => {}, taken: () => {} };
  return new AdaptivePacer(pace, now, sleep);
}

class AdaptivePacer implements Pacer {
  readonly #pace: Pace;
  readonly #now: Clock;
  readonly #sleep: Sleep;
  readonly #running = new Map<string, Running>();

  constructor(pace: Pace, now: Clock, sleep: Sleep) {
    this.#pace = pace;
    this.#now = now;
    this.#sleep = sleep;
  }

  async turn(place: string, action: string): Promise<void> {
    const running = this.#of(place, action);
    const { bucket, share, free } = running;
    const each = SECOND / (bucket.perSecond * share);
    const at = this.#now();
    // What AWS throttles has no burst left.
    const burst = share < 1 ? 1 : bucket.burst;
    const turn = Math.max(free, at - (burst - 1) * each);
    running.free = turn + each;
    if (turn > at) await this.#sleep(turn - at);
  }

  throttled(place: string, action: string): void {
    const running = this.#of(place, action);
    // Calls that were under way together are one sign, not several.
    if (this.#now() - running.halvedAt < SECOND) return;
    running.halvedAt = this.#now();
    running.share = Math.max(LEAST, running.share / 2);
  }

  taken(place: string, action: string): void {
    const running = this.#of(place, action);
    running.share = Math.min(1, running.share + RECOVERY);
  }

  #of(place: string, action: string): Running {
    const { slower = {}, ...usual } = this.#pace;
    const name = slower[action] ? action : action.slice(0, action.indexOf(':'));
    const key = `${place} ${name}`;
    const known = this.#running.get(key);
    if (known) return known;
    const never = Number.NEGATIVE_INFINITY;
    const made: Running = { bucket: slower[name] ?? usual, free: never, share: 1, halvedAt: never };
    this.#running.set(key, made);
    return made;
  }
}
