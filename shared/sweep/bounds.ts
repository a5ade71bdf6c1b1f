import type { Context } from 'aws-lambda';
import type { Calls } from '../aws/lambda-world.ts';
import { MINUTE } from '../runtime/clock.ts';
import type { TimeFor } from '../runtime/time-for.ts';

/** Nobody waits for a sweep: it leaves AWS's limits to those who do. Of each account, region and service. */
export const SWEEP_CALLS: Calls = {
  pace: {
    perSecond: 10,
    burst: 20,
    slower: {
      cloudtrail: { perSecond: 5, burst: 5 },
      'cloudtrail:LookupEvents': { perSecond: 1, burst: 1 },
    },
  },
  client: { retryMode: 'adaptive' },
};
/** Resources that are looked at together; they share their reads. */
export const AT_ONCE = 10;
/** How long a scope is held without a sign of life. Renewed after each few resources. */
export const LEASE = 5 * MINUTE;
/** The same for a sweep of everything, renewed by each of its scopes. */
export const WHOLE_LEASE = 60 * MINUTE;
/** Findings that a summary names. */
export const MOST_NAMED = 10;
/** Events of one name that are asked for where something opened without one, per control: each is a paced call. */
export const MOST_LOOKUPS = 8;

/** Nothing is begun once half of the time is over: what is left is enough for the slowest few resources, and their record. */
export function timeToSweep(context: Pick<Context, 'getRemainingTimeInMillis'>): TimeFor {
  const half = context.getRemainingTimeInMillis() / 2;
  return () => context.getRemainingTimeInMillis() > half;
}
