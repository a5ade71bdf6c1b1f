import type { Context, SQSBatchResponse } from 'aws-lambda';
import { beforeAll, expect, it } from 'vitest';
import { recheckSchema } from '../../shared/findings/recheck-message.ts';
import type { QueueName } from '../support/local-world/bindings.ts';
import type { FunctionName, HandlerSource, Handlers } from '../support/local-world/handlers.ts';
import type { Invocation } from '../support/local-world/invoker.ts';
import { aBaselineFile, aPipeline, LOGGING, loggingOf, type Pipeline, packaged } from '../support/pipeline.ts';
import { aSample } from '../support/samples.ts';

let deployed: HandlerSource;
beforeAll(async () => {
  deployed = await packaged('batches', aBaselineFile());
});

const runs = ({ world }: Pipeline, name: FunctionName): Invocation[] =>
  world.invocations.filter((one) => one.function === name);
const failedIn = ({ result }: Invocation): string[] =>
  (result as SQSBatchResponse).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
const changeOf = (name: string) => JSON.stringify(aSample('eks-UpdateClusterConfig', { requestParameters: { name } }));

it('B-01: of ten messages the one that is no JSON goes back, alone, until it is in the dead-letter queue', async () => {
  await using pipeline = await aPipeline({ handlers: deployed });
  const { changes } = pipeline.world.queues;
  const ids = Array.from({ length: 10 }, (_, at) => changes.send({ body: at === 4 ? '{"half":' : changeOf(`c${at}`) }));
  await pipeline.world.untilIdle();
  const [first, ...later] = runs(pipeline, 'locate-change');
  expect(first?.result).toEqual({ batchItemFailures: [{ itemIdentifier: ids[4] }] });
  expect(later.map((run) => [run.event.Records.length, failedIn(run)])).toEqual(later.map(() => [1, [ids[4]]]));
  expect(changes.dead.map(({ id, receives }) => [id, receives])).toEqual([[ids[4], 5]]);
  expect(pipeline.counts('locate-change')).toEqual({ received: 14, located: 9, failed: 5 });
});

const STRANGE: readonly unknown[] = [{ hello: 1 }, [], null, 'text', 1, { resource: { kind: 'cluster' } }];

it.each<QueueName>(['rechecks', 'fixes', 'slack'])(
  'B-02: what is JSON but no message of ours ends in the dead-letter queue of %s, and never elsewhere',
  async (name) => {
    await using pipeline = await aPipeline({ handlers: deployed });
    const queue = pipeline.world.queues[name];
    const bodies = STRANGE.map((body) => JSON.stringify(body));
    for (const body of bodies) queue.send({ body });
    await pipeline.world.untilIdle();
    expect(queue.dead.map(({ body }) => body).sort()).toEqual([...bodies].sort());
    expect(await pipeline.world.items()).toEqual([]);
  },
);

it('B-02: what is JSON but no event is ignored, with its reason counted', async () => {
  await using pipeline = await aPipeline({ handlers: deployed });
  for (const body of STRANGE) pipeline.world.queues.changes.send({ body: JSON.stringify(body) });
  await pipeline.world.untilIdle();
  expect(pipeline.counts('locate-change')).toEqual({ received: 6, 'ignored not an event': 6 });
  expect(pipeline.world.queues.changes.dead).toEqual([]);
});

it('B-03: where a function fails outside its messages the whole batch comes again, and nothing is lost', async () => {
  await using pipeline = await aPipeline({ handlers: deployed });
  const heal = pipeline.world.cloud.fault({ action: 'secretsmanager:GetSecretValue', kind: 'denied' });
  pipeline.update(loggingOf(false, 'audit'));
  await pipeline.world.advance(120_000);
  const failing = runs(pipeline, 'post-to-slack');
  expect(failing.map(({ result, error }) => [result, (error as Error).name])).toEqual(
    failing.map(() => [undefined, 'AccessDeniedException']),
  );
  expect(failing.length).toBeGreaterThan(0);
  expect(pipeline.world.slack.posts).toEqual([]);
  heal();
  await pipeline.world.untilIdle();
  expect(pipeline.world.slack.posts.map(({ body }) => String(body.text))).toEqual([
    expect.stringContaining('Audit or authenticator logs are off: audit.'),
  ]);
  expect(pipeline.world.queues.slack.dead).toEqual([]);
});

