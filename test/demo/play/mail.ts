import { chance } from '../../support/local-world/chance.ts';
import type { Delivery } from '../story/schema.ts';

export interface Mail {
  /** Every event that came to us at least once, in the order of happening. */
  delivered: readonly unknown[];
  hand(event: unknown, delivery: Delivery): void;
  /** Holds events back while `run` runs, and then lets them go in an order that the seed decides. */
  shuffled(seed: number, run: () => void): void;
}

/** The way of events to us: as they come, several times, later, or not at all; and in any order where that is asked for. */
export function mail(put: (event: unknown, after?: number) => void): Mail {
  const delivered: unknown[] = [];
  let waiting: (() => void)[] | undefined;
  return {
    delivered,
    hand(event, { repeat = 1, late = 0, lost = false }) {
      if (lost) return;
      delivered.push(event);
      for (let copy = 0; copy < repeat; copy += 1) {
        if (waiting === undefined) put(event, late);
        else waiting.push(() => put(event, late));
      }
    },
    shuffled(seed, run) {
      waiting = [];
      run();
      const random = chance(seed);
      const ready = waiting.map((go) => ({ go, order: random() })).sort((a, b) => a.order - b.order);
      waiting = undefined;
      for (const { go } of ready) go();
    },
  };
}
