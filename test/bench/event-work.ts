import { memoryTable } from '../../shared/aws/memory-table.ts';
import type { Item, World } from '../../shared/aws/world.ts';
import type { Baseline } from '../../shared/baseline/baseline.ts';
import { lookedAt } from '../../shared/controls/looked-at.ts';
import { locator } from '../../shared/findings/locator.ts';
import { looker } from '../../shared/findings/look.ts';
import type { Work } from '../../shared/reports/cost.ts';
import { chain } from '../../shared/runtime/chain.ts';
import { MINUTE } from '../../shared/runtime/clock.ts';
import { invocation } from '../../shared/runtime/invocation.ts';
import { settleBatch } from '../../shared/runtime/settle-batch.ts';
import { estateOf } from '../support/estate.ts';
import { aSample } from '../support/samples.ts';
import { ACCOUNT, type BenchEstate, benchWorld, REGION } from './bench-estate.ts';
import { sum } from './counting.ts';
import { metered } from './metered-table.ts';
import { counted } from './rounds.ts';

/** What one sample takes until no more looks are asked for: the second looks and those behind links included. */
export async function eventWork(
  estate: BenchEstate,
  baseline: Baseline,
  items: readonly Item[],
  sample: string,
): Promise<Work> {
  const { clock } = estate;
  clock.now += 60 * MINUTE;
  const { table, units } = metered(memoryTable(items));
  const { world, sent } = benchWorld(estate, table);
  await locator(world, baseline, ACCOUNT)(aSample(sample), clock.now);
  const look = looker(world, baseline);
  const work = { rechecks: 0, looks: 0, awsReads: 0, rounds: 0 };
  const next = () => sent.sort((a, b) => a.at - b.at).shift();
  for (let one = next(); one !== undefined; one = next()) {
    clock.now = Math.max(clock.now, one.at);
    const { batch, rounds } = counted(world.aws.batch());
    await look(one.recheck, batch);
    work.rounds += rounds();
    const reads = sum(Object.fromEntries(batch.calls()));
    work.rechecks++;
    work.awsReads += reads;
    if (reads > 0) work.looks++;
  }
  return { ...work, ...units };
}

/** What a sweep's look at each resource of the account takes that nobody has changed. */
export async function sweepWorks(estate: BenchEstate, baseline: Baseline, items: readonly Item[]): Promise<Work[]> {
  const { clock } = estate;
  const { table, units } = metered(memoryTable(items));
  const { world } = benchWorld(estate, table);
  const look = looker(world, baseline);
  const works: Work[] = [];
  for (const resource of estateOf(ACCOUNT, REGION).filter(({ kind }) => lookedAt(baseline.controls).has(kind))) {
    clock.now += 60 * MINUTE;
    const before = { ...units };
    const { batch, rounds } = counted(world.aws.batch());
    await look({ resource, seenAt: clock.now, life: 'changed', why: 'sweep' }, batch);
    works.push({
      rechecks: 0,
      looks: 1,
      awsReads: sum(Object.fromEntries(batch.calls())),
      rounds: rounds(),
      readUnits: units.readUnits - before.readUnits,
      writeUnits: units.writeUnits - before.writeUnits,
    });
  }
  return works;
}

export function meanOf(works: readonly Work[]): Work {
  const mean = (of: (work: Work) => number) => works.reduce((total, work) => total + of(work), 0) / works.length;
  return {
    rechecks: mean(({ rechecks }) => rechecks),
    looks: mean(({ looks }) => looks),
    awsReads: mean(({ awsReads }) => awsReads),
    rounds: mean(({ rounds }) => rounds),
    readUnits: mean(({ readUnits }) => readUnits),
    writeUnits: mean(({ writeUnits }) => writeUnits),
  };
}

/** Bytes that a function writes to its log for one message: its own lines, and Lambda's are switched off. */
export async function logBytesOf(
  name: string,
  step: (told: Pick<World, 'log' | 'metrics'>) => Promise<unknown>,
): Promise<number> {
  const written: string[] = [];
  const { write } = process.stdout;
  process.stdout.write = (text: string | Uint8Array) => written.push(String(text)) > 0;
  try {
    const our = invocation(name);
    const { before, after } = chain(name, our);
    const request = { event: { Records: [{}] }, context: { awsRequestId: '00000000-0000-0000-0000-000000000000' } };
    await before?.(request as never);
    await settleBatch([{ messageId: 'one' }] as never, () => step(our), our);
    await after?.(request as never);
  } finally {
    process.stdout.write = write;
  }
  return Buffer.byteLength(written.join(''));
}
