import { SettingError } from '../runtime/errors.ts';
import type { Log } from '../runtime/log.ts';
import type { Metrics } from '../runtime/metrics.ts';
import type { Calling } from './own/calling.ts';
import { ssmParameter } from './own/parameter.ts';
import { sqsQueue } from './own/queue.ts';
import { managedSecret } from './own/secret.ts';
import { dynamoTable } from './own/table.ts';
import { snsTopic } from './own/topic.ts';
import { awsSession } from './session.ts';
import type { Aws, Queue, Table, Topic, World } from './world.ts';

/** What a function names of the outside; a part whose setting it left out throws when it is used. */
export type Wiring = Readonly<
  Partial<Record<'FINDINGS_TABLE' | 'RECHECKS_QUEUE' | 'FIXES_QUEUE' | 'NOTICES_TOPIC' | 'OWN_ACCOUNT', string>>
>;

/**
 * From the environment: AWS_REGION, and for more than one account MEMBER_ACCOUNTS (the registry, with commas),
 * EXTERNAL_ID and ROLE_PATH.
 */
type Environment = Readonly<Record<string, string | undefined>>;

/** The world of a deployed function. Nothing of the SDK is loaded before a part is used. */
export function lambdaWorld(
  wiring: Wiring,
  { log, metrics }: { log: Log; metrics: Metrics },
  environment: Environment = process.env,
): World {
  const { FINDINGS_TABLE, RECHECKS_QUEUE, FIXES_QUEUE, NOTICES_TOPIC } = wiring;
  const { AWS_REGION: region } = environment;
  if (!region) throw new SettingError('Settings are missing from the environment: AWS_REGION.');
  const calling: Calling = { region };
  const now = () => Date.now();
  return {
    now,
    random: () => Math.random(),
    aws: auditedAccounts(wiring, region, environment),
    table: FINDINGS_TABLE ? dynamoTable(FINDINGS_TABLE, calling) : lackingTable(),
    rechecks: RECHECKS_QUEUE ? sqsQueue(RECHECKS_QUEUE, calling) : lackingQueue('RECHECKS_QUEUE'),
    fixes: FIXES_QUEUE ? sqsQueue(FIXES_QUEUE, calling) : lackingQueue('FIXES_QUEUE'),
    notices: NOTICES_TOPIC ? snsTopic(NOTICES_TOPIC, calling) : lackingTopic(),
    parameter: ssmParameter(calling),
    secret: managedSecret(calling, now),
    log,
    metrics,
  };
}

function auditedAccounts({ OWN_ACCOUNT }: Wiring, region: string, environment: Environment): Aws {
  if (!OWN_ACCOUNT) return { batch: () => lacking('OWN_ACCOUNT') };
  const { MEMBER_ACCOUNTS = '', EXTERNAL_ID, ROLE_PATH } = environment;
  return awsSession({
    home: { account: OWN_ACCOUNT, region },
    accounts: MEMBER_ACCOUNTS.split(',').flatMap((account) => account.trim() || []),
    ...(EXTERNAL_ID ? { externalId: EXTERNAL_ID } : {}),
    ...(ROLE_PATH ? { rolePath: ROLE_PATH } : {}),
  });
}

function lacking(setting: string): never {
  throw new SettingError(`This function has no ${setting}: name it in its settings.`);
}

function lackingTable(): Table {
  const use = async () => lacking('FINDINGS_TABLE');
  return { get: use, put: use, remove: use, query: use, add: use };
}

function lackingQueue(setting: string): Queue<unknown> {
  return { send: async () => lacking(setting) };
}

function lackingTopic(): Topic {
  return { publish: async () => lacking('NOTICES_TOPIC') };
}
