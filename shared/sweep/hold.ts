import type { World } from '../aws/world.ts';
import { type Scope, sweepKey } from '../findings/swept.ts';
import { DAY, SECOND } from '../runtime/clock.ts';
import { LEASE } from './bounds.ts';
import type { Progress } from './rows.ts';
import { NOTHING } from './tally.ts';

/** `elsewhere`: another run sweeps this scope now. `wait`: our own run does, and may have died (s). */
export type Held = { progress: Progress } | { held: 'elsewhere' } | { wait: number };

/** Somebody else holds the scope by now: whatever this invocation still does, it may not write how far it came. */
export class Fenced extends Error {
  override name = 'Fenced';
  override message = 'The sweep of this scope was taken over.';
}

const RACED = 5;

/** Takes a scope for one invocation: anew, where its run stopped, or from one that is dead since its lease ended. */
export async function takeHold({ table, now, random }: World, scope: Scope, run: string): Promise<Held> {
  const stored = (await table.get(sweepKey(scope), 'run')) as Progress | undefined;
  const alive = stored !== undefined && stored.until > now();
  if (alive && stored.run !== run) return { held: 'elsewhere' };
  if (alive && stored.owner !== undefined) return { wait: Math.ceil((stored.until - now()) / SECOND) + 1 };
  const ours = stored?.run === run ? stored : fresh(scope, run, now());
  const progress: Progress = {
    ...ours,
    version: (stored?.version ?? 0) + 1,
    owner: Math.floor(random() * 2 ** 48).toString(36),
    until: now() + LEASE,
    ttl: Math.floor((now() + 7 * DAY) / SECOND),
  };
  const taken = await table.put(progress, { version: stored?.version });
  return taken === 'written' ? { progress } : { wait: RACED };
}

/** Records how far it came and holds the scope for longer. Throws `Fenced`. */
export async function advance({ table, now }: World, progress: Progress, change: Partial<Progress>): Promise<Progress> {
  const next: Progress = { ...progress, ...change, version: progress.version + 1, until: now() + LEASE };
  if ((await table.put(next, { version: progress.version })) === 'conflict') throw new Fenced();
  return next;
}

/** Between two invocations nobody owns the scope, and no other run may have it. */
export async function pause(world: World, { owner: _, ...progress }: Progress): Promise<void> {
  await advance(world, progress as Progress, {});
}

/** What is over is not held any longer. */
export async function letGo({ table }: World, { pk, sk, version }: Progress): Promise<void> {
  await table.remove(pk, sk, { version });
}

function fresh(scope: Scope, run: string, now: number): Progress {
  return {
    pk: sweepKey(scope),
    sk: 'run',
    version: 0,
    run,
    until: now,
    started: now,
    kinds: [],
    tally: NOTHING,
    ttl: 0,
  };
}
