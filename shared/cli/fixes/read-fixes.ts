import { itemsInScope } from '../../aws/operator/findings-index.ts';
import { TABLE_GONE } from '../../aws/operator/own-table.ts';
import { needed } from '../../aws/operator/session.ts';
import type { Item } from '../../aws/world.ts';
import type { ResourceState } from '../../findings/finding.ts';
import { type Fix, fixesOf } from '../../remediation/fix.ts';
import type { Hub } from '../hub.ts';
import { ownId } from '../hub.ts';
import { type FixLine, linesOf } from './line.ts';

export interface Wanted {
  accounts: readonly string[];
  /** `global` for IAM among them. */
  regions: readonly string[];
  cluster?: string | undefined;
  most: number;
}

/** Fixes looked at in one account: their undoing stands among them, and some are of other clusters. */
const MOST_FIXES = 200;
/** Findings looked at in one account and region, the worst first. */
const MOST_FINDINGS = 500;

/** What was fixed lately, is being fixed and is held back, the newest first. */
export async function readFixes(hub: Hub, { accounts, regions, cluster, most }: Wanted): Promise<FixLine[]> {
  const table = ownId(hub, 'FindingsTable');
  const items = async (scope: string, some: { most: number; newestFirst?: boolean }): Promise<readonly Item[]> =>
    needed(await itemsInScope(hub.session, table, scope, some), TABLE_GONE);
  const lines: FixLine[] = [];
  for (const account of accounts) {
    const [fixes, ...states] = await Promise.all([
      items(fixesOf(account), { most: MOST_FIXES, newestFirst: true }),
      ...regions.map((region) => items(`${account}#${region}`, { most: MOST_FINDINGS })),
    ]);
    lines.push(...linesOf(fixes as readonly Fix[], states.flat() as unknown as readonly ResourceState[]));
  }
  return lines
    .filter(({ resource }) => regions.includes(resource.region))
    .filter(({ clusters }) => cluster === undefined || clusters.includes(cluster))
    .sort((a, b) => b.at - a.at)
    .slice(0, most);
}

/** The newest fixes of an account as they are kept. */
export async function keptFixes(hub: Hub, account: string): Promise<readonly Fix[]> {
  const read = await itemsInScope(hub.session, ownId(hub, 'FindingsTable'), fixesOf(account), {
    most: MOST_FIXES,
    newestFirst: true,
  });
  return needed(read, TABLE_GONE) as readonly Fix[];
}
