import { createHash } from 'node:crypto';
import { type Execution, executionsOf, startExecution } from '../aws/operator/executions.ts';
import { needed, type OperatorSession } from '../aws/operator/session.ts';

const PREFIX = 'deployment-';
const MOST = 1000;

/** What a sweep looks for and where: if it differs from what the last deployment's sweep looked for, everything is looked at again. */
export function sweepMark(looksFor: unknown): string {
  return createHash('sha256').update(JSON.stringify(looksFor)).digest('hex').slice(0, 16);
}

/** Starts a sweep of a hub that is new, or if the last deployment's sweep looked for something else; says whether it did. */
export async function sweepAfterDeploy(
  session: OperatorSession,
  machine: string,
  { mark, isNew, now }: { mark: string; isNew: boolean; now: number },
): Promise<boolean> {
  const gone = `There is no state machine ${machine}: deploy again.`;
  const executions = needed(await executionsOf(session, machine, { most: MOST }), gone);
  if (!isNew && markOfLast(executions) === mark) return false;
  needed(await startExecution(session, machine, {}, `${PREFIX}${mark}-${now.toString(36)}`), gone);
  return true;
}

/** By the name of the newest one that a deployment started. */
export function markOfLast(executions: readonly Pick<Execution, 'arn' | 'startedAt'>[]): string | undefined {
  const names = [...executions].sort((a, b) => b.startedAt - a.startedAt).map(({ arn }) => arn.split(':').at(-1) ?? '');
  return names.find((name) => name.startsWith(PREFIX))?.split('-')[1];
}
