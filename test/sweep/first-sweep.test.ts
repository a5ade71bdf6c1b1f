import { expect, it } from 'vitest';
import { loadBaseline } from '../../shared/baseline/load.ts';
import { noticeFrom } from '../../shared/notices/notice.ts';
import { type Account, anAccount, merge } from '../support/cloud/audited/index.ts';
import { fromSource } from '../support/from-source.ts';
import {
  ALL,
  aBaselineFile,
  aPipeline,
  LOGGING,
  loggingOf,
  MEMBER,
  PAYMENTS,
  type Pipeline,
  REGION,
  START,
} from '../support/pipeline.ts';
import { aSweeper } from '../support/sweep.ts';

const MANY = 30;
const FEW = 12;

/** Clusters whose logs are off, beside the healthy one. */
function brownField(failing: number): Account {
  const account = anAccount(MEMBER, REGION);
  const cluster = account.regions[REGION]?.clusters?.[PAYMENTS.id];
  const named = (at: number) => {
    const name = `old-${String(at).padStart(2, '0')}`;
    const arn = cluster?.arn?.replace(PAYMENTS.id, name);
    return [name, { ...cluster, name, arn, logging: { clusterLogging: [] } }];
  };
  const clusters = Object.fromEntries(Array.from({ length: failing }, (_, at) => named(at)));
  return merge(account, { regions: { [REGION]: { clusters } } });
}

const fixing = loadBaseline(aBaselineFile({ ...ALL, [LOGGING]: 'remediate' }), 'baseline.yml', START).baseline;
const told = ({ world }: Pipeline) => world.deliveries.map(({ subject }) => subject);

it('W-07: what a first sweep finds is one summary, without a single notice and without a fix', async () => {
  await using pipeline = await aPipeline({ handlers: fromSource(fixing), audited: brownField(MANY) });
  const { world } = pipeline;
  const row = await aSweeper(pipeline, fixing).run('first');
  expect(row).toMatchObject({ full: true, complete: true, scopes: 2, incomplete: [] });
  expect(row?.tally).toMatchObject({ controls: { [LOGGING]: { open: MANY, passes: 1 } }, missed: 0 });
  expect(told(pipeline)).toEqual([`[eks-warden] FIRST SWEEP: ${MANY} findings in 2 scopes: ${MANY} high`]);
  expect(world.slack.posts).toHaveLength(1);
  expect(pipeline.writes()).toEqual([]);
});

it('the summary names the worst and how many more there are, in every channel', async () => {
  await using pipeline = await aPipeline({ handlers: fromSource(fixing), audited: brownField(FEW) });
  const sweeper = aSweeper(pipeline, fixing);
  await sweeper.run('first');
  const [mail] = pipeline.world.deliveries;
  expect(mail?.message).toContain('* HIGH: EKS cluster old-00: All five control-plane log types are on');
  expect(mail?.message).toContain('2 more findings not listed here.');
  const posted = JSON.stringify(pipeline.world.slack.posts[0]);
  expect(posted).toContain('FIRST SWEEP: 12 findings in 2 scopes: 12 high');
  expect(posted).toContain('2 more findings not listed here.');
});

it('every step is in the history of its resource, told or not', async () => {
  await using pipeline = await aPipeline({ handlers: fromSource(fixing), audited: brownField(FEW) });
  await aSweeper(pipeline, fixing).run('first');
  const steps = (await pipeline.world.items()).filter(({ sk }) => sk.startsWith('history#'));
  expect(steps).toHaveLength(FEW);
});

it('a change that comes by event while a first sweep runs is told by itself', async () => {
  await using pipeline = await aPipeline({ handlers: fromSource(fixing), audited: brownField(FEW) });
  const sweeper = aSweeper(pipeline, fixing);
  await sweeper.list('first');
  await sweeper.sweep('first', { account: MEMBER, region: REGION });
  pipeline.update(loggingOf(false, 'audit'));
  await pipeline.world.untilIdle();
  expect(told(pipeline)[0]).toBe(
    '[eks-warden] HIGH: EKS cluster payments: Audit or authenticator logs are off: audit.',
  );
  expect(pipeline.writes()).toEqual(['eks:UpdateClusterConfig']);
});

it('what a first sweep left alone, a later one offers for a fix', async () => {
  await using pipeline = await aPipeline({ handlers: fromSource(fixing), audited: brownField(FEW) });
  const sweeper = aSweeper(pipeline, fixing);
  await sweeper.run('first');
  await pipeline.world.advance(86_400_000);
  await sweeper.run('second');
  const fixed = pipeline.writes().length;
  expect([fixed, fixing.remediation.fixesPerHour]).toEqual([10, 10]);
});

it('the summary of a repeated end is not sent again', async () => {
  await using pipeline = await aPipeline({ handlers: fromSource(fixing), audited: brownField(FEW) });
  const sweeper = aSweeper(pipeline, fixing);
  const listed = await sweeper.list('first');
  for (const region of [REGION, 'global']) await sweeper.sweep('first', { account: MEMBER, region });
  await sweeper.close(listed);
  await sweeper.close(listed);
  await pipeline.world.untilIdle();
  expect(told(pipeline)).toHaveLength(1);
});

it('a queue of its own gets the summary as JSON that our own reader takes', async () => {
  await using pipeline = await aPipeline({ handlers: fromSource(fixing), audited: brownField(FEW) });
  const bodies: string[] = [];
  pipeline.world.on((step) => {
    if (step.step !== 'invocation' || step.function !== 'post-to-slack') return;
    bodies.push(...(step.event as { Records: { body: string }[] }).Records.map(({ body }) => body));
  });
  await aSweeper(pipeline, fixing).run('first');
  const { inventory, news, to, severity } = noticeFrom(bodies[0] ?? '');
  expect([news, to, severity]).toEqual([[], { email: true, chat: false, slack: [''] }, 'high']);
  expect(inventory).toMatchObject({
    scopes: [`${MEMBER} ${REGION}`, `${MEMBER} global`],
    moreScopes: 0,
    open: [{ severity: 'high', count: FEW }],
    missing: [],
    incomplete: [],
  });
  expect(inventory?.worst).toHaveLength(10);
});
