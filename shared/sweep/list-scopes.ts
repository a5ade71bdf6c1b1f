import { z } from 'zod';
import type { Files, World } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { Scope } from '../findings/swept.ts';
import { GLOBAL } from '../resources/resource.ts';
import { scopeSchema } from './sweep-scope.ts';
import { takeWhole } from './whole.ts';

export interface ScopeListing {
  files: Files;
  /** Where the state machine finds what `files` writes. */
  bucket: string;
  ownAccount: string;
  regions: readonly string[];
}

/** What the state machine goes by. Not `sweeping`: there is nothing to do, or another sweep does it. */
export type ListedScopes =
  | { sweeping: false; run: string; why: string }
  | {
      sweeping: true;
      run: string;
      full: boolean;
      started: number;
      bucket: string;
      /** Keys of two lists: IAM is swept once all that uses it is known. */
      regions: string;
      globals: string;
    };

const input = z.object({
  run: z.string().min(1),
  input: z.object({ scope: scopeSchema.optional() }).optional(),
});

/** Writes down which scopes a sweep is of: all that are watched, or the one that was asked for. */
export function scopeLister(world: World, baseline: Baseline, { files, bucket, ownAccount, regions }: ScopeListing) {
  return async (event: unknown): Promise<ListedScopes> => {
    const { run, input: asked } = input.parse(event);
    const scopes = scopesOf(baseline, ownAccount, regions);
    const wanted = asked?.scope === undefined ? scopes : scopes.filter((scope) => isSame(scope, asked.scope));
    if (wanted.length === 0) return over(world, run, 'The account or region is not watched.');
    const full = asked?.scope === undefined;
    if (full && (await takeWhole(world, ownAccount, run)) !== 'ours') return over(world, run, 'Another sweep runs.');
    const [globals, inRegions] = [
      wanted.filter(({ region }) => region === GLOBAL),
      wanted.filter(({ region }) => region !== GLOBAL),
    ];
    const keys = { regions: `sweeps/${run}/regions.json`, globals: `sweeps/${run}/globals.json` };
    await files.write(keys.regions, JSON.stringify(inRegions.map((scope) => ({ ...scope, run }))));
    await files.write(keys.globals, JSON.stringify(globals.map((scope) => ({ ...scope, run }))));
    world.log.info('A sweep begins.', { run, scopes: wanted.length });
    return { sweeping: true, run, full, started: world.now(), bucket, ...keys };
  };
}

/** Every account in every region that is watched, and once for what has no region. */
export function scopesOf(
  { accounts }: Pick<Baseline, 'accounts'>,
  ownAccount: string,
  regions: readonly string[],
): Scope[] {
  const watched = accounts.length > 0 ? accounts : [ownAccount];
  const places = [...new Set(regions.map((region) => region.trim()).filter((region) => region !== '')), GLOBAL];
  return places.flatMap((region) => watched.map((account) => ({ account, region })));
}

function isSame(one: Scope, other: Scope | undefined): boolean {
  return one.account === other?.account && one.region === other.region;
}

function over({ log }: World, run: string, why: string): ListedScopes {
  log.info('Nothing is swept.', { run, why });
  return { sweeping: false, run, why };
}
