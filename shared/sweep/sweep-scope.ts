import { z } from 'zod';
import type { World } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { Scope } from '../findings/swept.ts';
import { always, type TimeFor } from '../runtime/time-for.ts';
import { advance, Fenced, letGo, pause, takeHold } from './hold.ts';
import { isNotEnabled } from './not-enabled.ts';
import { kindsIn } from './order.ts';
import { type Progress, readDone, type ScopeDone } from './rows.ts';
import { isFirst, type Sweeping, sweepKind } from './sweep-kind.ts';
import { renewWhole } from './whole.ts';

/** What the state machine goes by: not `done`, the same is asked for again after `wait` seconds. */
export interface ScopeSwept extends Scope {
  run: string;
  done: boolean;
  wait: number;
}

export const scopeSchema = z.object({
  account: z.string().regex(/^\d{12}$/),
  region: z.string().regex(/^(global|[a-z]{2,4}(-[a-z]+)+-\d{1,2})$/),
});
const input = scopeSchema.extend({ run: z.string().min(1) });

export interface ScopeSweeping {
  ownAccount: string;
  /** The region that the code runs in: every account is asked there which regions it has enabled. */
  region?: string | undefined;
}

/** Sweeps one scope, or goes on where an invocation before it stopped. */
export function scopeSweeper(world: World, baseline: Baseline, options: ScopeSweeping) {
  const { ownAccount, region: home } = options;
  return async (event: unknown, enough: TimeFor = always): Promise<ScopeSwept> => {
    const { account, region, run } = input.parse(event);
    const scope = { account, region };
    const ends = (wait?: number): ScopeSwept => ({ account, region, run, done: wait === undefined, wait: wait ?? 0 });
    await renewWhole(world, ownAccount, run);
    const before = await readDone(world.table, scope);
    if (before?.run === run) return ends();
    const held = await takeHold(world, scope, run);
    if ('wait' in held) return ends(held.wait);
    if ('held' in held) {
      world.log.info('Another sweep has this scope.', { account, region, run });
      return ends();
    }
    const batch = world.aws.batch();
    const sweeping = { world, baseline, scope, before, batch, shared: new Map(), enough };
    try {
      if (isFresh(held.progress) && (await isNotEnabled(batch, scope, home))) {
        await end(sweeping, held.progress, { notEnabled: true });
        await letGo(world, held.progress);
        return ends();
      }
      return ends(await goOn(sweeping, held.progress));
    } catch (error) {
      if (!(error instanceof Fenced)) throw error;
      world.log.warn(error.message, { account, region, run });
      return ends();
    }
  };
}

/** Kind after kind. Undefined where it came to the end, else after how many seconds to go on. */
async function goOn(sweeping: Sweeping, from: Progress): Promise<number | undefined> {
  const { world, scope } = sweeping;
  let progress = from;
  for (const kind of kindsIn(scope.region)) {
    if (progress.kinds.some((swept) => swept.kind === kind.kind)) continue;
    const { progress: further, ended } = await sweepKind(sweeping, kind, progress);
    if (!ended) {
      await pause(world, further);
      return 1;
    }
    progress = further;
  }
  progress = await advance(world, progress, {});
  await end(sweeping, progress);
  await letGo(world, progress);
  return undefined;
}

function isFresh({ kinds, at }: Progress): boolean {
  return kinds.length === 0 && at === undefined;
}

async function end(
  { world, baseline, before, scope }: Sweeping,
  progress: Progress,
  more: Pick<ScopeDone, 'notEnabled'> = {},
): Promise<void> {
  const { pk, run, started, kinds, tally } = progress;
  const listedNow = kinds.flatMap(({ kind, unread }) => (unread.length === 0 ? [[kind, started] as const] : []));
  const listed = { ...before?.listed, ...Object.fromEntries(listedNow) };
  const first =
    (before === undefined && !more.notEnabled) ||
    kindsIn(scope.region).some((kind) => isFirst({ before }, kind) && kind.kind in listed && kind.listing);
  const complete = kinds.every((kind) => kind.complete);
  const done: ScopeDone = {
    ...{ pk, sk: 'done', run, started, ended: world.now() },
    ...{ first: Boolean(first), complete, kinds, tally, listed },
    judged: baseline.controls.map(({ id }) => id),
    ...more,
  };
  if ((await world.table.put(done, { run: before?.run })) === 'conflict') throw new Fenced();
  world.log.info('A scope was swept.', {
    account: scope.account,
    region: scope.region,
    run,
    resources: tally.resources,
    complete,
  });
}
