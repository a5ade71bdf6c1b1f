import type { SQSRecord } from 'aws-lambda';
import type { World } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import { keyOf } from '../resources/resource.ts';
import { always, expectTime, type TimeFor } from '../runtime/time-for.ts';
import { looker } from './look.ts';
import { recheckOf } from './recheck-message.ts';

/** The rechecks queue: all messages of one batch share their reads; those about one resource go one after another. */
export function evaluateSteps(world: World, baseline: Baseline) {
  const look = looker(world, baseline);
  return () => {
    const batch = world.aws.batch();
    const turns = new Map<string, Promise<unknown>>();
    return async ({ body }: SQSRecord, enough: TimeFor = always): Promise<void> => {
      const recheck = recheckOf(body);
      const key = keyOf(recheck.resource);
      const before = turns.get(key) ?? Promise.resolve();
      const turn = before.then(() => {
        expectTime(enough);
        return look(recheck, batch);
      });
      turns.set(
        key,
        turn.catch(() => undefined),
      );
      await turn;
    };
  };
}
