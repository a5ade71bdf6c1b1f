import type { Context } from 'aws-lambda';
import { SECOND } from './clock.ts';

/** Whether there is time to begin one more piece of work, and to record what came of it. */
export type TimeFor = () => boolean;

/** Of a process that nobody ends. */
export const always: TimeFor = () => true;

/** One read or write of ours that AWS answers late, with its record, ends within this; less where a function has less. */
const MARGIN = 10 * SECOND;

/** Of one invocation: nothing new begins in its last ten seconds, or in the last third of what it had. A caller other than Lambda may set no limit. */
export function timeFor(context: Partial<Pick<Context, 'getRemainingTimeInMillis'>>): TimeFor {
  const left = () => context.getRemainingTimeInMillis?.() ?? Number.POSITIVE_INFINITY;
  const margin = Math.min(MARGIN, left() / 3);
  return () => left() >= margin;
}

/** The invocation ends too soon to begin with this message: it goes back as it came. */
export class OutOfTime extends Error {
  override name = 'OutOfTime';
  override message = 'Too little time was left to begin with it.';
}

/** Asked at the moment that the work would begin: messages may have waited for each other. */
export function expectTime(enough: TimeFor): void {
  if (!enough()) throw new OutOfTime();
}
