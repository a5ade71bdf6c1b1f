import { beforeAll, expect, it } from 'vitest';
import { loadBaseline } from '../../shared/baseline/load.ts';
import { fromSource } from '../support/from-source.ts';
import { FUNCTION_NAMES, type FunctionName, type HandlerSource } from '../support/local-world/handlers.ts';
import {
  ALL,
  aBaselineFile,
  aPipeline,
  LOGGING,
  loggingOf,
  MEMBER,
  PAYMENTS,
  type Pipeline,
  packaged,
  REGION,
  START,
} from '../support/pipeline.ts';
import { aSample, SAMPLE_NAMES } from '../support/samples.ts';

let deployed: HandlerSource;
beforeAll(async () => {
  deployed = await packaged('counted', aBaselineFile({ ...ALL, [LOGGING]: 'remediate' }));
});

/** What a message may come to, hop by hop. All else that is counted is about resources, findings and calls. */
const OUTCOMES: Readonly<Record<FunctionName, RegExp>> = {
  'locate-change': /^(?:located|failed|ignored .*)$/,
  'evaluate-resource': /^(?:looked .*|failed)$/,
  'announce-finding': /^(?:notified|ignored|failed)$/,
  'remediate-finding': /^(?:tried .*|failed)$/,
  'post-to-slack': /^(?:posted|later|ignored|failed)$/,
};

/** Messages that were received, and the sum of what they came to. */
function balance(pipeline: Pipeline) {
  return FUNCTION_NAMES.map((name) => {
    const counts = Object.entries(pipeline.counts(name));
    const sum = (which: RegExp) => counts.filter(([key]) => which.test(key)).reduce((all, [, value]) => all + value, 0);
    return { name, received: sum(/^received$/), outcomes: sum(OUTCOMES[name]) };
  });
}

/** Records that each function was really handed. */
function handed({ world }: Pipeline): Record<string, number> {
  const all = world.invocations.map((run) => ({ name: run.function, records: run.event.Records.length }));
  return Object.fromEntries(
    FUNCTION_NAMES.map((name) => [
      name,
      all.filter((run) => run.name === name).reduce((sum, { records }) => sum + records, 0),
    ]),
  );
}

/** Every sample there is, what is no event, faults, a change, its fix and its repetition. */
async function aBusyDay(pipeline: Pipeline): Promise<void> {
  const { world, cloud } = pipeline;
  for (const [at, name] of SAMPLE_NAMES.entries()) world.put(aSample(name), at * 700);
  world.put(aSample('eks-UpdateClusterConfig', { errorCode: 'AccessDenied' }));
  world.put({ ...aSample('eks-UpdateClusterConfig'), account: '999988887777' });
  world.queues.changes.send({ body: 'no JSON' });
  world.queues.rechecks.send({ body: '{}' });
  world.queues.slack.send({ body: '{}' });
  world.at(
    START + 10_000,
    'throttled',
    () => void cloud.fault({ when: { action: 'ec2:*' }, answer: 'throttled', times: 9 }),
  );
  world.at(START + 20_000, 'denied', () => void cloud.fault({ when: { action: 'iam:*' }, answer: 'denied', times: 3 }));
  world.at(START + 30_000, 'Slack is busy', () => world.slack.next({ retryAfter: 30 }));
  pipeline.update(loggingOf(false, 'audit', 'authenticator'));
  await world.untilIdle();
  pipeline.update(loggingOf(false, 'api'));
  await world.untilIdle();
}

it('Q-01: on every hop what was received is the sum of what it came to', async () => {
  await using pipeline = await aPipeline({ handlers: deployed });
  await aBusyDay(pipeline);
  const balances = balance(pipeline);
  expect(balances.map(({ name, outcomes }) => [name, outcomes])).toEqual(
    balances.map(({ name, received }) => [name, received]),
  );
  const { 'announce-finding': _records, ...messages } = handed(pipeline);
  expect(balances.filter(({ received }) => received === 0)).toEqual([]);
  expect(messages).toEqual(
    Object.fromEntries(
      balances.filter(({ name }) => name !== 'announce-finding').map(({ name, received }) => [name, received]),
    ),
  );
});

it('Q-02: from an event to its verdict and to its notice the time is measured from the event itself', async () => {
  const { baseline } = loadBaseline(aBaselineFile({ [LOGGING]: 'notify' }), 'baseline.yml', START);
  await using pipeline = await aPipeline({ handlers: fromSource(baseline) });
  pipeline.cloud.change(MEMBER, loggingOf(true, 'api'), ['regions', REGION, 'clusters', PAYMENTS.id]);
  const eventTime = new Date(START - 20_000).toISOString();
  pipeline.world.put(aSample('eks-UpdateClusterConfig', { eventTime }), 5000);
  await pipeline.world.untilIdle();
  expect(pipeline.counts('evaluate-resource').eventToVerdict).toBe(25_000);
  expect(pipeline.counts('announce-finding').eventToNotice).toBe(25_000);
});
