import { expect, it } from 'vitest';
import type { World } from '../../shared/aws/world.ts';
import { loadBaseline } from '../../shared/baseline/load.ts';
import type { ResourceState } from '../../shared/findings/finding.ts';
import { type Bend, fromSource } from '../support/from-source.ts';
import type { FunctionName } from '../support/local-world/handlers.ts';
import { aBaselineFile, aPipeline, LOGGING, loggingOf, MEMBER, REGION } from '../support/pipeline.ts';

const { baseline } = loadBaseline(aBaselineFile({ [LOGGING]: 'remediate' }), 'baseline.yml', 0);

/** A function that dies right before the nth call of its life, and does nothing more at that moment. */
function dying(victim: FunctionName, nth: number) {
  let calls = 0;
  let diedAt: number | undefined;
  const beat = (now: () => number): void => {
    calls += 1;
    if (calls === nth) diedAt = now();
    if (diedAt === now()) throw new Error('Killed.');
  };
  const bend: Bend = (world, name) => (name === victim ? watched(world, () => beat(world.now)) : world);
  return { bend, calls: () => calls };
}

/** Tells of each call before it is made: to the table, the queues, the topic and the parameters. */
function watched(world: World, beat: () => void): World {
  const told = <T extends object>(part: T): T =>
    new Proxy(part, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return async (...given: unknown[]) => {
          beat();
          return method.apply(target, given);
        };
      },
    });
  const { table, rechecks, fixes, notices, parameter, secret } = world;
  const asked = told({ parameter, secret });
  return {
    ...world,
    table: told(table),
    rechecks: told(rechecks),
    fixes: told(fixes),
    notices: told(notices),
    parameter: (name) => asked.parameter(name),
    secret: (arn) => asked.secret(arn),
  };
}

/** Logs are switched off by a person; then everything takes its course, deaths included. */
async function played(victim: FunctionName, nth: number) {
  const { bend, calls } = dying(victim, nth);
  await using pipeline = await aPipeline({ handlers: fromSource(baseline, bend) });
  pipeline.update(loggingOf(false, 'audit', 'authenticator'));
  await pipeline.world.untilIdle();
  const { world, cloud } = pipeline;
  const { updates = {} } = cloud.account(MEMBER).regions[REGION] ?? {};
  const notices = world.slack.posts.map(({ body }) => JSON.stringify(body));
  return {
    calls: calls(),
    end: {
      findings: Object.entries((await pipeline.state())?.findings ?? {}).map(lasting),
      updates: Object.keys(updates).length,
      dead: Object.values(world.queues).flatMap(({ dead }) => dead.map(({ body }) => body)),
      told: ['Audit or authenticator logs are off', 'RESOLVED'].filter((text) =>
        notices.some((one) => one.includes(text)),
      ),
      lock: (await world.items()).filter(({ sk }) => sk === 'lock'),
    },
  };
}

const lasting = ([control, { state, said, fix }]: [string, ResourceState['findings'][string]]) => [
  control,
  state,
  said,
  fix?.status,
];

it.each<FunctionName>(['locate-change', 'evaluate-resource', 'announce-finding', 'remediate-finding', 'post-to-slack'])(
  'D-04, M-01, M-04: killed before any one of its calls, %s leaves nothing undone and does nothing twice',
  async (victim) => {
    const calm = await played(victim, Number.POSITIVE_INFINITY);
    const ends: Record<number, unknown> = {};
    for (let nth = 1; nth <= calm.calls; nth += 1) ends[nth] = (await played(victim, nth)).end;
    const different = Object.entries(ends).filter(([, end]) => JSON.stringify(end) !== JSON.stringify(calm.end));
    expect(calm.end.told.length).toBe(2);
    expect(calm.end.updates).toBe(2);
    expect(different.map(([nth]) => nth)).toEqual([]);
  },
  300_000,
);
