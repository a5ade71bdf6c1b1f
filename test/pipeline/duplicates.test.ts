import { beforeAll, expect, it } from 'vitest';
import type { Resource } from '../../shared/resources/resource.ts';
import { type Account, anAccount, merge, namesOf } from '../support/cloud/audited/index.ts';
import type { HandlerSource } from '../support/local-world/handlers.ts';
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
} from '../support/pipeline.ts';
import { aSample } from '../support/samples.ts';

let deployed: HandlerSource;
beforeAll(async () => {
  deployed = await packaged('duplicates', aBaselineFile(ALL));
});

const IMAGE = 'payments-api@sha256:52737fa99ad154760347f0f2e506c70bb475c2f4b8d3e81287ce44521e5ad61d';
const UNLOGGED = { ...loggingOf(true, 'api', 'controllerManager', 'scheduler') };

/** The healthy account, but two log types of the cluster are off, and an image has an old flaw. */
function audited(): Account {
  const healthy = anAccount(MEMBER, REGION);
  const { repository, digest } = namesOf(MEMBER, REGION);
  const image = healthy.regions[REGION]?.images?.[`${repository}@${digest}`];
  const scan = healthy.regions[REGION]?.scans?.[`${repository}@${digest}`];
  const [, imageDigest] = IMAGE.split('@');
  const flaws = { findings: [{ name: 'CVE-2026-0001', severity: 'CRITICAL' }], findingSeverityCounts: { CRITICAL: 1 } };
  const here = {
    clusters: { [PAYMENTS.id]: UNLOGGED },
    images: { [IMAGE]: { ...image, imageDigest, imagePushedAt: '2026-10-01T00:00:00.000Z' } },
    scans: { [IMAGE]: { ...scan, imageScanFindings: { ...scan?.imageScanFindings, ...flaws } } },
  };
  return merge(healthy, { regions: { [REGION]: here } });
}

/** What was told, and how often each finding of a resource came to be as it is. */
async function outcome({ world, finding }: Pipeline, control: string, resource: Resource) {
  const history = (await world.items()).filter(({ sk }) => sk.startsWith('history#') && sk.includes(`#${control}#`));
  const { state, cause } = (await finding(control, resource)) ?? {};
  return {
    state,
    event: cause?.event,
    transitions: history.map(({ from, to }) => `${from} to ${to}`),
    posts: world.slack.posts.length,
    dead: Object.values(world.queues).flatMap(({ dead }) => dead),
  };
}

const LOGS_OFF = {
  state: 'open',
  event: 'eks:UpdateClusterConfig',
  transitions: ['closed to open'],
  posts: 1,
  dead: [],
};

it('D-01: one event ten times, in batches of five, is one transition and told once', async () => {
  const bindings = { queues: { changes: { batchSize: 5, atOnce: 6 }, rechecks: { atOnce: 5 } } };
  await using pipeline = await aPipeline({ handlers: deployed, audited: audited(), bindings });
  for (let time = 0; time < 10; time += 1) pipeline.world.put(aSample('eks-UpdateClusterConfig'));
  await pipeline.world.untilIdle();
  expect(await outcome(pipeline, LOGGING, PAYMENTS)).toEqual(LOGS_OFF);
});

it('D-02: what CloudTrail tells and what the service itself tells of one image is one finding and one notice', async () => {
  const id: Resource = { kind: 'image', id: IMAGE, account: MEMBER, region: REGION };
  await using pipeline = await aPipeline({ handlers: deployed, audited: audited() });
  for (const name of ['ecr-PutImage', 'ecr-ImageScan', 'ecr-ImageScan']) pipeline.world.put(aSample(name));
  await pipeline.world.untilIdle();
  expect(await outcome(pipeline, 'image-vulnerabilities', id)).toEqual({
    ...LOGS_OFF,
    event: expect.stringMatching(/^ecr:(?:PutImage|ImageScan)$/),
  });
});

it('D-03: one change that two rules forward, under envelopes of their own, is one change', async () => {
  await using pipeline = await aPipeline({ handlers: deployed, audited: audited() });
  for (const id of ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'])
    pipeline.world.put({ ...aSample('eks-UpdateClusterConfig'), id }, id.endsWith('a') ? 0 : 4000);
  await pipeline.world.untilIdle();
  expect(await outcome(pipeline, LOGGING, PAYMENTS)).toEqual(LOGS_OFF);
});

it('D-05: an event that comes again after a month changes nothing and tells nobody', async () => {
  await using pipeline = await aPipeline({ handlers: deployed, audited: audited() });
  pipeline.world.put(aSample('eks-UpdateClusterConfig'));
  await pipeline.world.advance(31 * 24 * 3_600_000);
  const before = await pipeline.finding(LOGGING);
  pipeline.world.put(aSample('eks-UpdateClusterConfig'));
  await pipeline.world.untilIdle();
  expect(await pipeline.finding(LOGGING)).toEqual(before);
  expect(await outcome(pipeline, LOGGING, PAYMENTS)).toEqual(LOGS_OFF);
});

it('D-06: an event and a sweep that look at one cluster at the same time make one transition', async () => {
  const bindings = { queues: { rechecks: { batchSize: 1, atOnce: 4 } } };
  await using pipeline = await aPipeline({ handlers: deployed, audited: audited(), bindings });
  const recheck = { resource: PAYMENTS, seenAt: pipeline.world.now(), life: 'changed' };
  for (const why of ['event', 'sweep', 'sweep'])
    pipeline.world.queues.rechecks.send({ body: JSON.stringify({ ...recheck, why }) });
  await pipeline.world.untilIdle();
  expect(await outcome(pipeline, LOGGING, PAYMENTS)).toEqual({ ...LOGS_OFF, event: undefined });
});

it('DY-07: what a look finds, and that it is news, is one write to the table', async () => {
  await using pipeline = await aPipeline({ handlers: deployed, audited: audited() });
  pipeline.world.put(aSample('eks-UpdateClusterConfig'));
  await pipeline.world.untilIdle();
  const news = pipeline.steps.flatMap((step) => (step.step === 'record' && step.wanted ? [step.record.dynamodb] : []));
  const states = news.map((record) => record?.NewImage?.findings?.M?.[LOGGING]?.M?.state?.S);
  expect([states, news.map((record) => record?.NewImage?.news?.N)]).toEqual([['open'], ['1']]);
  expect(pipeline.steps.filter(({ step }) => step === 'publish').length).toBe(1);
});
