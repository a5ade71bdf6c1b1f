import { freeConcurrency } from '../../aws/operator/concurrency.ts';
import type { OperatorSession } from '../../aws/operator/session.ts';
import { type Check, checkOf, fine, wrong } from '../check.ts';

const NAMED = { id: 'lambda-concurrency', title: 'Lambda concurrency' };
/** As many functions of ours may run at once, if their queues are full. */
export const WANTED = 50;

export async function concurrencyCheck(session: OperatorSession): Promise<Check> {
  return checkOf(NAMED, await freeConcurrency(session), (free = 0) => judgeConcurrency(free, session.region));
}

/** New accounts have 10. Nothing is lost by it: what cannot run waits in the queues. */
export function judgeConcurrency(free: number, region: string): Check {
  if (free >= WANTED) return fine(NAMED, `${free} functions may run at once in ${region}.`);
  return wrong(
    NAMED,
    `only ${free} functions may run at once in ${region}, shared with all others of the account. Nothing is lost, but events wait in the queues when many come, and the sweep takes longer.`,
    `Ask for more: aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000 --region ${region}`,
  );
}
