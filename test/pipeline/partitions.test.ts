import { expect, it } from 'vitest';
import { iamRegionOf, type Partition } from '../../shared/aws/partition.ts';
import { loadBaseline } from '../../shared/baseline/load.ts';
import { locate } from '../../shared/changes/locate.ts';
import { COLLECTOR_PATH, collectorTemplate } from '../../shared/derive/collector.ts';
import { eventPatterns } from '../../shared/derive/patterns.ts';
import { functionPolicies, readPolicy } from '../../shared/derive/policies.ts';
import { slackHosts } from '../../shared/notices/webhook.ts';
import { KINDS } from '../../shared/resources/kinds.ts';
import { anAccount, namesOf } from '../support/cloud/audited/index.ts';
import { eventBuses } from '../support/event-buses.ts';
import { filledIn } from '../support/filled-in.ts';
import { fromSource } from '../support/from-source.ts';
import { ANNA, aBaselineFile, aPipeline, LOGGING, loggingOf, MEMBER, PAYMENTS } from '../support/pipeline.ts';
import { aSample, SAMPLE_NAMES, type SampleEvent } from '../support/samples.ts';
import { aSite } from '../support/sites.ts';

/** Each with a region besides the one of IAM. */
const PARTITIONS: readonly [Partition, region: string, slack: string][] = [
  ['aws', 'eu-west-1', 'slack.com'],
  ['aws-us-gov', 'us-gov-east-1', 'slack-gov.com'],
  ['aws-cn', 'cn-northwest-1', 'slack.com'],
];
const { baseline } = loadBaseline(aBaselineFile(), 'baseline.yml', 0);
const source = fromSource(baseline);

/** A sample as it would have occurred in another partition. */
function occurred(name: string, partition: Partition, region: string): SampleEvent {
  const text = JSON.stringify(aSample(name))
    .replaceAll('arn:aws:', `arn:${partition}:`)
    .replaceAll('us-east-1', iamRegionOf(partition))
    .replaceAll('eu-west-1', region);
  return JSON.parse(text);
}

const touched = (event: unknown) => {
  const located = locate(event, { kinds: KINDS, receivedAt: 0 });
  return 'ignored' in located ? located.ignored : located.touches;
};

it.each(PARTITIONS)(
  'in %s every sample comes through the collectors and touches what it touches elsewhere',
  (partition, region) => {
    const buses = eventBuses({ region, regions: [] });
    const home = eventBuses({ region: 'eu-west-1', regions: [] });
    const there = SAMPLE_NAMES.map((name) => occurred(name, partition, region));
    const here = SAMPLE_NAMES.map((name) => aSample(name));
    expect(there.map(buses.delivered)).toEqual(here.map(home.delivered));
    const inRegion = JSON.stringify(here.map(touched))
      .replaceAll('arn:aws:', `arn:${partition}:`)
      .replaceAll('us-east-1', iamRegionOf(partition))
      .replaceAll('eu-west-1', region);
    expect(there.map(touched)).toEqual(JSON.parse(inRegion));
  },
);

it.each(PARTITIONS)('in %s every ARN that is derived is one of the partition', (partition, region) => {
  const site = aSite(partition);
  const parameters = { HubBus: `arn:${partition}:events:${region}:444455556666:event-bus/eks-warden` };
  const at = { partition, region, account: MEMBER, parameters };
  const made = filledIn(collectorTemplate(eventPatterns(baseline.controls)), at);
  const text = JSON.stringify([made, functionPolicies(baseline, site), readPolicy(baseline, site)]);
  const partitions = new Set([...text.matchAll(/arn:([^:"]*):/g)].map(([, named]) => named));
  expect([...partitions]).toEqual([partition]);
  expect(made.DeliveryRole?.Properties.Path).toBe(`/${COLLECTOR_PATH}`);
});

it.each(PARTITIONS)(
  'in %s a change becomes a finding of its partition, and so does an IAM edit',
  async (partition, region) => {
    const { nodeRole } = namesOf(MEMBER, region);
    const matches = eventBuses({ region, regions: [] }).delivered;
    await using pipeline = await aPipeline({ handlers: source, region, audited: anAccount(MEMBER, region), matches });
    const act = (action: string, input: Record<string, unknown>) =>
      pipeline.cloud.act({ account: MEMBER, region, action, input, by: ANNA });
    act('eks:UpdateClusterConfig', { name: PAYMENTS.id, ...loggingOf(false, 'audit') });
    const Statement = [{ Effect: 'Allow', Action: 'eks:*', Resource: '*' }];
    act('iam:PutRolePolicy', {
      RoleName: nodeRole,
      PolicyName: 'too-much',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
    });
    await pipeline.world.untilIdle();
    const logging = await pipeline.finding(LOGGING, { ...PAYMENTS, region });
    const role = { kind: 'role', id: nodeRole, account: MEMBER, region: 'global' } as const;
    const rights = await pipeline.finding('iam-eks-wildcard-policy', role);
    expect([logging?.state, rights?.state]).toEqual(['open', 'open']);
    const asked = pipeline.cloud.calls().filter(({ action }) => action.startsWith('iam:'));
    expect([...new Set(asked.map((call) => call.region))]).toEqual([iamRegionOf(partition)]);
  },
);

it.each(PARTITIONS)('in %s Slack is asked at %3$s', (partition, _, host) => {
  expect(slackHosts(partition)).toContain(host);
  expect(slackHosts('aws-us-gov')).not.toContain('slack.com');
});
