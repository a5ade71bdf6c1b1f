import FakeTimers from '@sinonjs/fake-timers';
import type { Clock } from '../../../shared/runtime/clock.ts';

/** Time that stands still until it is moved. */
export interface VirtualClock {
  now: Clock;
  /** Never back: an earlier time changes nothing. */
  moveTo(time: number): void;
  /** From now on this process's `Date` shows this time; its timers stay real. */
  takeDate(): void;
  giveDateBack(): void;
}

export function virtualClock(start: number | string): VirtualClock {
  let time = typeof start === 'number' ? start : Date.parse(start);
  let installed: ReturnType<typeof FakeTimers.install> | undefined;
  if (Number.isNaN(time)) throw new TypeError(`${start} is no date.`);
  return {
    now: () => time,
    moveTo(to) {
      time = Math.max(time, to);
      installed?.setSystemTime(time);
    },
    takeDate() {
      installed ??= FakeTimers.install({ now: time, toFake: ['Date'] });
    },
    giveDateBack() {
      installed?.uninstall();
      installed = undefined;
    },
  };
}
