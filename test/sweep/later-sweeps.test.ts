import { expect, it } from 'vitest';
import { loadBaseline } from '../../shared/baseline/load.ts';
import { kindOf } from '../../shared/resources/kinds.ts';
import { keyOf, type Resource } from '../../shared/resources/resource.ts';
import { fromSource } from '../support/from-source.ts';
import {
  aBaselineFile,
  aPipeline,
  LOGGING,
  MEMBER,
  PAYMENTS,
  type Pipeline,
  REGION,
  START,
} from '../support/pipeline.ts';
import { aSweeper, type Sweeper } from '../support/sweep.ts';

const { baseline } = loadBaseline(aBaselineFile(), 'baseline.yml', START);
const DAY = 86_400_000;

/** A healthy account that was swept last night. */
async function swept(): Promise<{ pipeline: Pipeline; sweeper: Sweeper; told: () => (string | undefined)[] }> {
  const pipeline = await aPipeline({ handlers: fromSource(baseline) });
  const sweeper = aSweeper(pipeline, baseline);
  await sweeper.run('night-1');
  const before = pipeline.world.deliveries.length;
  await pipeline.world.advance(DAY);
  const singly = () => pipeline.world.deliveries.slice(before).filter(({ subject }) => !subject?.includes('DIGEST'));
  return { pipeline, sweeper, told: () => singly().map(({ subject }) => subject) };
}

const logsOff = { regions: { [REGION]: { clusters: { [PAYMENTS.id]: { logging: { clusterLogging: [] } } } } } };

it('a change whose event was lost is found, told by itself, and counted as missed', async () => {
  const { pipeline, sweeper, told } = await swept();
  await using _ = pipeline;
  pipeline.cloud.change(MEMBER, logsOff);
  const row = await sweeper.run('night-2');
  expect(row?.tally).toMatchObject({ opened: 1, missed: 1, severities: { high: 1 } });
  expect(told()).toEqual([
    '[eks-warden] HIGH: EKS cluster payments: Audit or authenticator logs are off: api, audit, authen...',
  ]);
  expect(sweeper.counts.missedByEvents).toBe(1);
});

it('what was deleted while its events were lost is closed', async () => {
  const { pipeline, sweeper } = await swept();
  await using _ = pipeline;
  pipeline.cloud.change(MEMBER, logsOff);
  await sweeper.run('night-2');
  await pipeline.world.advance(DAY);
  pipeline.cloud.change(MEMBER, {
    regions: { [REGION]: { clusters: { [PAYMENTS.id]: null }, nodegroups: { 'payments/workers': null } } },
  });
  const row = await sweeper.run('night-3');
  const state = await pipeline.state();
  expect(state).toMatchObject({
    gone: 'deleted',
    findings: { [LOGGING]: { state: 'closed', closedBecause: 'deleted' } },
  });
  expect(row?.tally).toMatchObject({ closed: 1, opened: 0 });
  await pipeline.world.untilIdle();
  const known = (await pipeline.world.items()).filter(({ pk }) => pk === `known#${MEMBER}#${REGION}#cluster`);
  expect(known).toEqual([]);
});

it('what did not change makes no notice and no step', async () => {
  const { pipeline, sweeper, told } = await swept();
  await using _ = pipeline;
  const steps = async () => (await pipeline.world.items()).filter(({ sk }) => sk.startsWith('history#')).length;
  const before = await steps();
  const row = await sweeper.run('night-2');
  expect([row?.complete, row?.tally.opened, row?.tally.closed, told(), (await steps()) - before]).toEqual([
    true,
    0,
    0,
    [],
    0,
  ]);
});

