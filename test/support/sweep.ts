import { lambdaWorld } from '../../shared/aws/lambda-world.ts';
import { scopedKeys } from '../../shared/aws/own/scoped-keys.ts';
import type { Files, World } from '../../shared/aws/world.ts';
import type { Baseline } from '../../shared/baseline/baseline.ts';
import type { Scope } from '../../shared/findings/swept.ts';
import type { TimeFor } from '../../shared/runtime/time-for.ts';
import { sweepCloser } from '../../shared/sweep/close-sweep.ts';
import { type ListedScopes, scopeLister } from '../../shared/sweep/list-scopes.ts';
import { lastSweeps, type SweepRow } from '../../shared/sweep/rows.ts';
import { type ScopeSwept, scopeSweeper } from '../../shared/sweep/sweep-scope.ts';
import { HUB, type Pipeline, REGION } from './pipeline.ts';

export interface Sweeper {
  world: World;
  files: Map<string, string>;
  counts: Record<string, number>;
  list(run: string, scope?: Scope): Promise<ListedScopes>;
  /** One invocation. */
  sweep(run: string, scope: Scope, enough?: TimeFor): Promise<ScopeSwept>;
  close(listed: ListedScopes): Promise<unknown>;
  /** All of it, as the state machine does it, and then whatever came of it. */
  run(run: string, scope?: Scope): Promise<SweepRow | undefined>;
  last(): Promise<SweepRow | undefined>;
}

/** The three functions of the sweep from their sources, beside a pipeline whose functions are from theirs. */
export function aSweeper(
  { world: local }: Pipeline,
  baseline: Baseline,
  regions: readonly string[] = [REGION],
): Sweeper {
  const files = new Map<string, string>();
  const counts: Record<string, number> = {};
  const told = {
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    metrics: {
      count(name: string, by = 1) {
        counts[name] = (counts[name] ?? 0) + by;
      },
      duration: () => undefined,
    },
  };
  const world = lambdaWorld(local.environment, told, local.environment, { accounts: baseline.accounts });
  const bucket: Files = {
    read: async (key) => files.get(key) ?? '',
    write: async (key, text) => void files.set(key, text),
  };
  const list = scopeLister(world, baseline, { files: bucket, bucket: 'lists', ownAccount: HUB, regions });
  const sweep = scopeSweeper(world, baseline, { ownAccount: HUB, region: REGION });
  const keysIn = scopedKeys(local.environment.FINDINGS_TABLE ?? '', { region: REGION });
  const wiring = { files: bucket, bucket: 'lists', keysIn };
  const close = sweepCloser(world, baseline, { ...wiring, ownAccount: HUB, region: REGION });
  const last = async () => (await lastSweeps(world.table, HUB))[0];

  const sweeper: Sweeper = {
    world,
    files,
    counts,
    list: (run, scope) => list({ run, input: scope ? { scope } : {} }),
    sweep: (run, scope, enough) => sweep({ run, ...scope }, enough),
    close,
    last,
    async run(run, scope) {
      const listed = await sweeper.list(run, scope);
      if (!listed.sweeping) return undefined;
      for (const key of [listed.regions, listed.globals]) {
        for (const each of JSON.parse(files.get(key) ?? '[]') as Scope[])
          await toTheEnd(sweeper, run, each, local.advance);
      }
      await close(listed);
      await local.untilIdle();
      return last();
    },
  };
  return sweeper;
}

async function toTheEnd(
  sweeper: Sweeper,
  run: string,
  { account, region }: Scope,
  pass: (milliseconds: number) => Promise<void>,
): Promise<void> {
  for (;;) {
    const { done, wait } = await sweeper.sweep(run, { account, region });
    if (done) return;
    await pass(wait * 1000);
  }
}
