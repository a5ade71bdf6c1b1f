import { callerOf } from '../aws/operator/callers.ts';
import { needed } from '../aws/operator/session.ts';
import { watchedRegions } from '../deployment/watched-regions.ts';
import { baselineFor } from './baseline-file.ts';
import type { Hub } from './hub.ts';

/** The accounts that the baseline names, else our own. */
export async function watchedAccounts({ session }: Hub, baselineFile: string | undefined): Promise<readonly string[]> {
  const { accounts } = baselineFor(baselineFile, Date.now());
  return accounts.length > 0 ? accounts : [needed(await callerOf(session), '').account];
}

/** The regions that findings have: those that are watched, and `global` for IAM. */
export function scopesOf({ deployment, region }: Pick<Hub, 'deployment' | 'region'>): string[] {
  return [...watchedRegions(deployment ?? { region, regions: [] }), 'global'];
}
