import { memoryTable } from '../../../shared/aws/memory-table.ts';
import type { Aws, Item, World } from '../../../shared/aws/world.ts';
import { worldOf } from '../../../shared/aws/world-of.ts';
import type { Baseline } from '../../../shared/baseline/baseline.ts';
import type { Recheck } from '../../../shared/changes/change.ts';
import { locator } from '../../../shared/findings/locator.ts';
import { looker } from '../../../shared/findings/look.ts';
import { type Clock, SECOND } from '../../../shared/runtime/clock.ts';
import { Agenda } from '../../support/local-world/agenda.ts';
import { type Chance, chance } from '../../support/local-world/chance.ts';

export interface Again {
  events: readonly unknown[];
  account: string;
  baseline: Baseline;
  aws: (now: Clock) => Aws;
  /** The clock of a run begins here (ms). */
  start: number;
}

const COPIES = 3;
/** Deliveries come within this time after one another. */
const GAP = 20 * SECOND;

/** Delivers the events three times each in an order that the seed decides, with the functions' own code, and returns the table at its end. */
export async function runAgain({ events, account, baseline, aws, start }: Again, seed: number): Promise<Item[]> {
  let time = start;
  const now = () => time;
  const random = chance(seed);
  const agenda = new Agenda(now, random);
  const table = memoryTable();
  const world = worldIn({
    now,
    random,
    aws: aws(now),
    table,
    send: (at, message) => agenda.plan(at, 'a recheck', () => recheck(message)),
  });
  const locate = locator(world, baseline, account);
  const look = looker(world, baseline);
  const recheck = async (message: unknown) => {
    await look(message as Recheck);
  };
  const deliveries = shuffled(
    events.flatMap((event) => Array.from({ length: COPIES }, () => event)),
    random,
  );
  let arrives = start;
  for (const event of deliveries) {
    arrives += random() * GAP;
    agenda.plan(arrives, 'an event', async () => {
      await locate(event, now());
    });
  }
  for (let next = agenda.first; next !== undefined; next = agenda.first) {
    agenda.cancel(next);
    time = Math.max(time, next.time);
    await next.run();
  }
  return table.all();
}

interface Parts extends Pick<World, 'now' | 'random' | 'aws' | 'table'> {
  send(at: number, message: unknown): void;
}

function worldIn({ send, now, ...parts }: Parts): World {
  const silent = () => undefined;
  return worldOf(
    { log: { info: silent, warn: silent, error: silent }, metrics: { count: silent, duration: silent } },
    {
      ...parts,
      now,
      rechecks: {
        send: async (message, { delay = 0 } = {}) => send(now() + delay * SECOND, structuredClone(message)),
      },
    },
  );
}

function shuffled<T>(items: readonly T[], random: Chance): T[] {
  return items
    .map((item) => ({ item, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
