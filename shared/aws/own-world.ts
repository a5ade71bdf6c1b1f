import { SettingError } from '../runtime/errors.ts';
import type { Log } from '../runtime/log.ts';
import type { Metrics } from '../runtime/metrics.ts';
import type { Calling } from './own/calling.ts';
import { ssmParameter } from './own/parameter.ts';
import { sqsQueue } from './own/queue.ts';
import { managedSecret } from './own/secret.ts';
import { dynamoTable } from './own/table.ts';
import { snsTopic } from './own/topic.ts';
import type { World } from './world.ts';
import { worldOf } from './world-of.ts';

/** What a function names of the outside; a part whose setting it left out throws when it is used. */
export type Wiring = Readonly<
  Partial<Record<'FINDINGS_TABLE' | 'RECHECKS_QUEUE' | 'FIXES_QUEUE' | 'NOTICES_TOPIC' | 'OWN_ACCOUNT', string>>
>;

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Told {
  log: Log;
  metrics: Metrics;
}

/**
 * The world of a function that looks into no audited account: its bundle carries none of their clients. Nothing of the
 * SDK is loaded before a part is used.
 */
export function ownWorld(wiring: Wiring, told: Told, environment: Environment = process.env): World {
  const { FINDINGS_TABLE, RECHECKS_QUEUE, FIXES_QUEUE, NOTICES_TOPIC } = wiring;
  const calling = here(environment);
  return worldOf(told, {
    ...(FINDINGS_TABLE ? { table: dynamoTable(FINDINGS_TABLE, calling) } : {}),
    ...(RECHECKS_QUEUE ? { rechecks: sqsQueue(RECHECKS_QUEUE, calling) } : {}),
    ...(FIXES_QUEUE ? { fixes: sqsQueue(FIXES_QUEUE, calling) } : {}),
    ...(NOTICES_TOPIC ? { notices: snsTopic(NOTICES_TOPIC, calling) } : {}),
    parameter: ssmParameter(calling),
    secret: managedSecret(calling, () => Date.now()),
  });
}

/** Where a function runs; Lambda sets AWS_REGION. */
export function here({ AWS_REGION }: Environment = process.env): Calling {
  if (!AWS_REGION) throw new SettingError('Settings are missing from the environment: AWS_REGION.');
  return { region: AWS_REGION };
}
