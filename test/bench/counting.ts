import { type MemoryTable, memoryTable } from '../../shared/aws/memory-table.ts';
import type { AwsBatch, Item, World } from '../../shared/aws/world.ts';
import type { Baseline } from '../../shared/baseline/baseline.ts';
import { locator } from '../../shared/findings/locator.ts';
import { looker } from '../../shared/findings/look.ts';
import { MINUTE } from '../../shared/runtime/clock.ts';
import { aSample } from '../support/samples.ts';
import { ACCOUNT, type BenchEstate, benchWorld } from './bench-estate.ts';

export type Counts = Readonly<Record<string, number>>;

/** Calls to AWS by action and to the table by method; what was never called is left out. */
export interface Calls {
  aws: Counts;
  table: Counts;
}

/** What one event costs: locating it, and the looks that it asks for at once. */
export interface EventCalls extends Calls {
  locate: Counts;
  looks: number;
  /** Looks that it asks for later. */
  later: number;
}

export async function counting(
  world: World,
  table: MemoryTable,
  run: (batch: AwsBatch) => Promise<unknown>,
): Promise<Calls> {
  const batch = world.aws.batch();
  const before = { ...table.calls };
  await run(batch);
  const counts = Object.entries(table.calls).map(
    ([name, count]) => [name, count - before[name as keyof typeof before]] as const,
  );
  return {
    aws: Object.fromEntries([...batch.calls()].sort()),
    table: Object.fromEntries(counts.filter(([, count]) => count > 0)),
  };
}

/** One sample as it comes to a table that holds these items, five minutes after whatever was before. */
export async function eventCalls(
  estate: BenchEstate,
  baseline: Baseline,
  items: readonly Item[],
  sample: string,
): Promise<EventCalls> {
  const { clock } = estate;
  clock.now += 5 * MINUTE;
  const table = memoryTable(items);
  const { world, sent } = benchWorld(estate, table);
  const located = await counting(world, table, () => locator(world, baseline, ACCOUNT)(aSample(sample), clock.now));
  const now = sent.splice(0);
  const look = looker(world, baseline);
  const looked = await counting(world, table, async (batch) => {
    for (const { recheck } of now) await look(recheck, batch);
  });
  return { ...looked, locate: located.table, looks: now.length, later: sent.length };
}

export function sum(counts: Counts): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
