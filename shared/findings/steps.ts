import type { SQSRecord } from 'aws-lambda';
import type { World } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import { keyOf } from '../resources/resource.ts';
import { PoisonMessage } from '../runtime/errors.ts';
import { locator } from './locator.ts';
import { looker } from './look.ts';
import { recheckOf } from './recheck-message.ts';

/** The changes queue, message by message: the body is an EventBridge envelope. */
export function locateStep(world: World, baseline: Baseline, ownAccount: string) {
  const locate = locator(world, baseline, ownAccount);
  return async ({ body, attributes }: SQSRecord): Promise<void> => {
    const receivedAt = Number(attributes.SentTimestamp);
    await locate(jsonOf(body), Number.isFinite(receivedAt) ? receivedAt : world.now());
  };
}

/** The rechecks queue: all messages of one batch share their reads; those about one resource go one after another. */
export function evaluateSteps(world: World, baseline: Baseline) {
  const look = looker(world, baseline);
  return () => {
    const batch = world.aws.batch();
    const turns = new Map<string, Promise<unknown>>();
    return async ({ body }: SQSRecord): Promise<void> => {
      const recheck = recheckOf(body);
      const key = keyOf(recheck.resource);
      const before = turns.get(key) ?? Promise.resolve();
      const turn = before.then(() => look(recheck, batch));
      turns.set(
        key,
        turn.catch(() => undefined),
      );
      await turn;
    };
  };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new PoisonMessage('The message is no JSON.', { cause });
  }
}
