import type { World } from '../aws/world.ts';
import type { Located } from '../changes/change.ts';
import { kindOf } from '../resources/kinds.ts';
import { GLOBAL } from '../resources/resource.ts';
import { isSwept, type Scope, sweepKey } from './swept.ts';

/**
 * Begins the sweep of a scope from which an event came before it was ever swept: nobody knows yet what is ours there.
 * Asked once for a scope while a function is warm. The event itself goes on, whatever comes of it: the next night's
 * sweep has the scope anyway.
 */
export function unknownScopes({ sweeps, table, log, now }: World) {
  const known = new Set<string>();
  return async (located: Exclude<Located, { ignored: unknown }>): Promise<void> => {
    if (sweeps === undefined) return;
    for (const scope of scopesOf(located)) {
      const key = sweepKey(scope);
      if (known.has(key)) continue;
      known.add(key);
      try {
        const day = new Date(now()).toISOString().slice(0, 10);
        if (!(await isSwept(table, scope))) await sweeps.start(scope, day);
      } catch (error) {
        known.delete(key);
        log.warn('The sweep of an unknown scope could not be begun.', {
          account: scope.account,
          region: scope.region,
          problem: error instanceof Error ? error.name : 'unknown',
        });
      }
    }
  };
}

function scopesOf({ touches }: Exclude<Located, { ignored: unknown }>): Scope[] {
  const scopes = touches.map(({ kind, account, region }) => ({
    account,
    region: kindOf(kind).global ? GLOBAL : region,
  }));
  return [...new Map(scopes.map((scope) => [sweepKey(scope), scope])).values()];
}
