import { expect, it } from 'vitest';
import { loadBaseline } from '../../shared/baseline/load.ts';
import { type Bend, fromSource } from '../support/from-source.ts';
import { aBaselineFile, aPipeline, LOGGING, loggingOf, PAYMENTS } from '../support/pipeline.ts';
import { aSample } from '../support/samples.ts';

const { baseline } = loadBaseline(aBaselineFile({ [LOGGING]: 'notify' }), 'baseline.yml', 0);
const COUNT = 100;

const changeOf = (at: number) =>
  JSON.stringify(
    aSample('eks-UpdateClusterConfig', {
      requestParameters: { name: PAYMENTS.id },
      eventID: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    }),
  );

it('B-07: a hundred dead letters handed over again, some of them twice, are one finding and one notice', async () => {
  let isBroken = true;
  const bend: Bend = (world, name) => {
    if (name !== 'locate-change') return world;
    const send: typeof world.rechecks.send = (...asked) =>
      isBroken ? Promise.reject(new Error('The bug.')) : world.rechecks.send(...asked);
    return { ...world, rechecks: { send } };
  };
  await using pipeline = await aPipeline({ handlers: fromSource(baseline, bend) });
  const { changes } = pipeline.world.queues;
  pipeline.update(loggingOf(false, 'audit', 'authenticator'));
  for (let at = 1; at < COUNT; at++) changes.send({ body: changeOf(at) });
  await pipeline.world.untilIdle();
  const dead = [...changes.dead].sort((a, b) => a.sentAt - b.sentAt);
  const before = await pipeline.finding(LOGGING);

  isBroken = false;
  for (const { body } of [...dead, ...dead.slice(0, 10)]) changes.send({ body });
  await pipeline.world.untilIdle();
  const history = (await pipeline.world.items()).filter(({ sk }) => sk.startsWith('history#'));
  expect({
    dead: dead.length,
    before,
    state: (await pipeline.finding(LOGGING))?.state,
    history: history.map(({ to }) => to),
    posts: pipeline.world.slack.posts.length,
  }).toEqual({ dead: COUNT, before: undefined, state: 'open', history: ['open'], posts: 1 });
});