it('W-02: a region where nothing may be read changes no finding, is named with the permission, and keeps no other from its end', async () => {
  const { pipeline, sweeper, told } = await swept();
  await using _ = pipeline;
  const { cloud } = pipeline;
  const open = { logging: { clusterLogging: [] } };
  cloud.change(MEMBER, { regions: { [REGION]: { clusters: { [PAYMENTS.id]: open } } } });
  await sweeper.run('night-2');
  await pipeline.world.advance(DAY);
  const seen = told().length;
  for (const service of ['eks', 'ecr', 'ec2', 'kms', 'logs', 'cloudtrail'])
    cloud.deny(`${service}:*`, { region: REGION });
  const row = await sweeper.run('night-3');
  expect(row?.complete).toBe(false);
  expect(row?.incomplete).toContainEqual(
    `${MEMBER} ${REGION}: EKS cluster: AccessDeniedException on eks:ListClusters. The permission eks:ListClusters is missing.`,
  );
  expect(row?.incomplete.filter((text) => text.startsWith(`${MEMBER} global`))).toEqual([]);
  const finding = await pipeline.finding(LOGGING);
  expect([finding?.state, finding?.unread?.missing, told().length]).toEqual(['open', 'eks:DescribeCluster', seen]);
  expect(row?.tally.missing['eks:DescribeCluster']).toBeGreaterThan(1);
});

it('W-03: a listing that fails closes nothing that it lacks, and what is known is looked at all the same', async () => {
  const { pipeline, sweeper } = await swept();
  await using _ = pipeline;
  pipeline.cloud.fault({ when: { action: 'eks:ListClusters' }, answer: 'empty' });
  pipeline.cloud.change(MEMBER, logsOff);
  const row = await sweeper.run('night-2');
  expect(row?.incomplete).toEqual([
    `${MEMBER} ${REGION}: EKS cluster: The answer of eks:ListClusters lacks its object.`,
    `${MEMBER} ${REGION}: node group: The answer of eks:ListClusters lacks its object.`,
  ]);
  expect((await pipeline.state())?.gone).toBeUndefined();
  expect((await pipeline.finding(LOGGING))?.state).toBe('open');
});

it('G-02: what left the baseline is closed as retired, without a call about it', async () => {
  const { pipeline, sweeper } = await swept();
  await using _ = pipeline;
  pipeline.cloud.change(MEMBER, logsOff);
  await sweeper.run('night-2');
  await pipeline.world.advance(DAY);
  const only = loadBaseline(aBaselineFile({ 'ecr-tag-immutable': 'notify' }), 'baseline.yml', START).baseline;
  pipeline.cloud.forgetCalls();
  await aSweeper(pipeline, only).run('deployed');
  const state = await pipeline.state();
  expect(state).toMatchObject({
    gone: 'retired',
    findings: { [LOGGING]: { state: 'closed', closedBecause: 'retired' } },
  });
  const services = new Set(pipeline.cloud.calls().map(({ action }) => action.split(':')[0]));
  expect([...services].filter((service) => service !== 'sts')).toEqual(['ecr']);
});

it('who called in a forbidden way is forgiven by the sweep once it was quiet for long enough', async () => {
  const { pipeline, sweeper } = await swept();
  await using _ = pipeline;
  const { world } = pipeline;
  const event = (await import('../support/samples.ts')).aSample('eks-UpdateClusterConfig');
  const detail = {
    ...(event.detail as object),
    tlsDetails: { tlsVersion: 'TLSv1.1', cipherSuite: 'x' },
    recipientAccountId: MEMBER,
  };
  world.put({ ...event, account: MEMBER, detail });
  await world.untilIdle();
  const principals = async () =>
    (await world.items()).filter(
      ({ pk, sk }) => sk === 'state' && pk.includes('#principal#'),
    ) as unknown as (Resource & { findings: Record<string, { state: string }> })[];
  const [who] = await principals();
  expect([who && kindOf(who.kind).kind, who?.findings['api-tls-version']?.state]).toEqual(['principal', 'open']);
  await world.advance(40 * DAY);
  await sweeper.run('night-40');
  expect((await principals()).map((each) => [keyOf(each), each.findings['api-tls-version']?.state])).toEqual([
    [who && keyOf(who), 'closed'],
  ]);
});
