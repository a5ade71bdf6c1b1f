import { expect, it } from 'vitest';
import type { Item } from '../../shared/aws/world.ts';
import { loadBaseline } from '../../shared/baseline/load.ts';
import type { Recheck } from '../../shared/changes/change.ts';
import { lookedAt } from '../../shared/controls/looked-at.ts';
import { aWrongAccount } from '../support/a-wrong-account.ts';
import { estateOf } from '../support/estate.ts';
import { fromSource } from '../support/from-source.ts';
import { aBaselineFile, aPipeline, MEMBER, type Pipeline, REGION, START } from '../support/pipeline.ts';
import { aSweeper } from '../support/sweep.ts';

const { baseline } = loadBaseline(aBaselineFile(), 'baseline.yml', START);

const wrong = () => aWrongAccount(MEMBER, REGION);

const OF_TIME = ['version', 'observedAt', 'look', 'firstSeen', 'since', 'news', 'quiet', 'leaving', 'ttl', 'cause'];

/** States, links and names, without what says when or why they were written. */
const lasting = (item: Item) =>
  item.sk === 'state' || /^(?:link|known)#/.test(item.pk)
    ? JSON.parse(JSON.stringify(item, (key, value) => (OF_TIME.includes(key) ? undefined : value)))
    : undefined;

/** An event about every single thing, as the queue has it. */
async function byEvents({ world }: Pipeline): Promise<void> {
  const looked = lookedAt(baseline.controls);
  for (const resource of estateOf(MEMBER, REGION).filter(({ kind }) => looked.has(kind))) {
    const recheck: Recheck = { resource, seenAt: world.now(), life: 'changed', why: 'event' };
    world.queues.rechecks.send({ body: JSON.stringify(recheck) });
  }
  await world.untilIdle();
}

it('W-01: over a whole estate a sweep comes to the same as events do', async () => {
  await using told = await aPipeline({ handlers: fromSource(baseline), audited: wrong() });
  await byEvents(told);
  const expected = await told.world.dump(lasting);
  await told.world.close();
  await using found = await aPipeline({ handlers: fromSource(baseline), audited: wrong() });
  const row = await aSweeper(found, baseline).run('first');
  expect(await found.world.dump(lasting)).toEqual(expected);
  const open = Object.entries(row?.tally.controls ?? {}).flatMap(([control, { open: count = 0 }]) =>
    count > 0 ? [control] : [],
  );
  expect(open.sort()).toEqual([
    'ecr-tag-immutable',
    'eks-control-plane-logging',
    'eks-endpoint-public-cidrs',
    'eks-endpoint-public-disabled',
    'eks-loggroup-retention',
    'iam-eks-wildcard-policy',
    'node-no-ssh',
    'node-os-optimized',
    'node-sg-ingress',
    'trail-enabled',
  ]);
});

it('W-01: a sweep after events changes nothing but times', async () => {
  await using pipeline = await aPipeline({ handlers: fromSource(baseline), audited: wrong() });
  await byEvents(pipeline);
  const before = await pipeline.world.dump(lasting);
  await pipeline.world.advance(3_600_000);
  await aSweeper(pipeline, baseline).run('first');
  expect(await pipeline.world.dump(lasting)).toEqual(before);
});
