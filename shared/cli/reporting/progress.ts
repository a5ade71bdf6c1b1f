import { SECOND } from '../../runtime/clock.ts';
import type { Step } from './judge-scopes.ts';

/** Where a line is written over and over: a terminal. */
export interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const AFTER = SECOND;
const EVERY = SECOND / 10;

/** A line on a terminal that says how far something is once it takes over a second; elsewhere nothing. */
export function progressLine(screen: Screen = process.stderr, now: () => number = Date.now) {
  const began = now();
  let [told, shown] = [began + AFTER - EVERY, false];
  return {
    tell(step: Step): void {
      const at = now();
      if (screen.isTTY !== true || at - told < EVERY) return;
      [told, shown] = [at, true];
      screen.write(`\r\u001b[2K${lineOf(step, at - began).slice(0, (screen.columns ?? 80) - 1)}`);
    },
    /** Takes the line away, so that what follows stands alone. */
    end(): void {
      if (shown) screen.write('\r\u001b[2K');
      shown = false;
    },
  };
}

/** `Judging nodegroup in eu-west-1: 120 of 500 · 640 calls · about 12 s left`. */
export function lineOf({ kind, region, done, total, calls }: Step, elapsed: number): string {
  const left = done === 0 ? undefined : Math.ceil(((total - done) * elapsed) / done / SECOND);
  const time = left === undefined || done === total ? [] : [`about ${left} s left`];
  return [`Judging ${kind} in ${region}: ${done} of ${total}`, `${calls} calls`, ...time].join(' · ');
}
