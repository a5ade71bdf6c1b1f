import { hubOf } from '../hub.ts';
import type { Which } from '../hub-options.ts';
import { scopesOf, watchedAccounts } from '../watched.ts';
import { type Fixing, fixingOf } from './kill-switch.ts';
import type { FixLine } from './line.ts';
import { readFixes } from './read-fixes.ts';

interface Asked extends Which {
  account?: string;
  region?: string;
  cluster?: string;
  most: number;
}

export async function showFixes(
  asked: Asked,
  { baseline }: { baseline?: string },
): Promise<{ fixing: Fixing; lines: FixLine[] }> {
  const hub = await hubOf(asked);
  const fixing = await fixingOf(hub);
  const accounts = asked.account === undefined ? await watchedAccounts(hub, baseline) : [asked.account];
  const regions = asked.region === undefined ? scopesOf(hub) : [asked.region];
  const { cluster, most } = asked;
  return { fixing, lines: await readFixes(hub, { accounts, regions, cluster, most }) };
}
