import type { SQSRecord } from 'aws-lambda';
import type { World } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import { PoisonMessage } from '../runtime/errors.ts';
import { locator } from './locator.ts';

/** The changes queue, message by message: the body is an EventBridge envelope. */
export function locateStep(world: World, baseline: Baseline, ownAccount: string) {
  const locate = locator(world, baseline, ownAccount);
  return async ({ body, attributes }: SQSRecord): Promise<void> => {
    const receivedAt = Number(attributes.SentTimestamp);
    await locate(jsonOf(body), Number.isFinite(receivedAt) ? receivedAt : world.now());
  };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new PoisonMessage('The message is no JSON.', { cause });
  }
}
