import { z } from 'zod';
import type { KeysIn } from '../aws/own/scoped-keys.ts';
import { objectPageOf } from '../aws/partition.ts';
import type { Files, World } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import { groupOf } from '../controls/catalogue.ts';
import type { Scope } from '../findings/swept.ts';
import { digestNotice } from '../notices/digest.ts';
import { inventoryNotice } from '../notices/inventory.ts';
import type { Notice } from '../notices/notice.ts';
import { toldOnce } from '../notices/told-once.ts';
import { SECOND } from '../runtime/clock.ts';
import { type AddedUp, addedUp } from './added-up.ts';
import { digestOf, mutedSince } from './digest-facts.ts';
import { type Gathered, gather } from './gather.ts';
import { notInOrder } from './not-in-order.ts';
import { postureAt } from './posture.ts';
import { writeReport } from './report-page.ts';
import { lastSweeps, ROW_LIFE, type SweepRow, sweepsKey } from './rows.ts';
import { scopeSchema } from './sweep-scope.ts';
import { vanishedSince } from './vanished.ts';
import { waiversTold } from './waivers-used.ts';
import { endWhole } from './whole.ts';

const input = z.object({
  run: z.string().min(1),
  full: z.boolean(),
  started: z.number(),
  regions: z.string(),
  globals: z.string(),
});
type Closing = z.infer<typeof input>;

const scopes = z.array(scopeSchema);
/** What is named of what could not be read. */
const MOST_INCOMPLETE = 50;
/** Sweeps of any kind among which the last one of everything is looked for. */
const MOST_BACK = 100;
/** Earlier ones that the report draws. */
const MOST_EARLIER = 60;

export interface SweepClosing {
  files: Files;
  bucket: string;
  keysIn: KeysIn;
  ownAccount: string;
  region: string;
  /** Where the controls' pages are. */
  pages?: string | undefined;
}

/** Ends a sweep: writes its row, counts, lets go, and tells what it came to. Every step may be repeated. */
export function sweepCloser(world: World, baseline: Baseline, options: SweepClosing) {
  const { files, ownAccount } = options;
  return async (event: unknown): Promise<Pick<SweepRow, 'run' | 'complete' | 'scopes'>> => {
    const closing = input.parse(event);
    const all = (await Promise.all([closing.regions, closing.globals].map((key) => scopesIn(files, key)))).flat();
    const sum = await addedUp(world.table, closing.run, all);
    const row = rowOf(world, ownAccount, closing, sum);
    await world.table.put(row);
    await tellFirst(world, baseline, options, row, sum);
    if (closing.full) await tellDigest(world, baseline, options, row, sum);
    count(world, row, sum);
    if (closing.full) await endWhole(world, ownAccount, closing.run);
    return { run: row.run, complete: row.complete, scopes: row.scopes };
  };
}

async function scopesIn(files: Files, key: string): Promise<Scope[]> {
  const listed = scopes.parse(JSON.parse(await files.read(key)));
  return listed.map(({ account, region }) => ({ account, region }));
}

/** The same row for a repeated call, but for its end. */
function rowOf({ now }: World, ownAccount: string, { run, full, started }: Closing, sum: AddedUp): SweepRow {
  const { incomplete, notEnabled, tally } = sum;
  return {
    pk: sweepsKey(ownAccount),
    sk: `sweep#${new Date(started).toISOString()}#${run}`,
    ...{ run, full, started, ended: now() },
    scopes: sum.scopes.length,
    complete: incomplete.length === 0,
    incomplete: incomplete.slice(0, MOST_INCOMPLETE),
    ...(notEnabled.length > 0 ? { notEnabled: notEnabled.slice(0, MOST_INCOMPLETE) } : {}),
    tally,
    ttl: Math.floor((now() + ROW_LIFE) / SECOND),
  };
}

function count({ metrics }: World, { full, tally }: SweepRow, { whole, scopes: all }: AddedUp): void {
  metrics.count('swept', whole);
  metrics.count('sweepIncomplete', all.length - whole);
  metrics.count('missedByEvents', tally.missed);
  if (full) metrics.count('sweepFinished');
}

/** One summary of what first sweeps found. */
async function tellFirst(
  world: World,
  baseline: Baseline,
  { ownAccount, region, pages }: SweepClosing,
  { pk, run, ended, incomplete }: SweepRow,
  { first }: AddedUp,
): Promise<void> {
  if (first.scopes.length === 0) return;
  const { inventory, missing } = first.tally;
  const home = { account: ownAccount, region };
  const told = { run, key: pk, home, ended, scopes: first.scopes, ...inventory, missing, incomplete };
  await tell(world, `sent#${run}`, inventoryNotice(told, baseline, pages));
}

/** Adds up what is not in order, keeps the report and how clusters stand, and tells it. The first sweep ever has its summary alone. */
async function tellDigest(
  world: World,
  baseline: Baseline,
  options: SweepClosing,
  row: SweepRow,
  sum: AddedUp,
): Promise<void> {
  const { ownAccount, region, files, bucket } = options;
  const { table } = world;
  const rows = await lastSweeps(table, ownAccount, MOST_BACK);
  const before = rows.find(({ full, run, started }) => full && run !== row.run && started < row.started);
  const gathered = await gatheredIn(world, baseline, options, sum, before);
  const earlier = rows.slice(0, MOST_EARLIER).filter(({ full }) => full);
  const written = await writeReport(files, baseline, row, sum.scopes, gathered, earlier);
  const posture = `reports/${row.run}.clusters.json`;
  await files.write(posture, JSON.stringify(Object.fromEntries(gathered.clusters)));
  await table.put({ ...row, ...written, posture });
  const waivers = await waiversTold(world, row.pk, baseline.waivers, gathered.used);
  if (before === undefined) return;
  const vanished = await vanishedSince(table, files, before, row, gathered);
  const facts = { row, before, gathered, vanished, waivers, report: objectPageOf(region, bucket, written.report) };
  const muted = await mutedSince(table, ownAccount, row, before);
  const digest = digestOf({ ...facts, muted, posture: await postureAt(files, before.posture) }, baseline);
  const home = { account: ownAccount, region };
  await tell(world, `sent#digest#${row.run}`, digestNotice({ digest, key: row.pk, home, ended: row.ended }, baseline));
}

function gatheredIn(
  { table, now }: World,
  baseline: Baseline,
  { keysIn }: SweepClosing,
  { scopes: all }: AddedUp,
  before: SweepRow | undefined,
): Promise<Gathered> {
  return gather(notInOrder(table, keysIn, all), { baseline, groupOf, now: now(), last: before?.ended });
}

async function tell(world: World, sk: string, notice: Notice | undefined): Promise<void> {
  if (notice !== undefined && (await toldOnce(world, notice, sk))) world.metrics.count('notified');
}
