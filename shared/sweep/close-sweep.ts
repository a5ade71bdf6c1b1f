import { z } from 'zod';
import type { Files, World } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { Scope } from '../findings/swept.ts';
import { inventoryNotice } from '../notices/inventory.ts';
import { published } from '../notices/sns.ts';
import { kindOf } from '../resources/kinds.ts';
import { DAY, SECOND } from '../runtime/clock.ts';
import { ROW_LIFE, readDone, type ScopeDone, type SweepRow, sweepsKey } from './rows.ts';
import { scopeSchema } from './sweep-scope.ts';
import { together } from './tally.ts';
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
const MARK_LIFE = 30 * DAY;

export interface SweepClosing {
  files: Files;
  ownAccount: string;
  region: string;
  /** Where the controls' pages are. */
  pages?: string | undefined;
}

/** Ends a sweep: writes its row, counts, lets go, and tells in one notice what a first one found. */
export function sweepCloser(world: World, baseline: Baseline, options: SweepClosing) {
  const { files, ownAccount } = options;
  return async (event: unknown): Promise<Pick<SweepRow, 'run' | 'complete' | 'scopes'>> => {
    const closing = input.parse(event);
    const all = (await Promise.all([closing.regions, closing.globals].map((key) => scopesIn(files, key)))).flat();
    const rows = await Promise.all(all.map(async (scope) => ({ scope, done: await readDone(world.table, scope) })));
    const ours = rows.map(({ scope, done }) => ({ scope, done: done?.run === closing.run ? done : undefined }));
    const row = rowOf(world, ownAccount, closing, ours);
    await world.table.put(row);
    const first = ours.flatMap(({ scope, done }) => (done?.first ? [{ scope, done }] : []));
    if (first.length > 0) await tell(world, baseline, options, row, first);
    count(world, row, ours);
    if (closing.full) await endWhole(world, ownAccount, closing.run);
    return { run: row.run, complete: row.complete, scopes: row.scopes };
  };
}

interface Ours {
  scope: Scope;
  /** Undefined: this run did not come to the end of it. */
  done: ScopeDone | undefined;
}

async function scopesIn(files: Files, key: string): Promise<Scope[]> {
  const listed = scopes.parse(JSON.parse(await files.read(key)));
  return listed.map(({ account, region }) => ({ account, region }));
}

/** The same row for a repeated call, but for its end. */
function rowOf({ now }: World, ownAccount: string, { run, full, started }: Closing, ours: readonly Ours[]): SweepRow {
  const incomplete = ours.flatMap(unreadOf);
  return {
    pk: sweepsKey(ownAccount),
    sk: `sweep#${new Date(started).toISOString()}#${run}`,
    ...{ run, full, started, ended: now() },
    scopes: ours.length,
    complete: incomplete.length === 0,
    incomplete: incomplete.slice(0, MOST_INCOMPLETE),
    tally: together(ours.flatMap(({ done }) => (done ? [done.tally] : []))),
    ttl: Math.floor((now() + ROW_LIFE) / SECOND),
  };
}

function unreadOf({ scope: { account, region }, done }: Ours): string[] {
  if (done === undefined) return [`${account} ${region}: not swept to its end.`];
  return done.kinds
    .filter(({ complete }) => !complete)
    .map(({ kind, unread: [unread], failed }) => {
      const missing = unread?.missing === undefined ? '' : ` The permission ${unread.missing} is missing.`;
      return `${account} ${region}: ${kindOf(kind).called}: ${unread?.why ?? `${failed} could not be looked at.`}${missing}`;
    });
}

function count({ metrics }: World, { full, tally }: SweepRow, ours: readonly Ours[]): void {
  const whole = ours.filter(({ done }) => done?.complete).length;
  metrics.count('swept', whole);
  metrics.count('sweepIncomplete', ours.length - whole);
  metrics.count('missedByEvents', tally.missed);
  if (full) metrics.count('sweepFinished');
}

/** Marked only after it was published: a crash between the two repeats a notice, and never loses one. */
async function tell(
  world: World,
  baseline: Baseline,
  { ownAccount, region, pages }: SweepClosing,
  { pk, run, ended, incomplete }: SweepRow,
  first: readonly { scope: Scope; done: ScopeDone }[],
): Promise<void> {
  const mark = { pk, sk: `sent#${run}` };
  if ((await world.table.get(mark.pk, mark.sk)) !== undefined) return;
  const { inventory, missing } = together(first.map(({ done }) => done.tally));
  const found = { ...inventory, missing, incomplete };
  const home = { account: ownAccount, region };
  const told = { run, key: pk, home, ended, scopes: first.map(({ scope }) => scope), ...found };
  await world.notices.publish(published(inventoryNotice(told, baseline, pages)));
  await world.table.put({ ...mark, ttl: Math.floor((world.now() + MARK_LIFE) / SECOND) });
  world.metrics.count('notified');
}
