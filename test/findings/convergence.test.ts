import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Recheck } from '../../shared/changes/change.ts';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import type { ResourceState } from '../../shared/findings/finding.ts';
import { looker } from '../../shared/findings/look.ts';
import type { Resource } from '../../shared/resources/resource.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { TestWorld } from '../support/a-world.ts';

const resource: Resource = { kind: 'cluster', id: 'payments', account: '111122223333', region: 'eu-west-1' };
const TYPES = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

interface Change {
  /** What the cluster is from then on: its log types, or gone. */
  types: string[] | 'gone';
  born: number;
  /** Milliseconds since the last change. */
  after: number;
  /** Events about it: each is sent so long after the change, and then waits so long in its queue. */
  deliveries: { sent: number; queued: number }[];
}

const change = fc.record<Change>({
  types: fc.oneof({ weight: 5, arbitrary: fc.subarray(TYPES) }, { weight: 1, arbitrary: fc.constant('gone' as const) }),
  born: fc.integer({ min: 0, max: 2 }),
  after: fc.integer({ min: 0, max: 90_000 }),
  deliveries: fc.array(
    fc.record({ sent: fc.integer({ min: 0, max: 120_000 }), queued: fc.integer({ min: 0, max: 90_000 }) }),
    {
      minLength: 1,
      maxLength: 3,
    },
  ),
});

const answerOf = ({ types, born }: Change) =>
  types === 'gone'
    ? { outcome: 'gone' as const }
    : {
        cluster: {
          name: 'payments',
          status: 'ACTIVE',
          createdAt: new Date(Date.UTC(2026, 0, 1 + born)),
          logging: { clusterLogging: [{ types, enabled: true }] },
        },
      };

/** What the table says, without what depends on when it was said. */
const outcome = (state: ResourceState | undefined) => ({
  gone: state?.gone ?? null,
  state: state?.findings['eks-control-plane-logging']?.state ?? 'closed',
  said:
    state?.findings['eks-control-plane-logging']?.state === 'open'
      ? state.findings['eks-control-plane-logging'].said
      : [],
});

async function play(history: readonly Change[], lag: number, scheduler: fc.Scheduler) {
  const world = new TestWorld();
  // A pause that passes on no clock of this world would let messages overtake the write that it is for.
  world.pause = () => Promise.resolve();
  const look = looker(world, aBaseline([logging]));
  const changes = history.map((each, index) => ({
    ...each,
    at: world.clock + history.slice(0, index + 1).reduce((sum, { after }) => sum + after, 0),
  }));
  world.answers['eks:DescribeCluster'] = () => {
    const visible = changes.filter(({ at }) => at + lag <= world.clock).at(-1) ?? changes[0];
    const answer = visible ? answerOf(visible) : { outcome: 'gone' as const };
    return scheduler.schedule(Promise.resolve(answer));
  };
  for (const { at, deliveries } of changes) {
    for (const { sent, queued } of deliveries) {
      const message: Recheck = { resource, seenAt: at + sent, life: 'changed', why: 'event' };
      world.sent.push({ message, at: at + sent + queued });
    }
  }
  const running: Promise<unknown>[] = [];
  while (world.sent.length > 0) {
    world.clock = Math.max(world.clock, Math.min(...world.sent.map(({ at }) => at)));
    running.push(...world.due().map((recheck) => look(recheck)));
    await new Promise((resolve) => setImmediate(resolve));
    if (scheduler.count() > 0) await scheduler.waitOne();
    await new Promise((resolve) => setImmediate(resolve));
    if (world.sent.length === 0) {
      await scheduler.waitAll();
      await Promise.all(running);
    }
  }
  return (await world.table.get('111122223333#eu-west-1#cluster#payments', 'state')) as ResourceState | undefined;
}

const quiet = fc.scheduler({ act: (run) => run() });

it('R-07: any history, its events in any order, repeated, interleaved and read late, ends in what the cluster is', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 0, max: 30_000 }),
      fc.scheduler(),
      quiet,
      async (history, lag, shuffled, straight) => {
        const last = history.at(-1);
        const expected = outcome(await play(last ? [last] : [], 0, straight));
        expect(outcome(await play(history, lag, shuffled))).toEqual(expected);
      },
    ),
    { numRuns: 1_000 },
  );
});
