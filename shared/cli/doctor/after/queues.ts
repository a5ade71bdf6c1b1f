import { mappingState } from '../../../aws/operator/mappings.ts';
import { greatest } from '../../../aws/operator/measured.ts';
import { queueDepth } from '../../../aws/operator/queues.ts';
import type { StackResource } from '../../../aws/operator/stack.ts';
import { MINUTE, SECOND } from '../../../runtime/clock.ts';
import { counted } from '../../terminal.ts';
import { type Check, checkOf, fine, unknown, wrong } from '../check.ts';
import type { Examine, Examined } from './examined.ts';

/** Older than this is no backlog of a busy minute. */
const MOST_AGE = 15 * MINUTE;
const KEPT_ASIDE = /(?:DeadLetters|UndeliveredQueue)$/;
const REDRIVE = 'Find the cause in the log of its function, then redrive: docs/operating.md';

/** What joins queues and stream to functions, what waits in the queues, and what was set aside. */
export const queues: Examine = async (examined) => {
  const { resources } = examined.hub;
  const mappings = resources.filter(({ type }) => type === 'AWS::Lambda::EventSourceMapping');
  const all = resources.filter(({ type }) => type === 'AWS::SQS::Queue');
  const aside = all.filter(({ logicalId }) => KEPT_ASIDE.test(logicalId));
  const work = all.filter((queue) => !aside.includes(queue));
  const [joined, drained, empty] = await Promise.all([
    Promise.all(mappings.map((each) => mappingCheck(examined, each))),
    Promise.all(work.map((each) => workCheck(examined, each))),
    Promise.all(aside.map((each) => asideCheck(examined, each))),
  ]);
  return [
    ...inOne(
      { id: 'mappings', title: 'Functions' },
      joined,
      `all ${joined.length} are joined to their queues and stream.`,
    ),
    ...inOne({ id: 'queues', title: 'Queues' }, drained, 'drained.'),
    ...inOne({ id: 'dead letters', title: 'Dead letters' }, empty, `none in ${counted(empty.length, 'queue')}.`),
  ];
};

/** What is fine is one line; whatever is not stands by itself. */
function inOne(named: { id: string; title: string }, checks: readonly Check[], why: string): Check[] {
  const bad = checks.filter(({ state }) => state !== 'fine');
  return bad.length > 0 ? bad : [fine(named, why)];
}

async function mappingCheck({ hub }: Examined, { logicalId, physicalId }: StackResource): Promise<Check> {
  const named = { id: `mapping ${logicalId}`, title: logicalId };
  return checkOf(named, await mappingState(hub.session, physicalId), (mapping) => {
    if (mapping === undefined)
      return wrong(named, 'it was deleted: messages wait for ever.', 'Deploy again: npm run deploy');
    const { state, functionName, lastResult } = mapping;
    const mend = `Enable it: aws lambda update-event-source-mapping --enabled --uuid ${physicalId}`;
    if (state !== 'Enabled') return wrong(named, `it is ${state}, so ${functionName} gets nothing.`, mend);
    return /PROBLEM/.test(lastResult)
      ? wrong(named, `${functionName} gets nothing: ${lastResult}`, REDRIVE)
      : fine(named, 'enabled');
  });
}

async function workCheck({ hub, now }: Examined, { logicalId, physicalId }: StackResource): Promise<Check> {
  const named = { id: `queue ${logicalId}`, title: logicalId };
  const depth = await queueDepth(hub.session, physicalId);
  if (depth.outcome !== 'found' || depth.value.waiting === 0) {
    return checkOf(named, depth, (value) =>
      value ? fine(named, 'drained.') : wrong(named, 'it was deleted.', 'Deploy again: npm run deploy'),
    );
  }
  const waiting = counted(depth.value.waiting, 'message');
  const age = await greatest(hub.session, {
    namespace: 'AWS/SQS',
    metric: 'ApproximateAgeOfOldestMessage',
    dimensions: { QueueName: physicalId.split('/').at(-1) ?? '' },
    within: 10 * MINUTE,
    now,
  });
  if (age.outcome !== 'found')
    return unknown(named, `${waiting} wait; for how long is not known.`, 'Look again in a minute.');
  const oldest = (age.value ?? 0) * SECOND;
  return oldest > MOST_AGE
    ? wrong(named, `${waiting} wait, the oldest for ${Math.round(oldest / MINUTE)} minutes.`, REDRIVE)
    : fine(named, `${waiting} wait, which is a moment's work.`);
}

async function asideCheck({ hub }: Examined, { logicalId, physicalId }: StackResource): Promise<Check> {
  const named = { id: `dead letters ${logicalId}`, title: logicalId };
  return checkOf(named, await queueDepth(hub.session, physicalId), (depth) => {
    if (depth === undefined) return wrong(named, 'it was deleted: what fails is lost.', 'Deploy again: npm run deploy');
    const count = depth.waiting + depth.working;
    if (count === 0) return fine(named, 'empty.');
    const section = logicalId.replaceAll(/\B[A-Z]/g, '-$&').toLowerCase();
    const mend = `Look: aws sqs receive-message --region ${hub.region} --queue-url ${physicalId}; then docs/operating.md#alarm-${section}`;
    return wrong(named, `${counted(count, 'message')} could not be handled.`, mend);
  });
}
