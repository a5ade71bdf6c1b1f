import { expect, it } from 'vitest';
import { loadBaseline } from '../../shared/baseline/load.ts';
import type { Resource } from '../../shared/resources/resource.ts';
import { namesOf } from '../support/cloud/audited/index.ts';
import { eventBuses } from '../support/event-buses.ts';
import { fromSource } from '../support/from-source.ts';
import { ANNA, aBaselineFile, aPipeline, HUB, MEMBER, PAYMENTS, REGION } from '../support/pipeline.ts';
import { aSample, SAMPLE_NAMES } from '../support/samples.ts';

const STRANGER = '999988887777';
const source = fromSource(loadBaseline(aBaselineFile(), 'baseline.yml', 0).baseline);
const buses = eventBuses({ region: REGION, regions: [] });
const { nodeRole } = namesOf(MEMBER, REGION);
const NODE_ROLE: Resource = { kind: 'role', id: nodeRole, account: MEMBER, region: 'global' };

it('an IAM edit, which occurs in us-east-1, becomes a finding of a hub in eu-west-1', async () => {
  await using pipeline = await aPipeline({ handlers: source, matches: buses.delivered });
  const everything = { Effect: 'Allow', Action: 'eks:*', Resource: '*' };
  pipeline.cloud.act({
    account: MEMBER,
    region: REGION,
    action: 'iam:PutRolePolicy',
    input: {
      RoleName: nodeRole,
      PolicyName: 'too-much',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [everything] }),
    },
    by: ANNA,
  });
  await pipeline.world.untilIdle();
  expect(await pipeline.finding('iam-eks-wildcard-policy', NODE_ROLE)).toMatchObject({
    state: 'open',
    cause: { event: 'iam:PutRolePolicy', actor: { person: 'anna@example.com' } },
  });
  expect(pipeline.world.slack.posts.length).toBeGreaterThan(0);
});

it('what occurs in a region without a collector is not seen, and in one with it is', async () => {
  const seen = async (regions: string[]) => {
    const matches = eventBuses({ region: REGION, regions }).delivered;
    await using pipeline = await aPipeline({ handlers: source, matches });
    const there = { ...aSample('eks-UpdateClusterConfig', { awsRegion: 'ap-south-1' }), region: 'ap-south-1' };
    pipeline.world.put(there);
    await pipeline.world.untilIdle();
    return pipeline.counts('locate-change').located ?? 0;
  };
  expect([await seen([]), await seen(['ap-south-1'])]).toEqual([0, 1]);
});

it('K-02: an account that only an event names is never entered, though its organisation may deliver', async () => {
  await using pipeline = await aPipeline({ handlers: source, matches: buses.delivered });
  const foreign = (name: string) => ({ ...aSample(name, { recipientAccountId: STRANGER }), account: STRANGER });
  const all = SAMPLE_NAMES.map(foreign).filter(buses.delivered);
  for (const event of all) pipeline.world.put(event);
  await pipeline.world.untilIdle();
  expect(pipeline.cloud.calls()).toEqual([]);
  expect(await pipeline.world.items()).toEqual([]);
  const told = all.filter(({ detail }) => (detail.awsAccountId ?? STRANGER) === STRANGER).length;
  expect(pipeline.counts('locate-change').refusedOrigin).toBe(told);
});

it('K-03: what a member forges about itself or another is refused and counted, and nothing is read for it', async () => {
  await using pipeline = await aPipeline({ handlers: source, matches: buses.taken });
  const deletion = aSample('eks-DeleteCluster');
  pipeline.world.put({ ...deletion, source: 'com.example.eks' });
  pipeline.world.put({ ...deletion, source: 'awsx.eks', account: HUB });
  pipeline.world.put({ ...deletion, account: HUB });
  pipeline.world.put({ ...deletion, account: STRANGER });
  await pipeline.world.untilIdle();
  expect(pipeline.counts('locate-change')).toEqual({
    received: 4,
    refusedOrigin: 4,
    'ignored not from AWS': 2,
    'ignored account mismatch': 2,
  });
  expect([pipeline.cloud.calls(), await pipeline.state(PAYMENTS)]).toEqual([[], undefined]);
});
