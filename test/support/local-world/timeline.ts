import type { Clock } from '../../../shared/runtime/clock.ts';
import type { Agenda } from './agenda.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** More than any story does; a loop that never ends reaches it soon. */
const MOST_STEPS = 100_000;

/** Lets planned things happen, each at its time. */
export interface Timeline {
  now: Clock;
  /** Does all that is due within this many milliseconds, and ends at that time. */
  advance(milliseconds: number): Promise<void>;
  /** Does all that is to come, delayed messages and retries included; throws if it is not over after `most` milliseconds. */
  untilIdle(most?: number): Promise<void>;
}

const THREE_DAYS = 3 * 24 * 3_600_000;

export function timeline(clock: VirtualClock, agenda: Agenda): Timeline {
  let running = false;

  async function run(limit: number, goOn: () => boolean): Promise<void> {
    if (running) throw new Error('The world is running already: wait for it.');
    running = true;
    try {
      for (let steps = 0; goOn(); steps += 1) {
        const { first } = agenda;
        if (first === undefined || first.time > limit) return;
        if (steps === MOST_STEPS) throw new Error(`The world does not come to rest: ${first.what}, again and again.`);
        agenda.cancel(first);
        clock.moveTo(first.time);
        await first.run();
      }
    } finally {
      running = false;
    }
  }

  return {
    now: clock.now,
    async advance(milliseconds) {
      const end = clock.now() + milliseconds;
      await run(end, () => true);
      clock.moveTo(end);
    },
    async untilIdle(most = THREE_DAYS) {
      await run(clock.now() + most, () => agenda.busy);
      if (agenda.busy) throw new Error(`The world is not idle after ${most} ms: next is ${agenda.first?.what}.`);
    },
  };
}
