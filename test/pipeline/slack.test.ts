import { expect, it } from 'vitest';
import { loadBaseline } from '../../shared/baseline/load.ts';
import { fromSource } from '../support/from-source.ts';
import { aBaselineFile, aPipeline, LOGGING, loggingOf, type Pipeline } from '../support/pipeline.ts';

const { baseline } = loadBaseline(aBaselineFile({ [LOGGING]: 'notify' }), 'baseline.yml', 0);
const handlers = fromSource(baseline);

/** Somebody turns logging off, and everything takes its course: what Slack got, by seconds since the first try, and who else was told. */
async function told({ world, update }: Pipeline) {
  update(loggingOf(false, 'audit'));
  await world.untilIdle();
  const { posts } = world.slack;
  const first = posts[0]?.at ?? 0;
  return {
    posts: posts.map(({ at, status }) => [(at - first) / 1000, status]),
    mails: world.deliveries.filter(({ protocol }) => protocol === 'email').length,
    dead: world.queues.slack.dead.length,
  };
}

it('N-01: what Slack asks to be given in 30 seconds is given after 30 seconds, exactly once', async () => {
  await using pipeline = await aPipeline({ handlers });
  pipeline.world.slack.next({ retryAfter: 30 });
  const { posts, mails, dead } = await told(pipeline);
  expect([posts.map(([, status]) => status), mails, dead]).toEqual([[429, 200], 1, 0]);
  expect(posts[1]?.[0]).toBeGreaterThanOrEqual(30);
  expect(posts[1]?.[0]).toBeLessThanOrEqual(36);
});

it('N-02: Slack unwell or silent is tried again until it takes the post, once', async () => {
  await using pipeline = await aPipeline({ handlers });
  pipeline.world.slack.next('unwell', 'drop', 'unwell');
  const { posts, mails, dead } = await told(pipeline);
  expect([posts.map(([, status]) => status), mails, dead]).toEqual([[500, 0, 500, 200], 1, 0]);
});

it('N-02: N-07: where Slack refuses for good the notice ends in the dead-letter queue, and the mail has gone out once', async () => {
  await using pipeline = await aPipeline({ handlers });
  pipeline.world.slack.next(...Array.from({ length: 50 }, () => 'no_service' as const));
  const { posts, mails, dead } = await told(pipeline);
  expect([posts.map(([, status]) => status), mails, dead]).toEqual([Array.from({ length: 10 }, () => 404), 1, 1]);
  const lost = JSON.parse(pipeline.world.queues.slack.dead[0]?.body ?? '{}');
  expect(JSON.parse(lost.Message).news.map(({ control }: { control: string }) => control)).toEqual([LOGGING]);
});
