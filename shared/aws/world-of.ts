import { setTimeout } from 'node:timers/promises';
import { SettingError } from '../runtime/errors.ts';
import type { Queue, Table, World } from './world.ts';

/**
 * A world of just the parts that a function uses, so that its bundle carries no others: any other part throws when it
 * is used, and names itself.
 */
export function worldOf(told: Pick<World, 'log' | 'metrics'>, parts: Partial<Omit<World, 'log' | 'metrics'>>): World {
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    pause: (milliseconds) => setTimeout(milliseconds),
    aws: { batch: () => lacking('OWN_ACCOUNT') },
    table: lackingTable(),
    rechecks: lackingQueue('RECHECKS_QUEUE'),
    fixes: lackingQueue('FIXES_QUEUE'),
    notices: { publish: async () => lacking('NOTICES_TOPIC') },
    parameter: async () => lacking('parameters'),
    secret: async () => lacking('secrets'),
    log: told.log,
    metrics: told.metrics,
    ...parts,
  };
}

function lacking(part: string): never {
  throw new SettingError(`This function has no ${part}: name it where its world is made.`);
}

function lackingTable(): Table {
  const use = async () => lacking('FINDINGS_TABLE');
  return { get: use, put: use, remove: use, query: use, add: use };
}

function lackingQueue(setting: string): Queue<unknown> {
  return { send: async () => lacking(setting) };
}
