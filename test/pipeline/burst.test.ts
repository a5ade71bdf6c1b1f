import { expect, it } from 'vitest';
import { loadBaseline } from '../../shared/baseline/load.ts';
import { anAccount, merge } from '../support/cloud/audited/index.ts';
import { type Bend, fromSource } from '../support/from-source.ts';
import { aBaselineFile, aPipeline, HUB, LOGGING, loggingOf, MEMBER, REGION, START } from '../support/pipeline.ts';
import { aSample } from '../support/samples.ts';

const SECOND = 1000;
const { baseline } = loadBaseline(
  aBaselineFile({ [LOGGING]: 'notify' }).replace(`['${MEMBER}']`, `['${MEMBER}', '${HUB}']`),
  'baseline.yml',
  0,
);
const clustersOf = (count: number) => Array.from({ length: count }, (_, at) => `cluster-${at}`);

/** The functions, and when which cluster was read; in a throttled account every read is answered as the seam does after its own retries. */
function watched(throttled?: string) {
  const reads: { at: number; account: string; name: string }[] = [];
  const bend: Bend = (world) => ({
    ...world,
    aws: {
      batch() {
        const batch = world.aws.batch();
        return {
          ...batch,
          reader(account, region) {
            const reader = batch.reader(account, region);
            return {
              ...reader,
              read(action, input) {
                const { name } = input as { name?: string };
                if (action === 'eks:DescribeCluster') reads.push({ at: world.now(), account, name: String(name) });
                if (account !== throttled) return reader.read(action, input);
                const why = 'ThrottlingException: Rate exceeded';
                return Promise.resolve({ outcome: 'unavailable', action, began: world.now(), why });
              },
            };
          },
        };
      },
    },
  });
  return { reads, handlers: fromSource(baseline, bend) };
}

/** The healthy account with so many more clusters, each without a log. */
function crowded(account: string, count: number) {
  const bare = Object.fromEntries(clustersOf(count).map((name) => [name, { ...loggingOf(false, 'api'), name }]));
  return merge(anAccount(account, REGION), { regions: { [REGION]: { clusters: bare } } });
}

function anEvent(n: number, account: string, name: string, time: number) {
  const eventTime = new Date(time).toISOString();
  const detail = { eventID: `e-${account}-${n}`, eventTime, recipientAccountId: account, requestParameters: { name } };
  return { ...aSample('eks-UpdateClusterConfig', detail), account, region: REGION };
}

/** The most that happened within any ten seconds. */
function mostInTenSeconds(times: readonly number[]): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 10 * SECOND).length));
}

it('H-02: of a thousand events of one account in a minute none is lost, and no resource is looked at more than twice in ten seconds', async () => {
  const { reads, handlers } = watched();
  const bindings = { queues: { changes: { atOnce: 5 }, rechecks: { atOnce: 5 } } };
  await using pipeline = await aPipeline({ handlers, audited: crowded(MEMBER, 10), bindings });
  const names = clustersOf(10);
  for (let n = 0; n < 1000; n += 1) {
    const after = n * 60;
    pipeline.world.put(anEvent(n, MEMBER, names[n % names.length] ?? '', START + after), after);
  }
  await pipeline.world.untilIdle();
  const looks = names.map((name) => reads.filter((read) => read.name === name).map(({ at }) => at));
  expect(looks.map(mostInTenSeconds).filter((most) => most > 2)).toEqual([]);
  expect(looks.filter((times) => times.length === 0)).toEqual([]);
  const lastEvent = START + 999 * 60;
  expect(looks.filter((times) => (times.at(-1) ?? 0) < lastEvent)).toEqual([]);
  expect(pipeline.counts('locate-change')).toEqual({ received: 1000, located: 1000 });
  expect(Object.values(pipeline.world.queues).flatMap(({ dead, messages }) => [...dead, ...messages])).toEqual([]);
});

/** How long after each event of the hub's own account its cluster was read, with the member account throttled or not. */
async function others(throttled: boolean) {
  const { reads, handlers } = watched(throttled ? MEMBER : undefined);
  await using pipeline = await aPipeline({ handlers, audited: crowded(MEMBER, 20) });
  pipeline.cloud.put(HUB, crowded(HUB, 20));
  const names = clustersOf(20);
  for (const [n, name] of names.entries()) {
    for (const account of [MEMBER, HUB]) pipeline.world.put(anEvent(n, account, name, START + n * 50), n * 50);
  }
  await pipeline.world.advance(30 * SECOND);
  const lags = names.map((name, n) => {
    const first = reads.find((read) => read.account === HUB && read.name === name)?.at ?? Number.POSITIVE_INFINITY;
    return first - (START + n * 50);
  });
  const groups = pipeline.steps.flatMap((step) =>
    step.step === 'message' && step.queue === 'rechecks' ? [[JSON.parse(step.body).resource, step.group]] : [],
  );
  return {
    p95: lags.sort((a, b) => a - b)[18] ?? Number.NaN,
    groups,
    asked: reads.filter(({ account }) => account === MEMBER).length,
  };
}

it('H-03: while one account is throttled the others are looked at as soon as ever, each recheck in the group of its account and region', async () => {
  const usual = await others(false);
  const besides = await others(true);
  expect(usual.p95).toBeLessThan(10 * SECOND);
  expect(besides.p95).toBeLessThanOrEqual(2 * usual.p95);
  expect(besides.asked).toBeGreaterThan(20);
  const { groups } = besides;
  expect(groups.length).toBeGreaterThan(60);
  expect(groups.filter(([{ account, region }, group]) => group !== `${account}#${region}`)).toEqual([]);
});
