import { expect, it } from 'vitest';
import { loadBaseline } from '../../shared/baseline/load.ts';
import { fromSource } from '../support/from-source.ts';
import { aBaselineFile, aPipeline, HUB, LOGGING, loggingOf, MEMBER, REGION, START } from '../support/pipeline.ts';
import { aSweeper } from '../support/sweep.ts';

const { baseline } = loadBaseline(aBaselineFile(), 'baseline.yml', START);
const environment = { SWEEP_MACHINE: `arn:aws:states:${REGION}:${HUB}:stateMachine:sweep` };
const name = `unknown-${MEMBER}-${REGION}-2026-11-21`;

it('many events from a scope that was never swept begin one sweep of it, and are not held', async () => {
  await using pipeline = await aPipeline({ handlers: fromSource(baseline), environment });
  const { world } = pipeline;
  for (const type of ['audit', 'api', 'scheduler']) pipeline.update(loggingOf(false, type));
  await world.untilIdle();
  expect([...world.cloud.executions]).toEqual([[name, JSON.stringify({ scope: { account: MEMBER, region: REGION } })]]);
  expect(await pipeline.finding(LOGGING)).toMatchObject({ state: 'open' });
});

it('a scope that was swept is not swept again because of an event', async () => {
  await using pipeline = await aPipeline({ handlers: fromSource(baseline), environment });
  await aSweeper(pipeline, baseline).run('first');
  pipeline.update(loggingOf(false, 'audit'));
  await pipeline.world.untilIdle();
  expect(pipeline.world.cloud.executions.size).toBe(0);
});

it('an event goes on where its scope cannot be begun to be swept', async () => {
  await using pipeline = await aPipeline({ handlers: fromSource(baseline), environment });
  pipeline.world.cloud.fault({ action: 'states:StartExecution', kind: 'throttled' });
  pipeline.update(loggingOf(false, 'audit'));
  await pipeline.world.untilIdle();
  expect(pipeline.world.cloud.executions.size).toBe(0);
  expect(await pipeline.finding(LOGGING)).toMatchObject({ state: 'open' });
});