/** The handlers themselves, made as the world makes them. */
async function handlersOf(): Promise<{ handlers: Handlers; pipeline: Pipeline }> {
  let handlers: Handlers = {};
  const pipeline = await aPipeline({
    handlers: async (wiring) => {
      handlers = typeof deployed === 'function' ? await deployed(wiring) : deployed;
      return handlers;
    },
  });
  return { handlers, pipeline };
}

it('B-04: an event without messages is answered by every function, and logged', async () => {
  const { handlers, pipeline } = await handlersOf();
  await using _closed = pipeline;
  for (const [name, handler] of Object.entries(handlers)) {
    for (const event of [{}, { Records: [] }]) {
      const answer = await handler?.(event as never, { awsRequestId: name } as Context);
      expect([name, answer]).toEqual([name, { batchItemFailures: [] }]);
    }
  }
  const begun = pipeline.world.logs.map(({ line }) => JSON.parse(line)).filter(({ records }) => records === 0);
  expect(begun.length).toBe(2 * Object.keys(handlers).length);
});

it('B-05: an event about three images has all three looked at', async () => {
  await using pipeline = await aPipeline({ handlers: deployed });
  const digests = ['a', 'b', 'c'].map((letter) => `sha256:${letter.repeat(64)}`);
  const imageIds = digests.map((imageDigest) => ({ imageDigest }));
  const event = aSample('ecr-BatchDeleteImage', {
    requestParameters: { repositoryName: 'payments-api', imageIds },
    responseElements: { imageIds, failures: [] },
  });
  pipeline.world.put(event);
  await pipeline.world.advance(1000);
  const asked = pipeline.steps
    .flatMap((step) => (step.step === 'message' && step.queue === 'rechecks' ? [step.body] : []))
    .map((body) => recheckSchema.parse(JSON.parse(body)))
    .filter(({ why }) => why === 'event');
  expect(asked.map(({ resource }) => resource.id).sort()).toEqual(digests.map((digest) => `payments-api@${digest}`));
});

const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const HOSTILE_BODIES: readonly (readonly [string, string])[] = [
  ['reaches for the prototype', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'],
  ['has 10,000 levels', deep(10_000)],
  ['has a list of 10,000 levels', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
  ['has numbers beyond all bounds', '{"resource":{"kind":"cluster"},"seenAt":1e999,"hops":-1e999}'],
  ['has NaN in it', '{"seenAt":NaN}'],
];
const EVERYWHERE = (['changes', 'rechecks', 'fixes', 'slack'] as const).flatMap((queue) =>
  HOSTILE_BODIES.map(([what, body]) => [queue, what, body] as const),
);

it('B-06: whatever stands in a message, no queue does anything with it, and no prototype changes', async () => {
  await using pipeline = await aPipeline({ handlers: deployed });
  for (const [queue, , body] of EVERYWHERE) pipeline.world.queues[queue].send({ body });
  await pipeline.world.untilIdle();
  const { changes, rechecks, fixes, slack } = pipeline.world.queues;
  expect([rechecks, fixes, slack].map(({ dead }) => dead.length)).toEqual([5, 5, 5]);
  expect(changes.dead.map(({ body }) => body)).toEqual(['{"seenAt":NaN}']);
  expect(pipeline.counts('locate-change')).toEqual({
    received: 9,
    failed: 5,
    'ignored not an event': 4,
  });
  expect(await pipeline.world.items()).toEqual([]);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

it.each([
  ['a time beyond all bounds', { eventTime: 'HOSTILE' }, '1e999'],
  ['a request of 10,000 levels', { requestParameters: 'HOSTILE' }, `{"name":"payments","deep":${deep(10_000)}}`],
  ['a caller who reaches for the prototype', { userIdentity: 'HOSTILE' }, '{"__proto__":{"polluted":1}}'],
])('B-06: an event with %s still has its cluster looked at', async (_, detail, value) => {
  await using pipeline = await aPipeline({ handlers: deployed });
  const body = JSON.stringify(aSample('eks-UpdateClusterConfig', detail)).replace('"HOSTILE"', value);
  pipeline.world.queues.changes.send({ body });
  await pipeline.world.untilIdle();
  expect((await pipeline.finding(LOGGING))?.state).toBe('closed');
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});
