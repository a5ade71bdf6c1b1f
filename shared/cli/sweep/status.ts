import { callerOf } from '../../aws/operator/callers.ts';
import { executionsOf } from '../../aws/operator/executions.ts';
import { itemsOf } from '../../aws/operator/findings-index.ts';
import { TABLE_GONE } from '../../aws/operator/own-table.ts';
import { needed } from '../../aws/operator/session.ts';
import { sweepKey } from '../../findings/swept.ts';
import type { Progress, SweepRow } from '../../sweep/rows.ts';
import { sweepsKey } from '../../sweep/rows.ts';
import { type Hub, hubOf, ownId } from '../hub.ts';
import { counted, plain } from '../terminal.ts';
import { scopesOf, watchedAccounts } from '../watched.ts';
import type { SweepOptions } from './command.ts';
import { utc } from './start.ts';

/** Rows that are told of sweeps that have ended. */
const MOST_ROWS = 3;

/** What runs now, how far it came, and what the last sweeps came to. */
export async function sweepStatus(options: SweepOptions): Promise<string> {
  const hub = await hubOf(options);
  const machine = ownId(hub, 'SweepMachine');
  const [newest] = needed(
    await executionsOf(hub.session, machine, { most: 1 }),
    'The state machine of the sweep is gone: deploy again (npm run deploy).',
  );
  if (newest === undefined) return 'No sweep was ever started: npx eks-warden sweep start';
  const { account } = needed(await callerOf(hub.session), '');
  const rows = (await items(hub, sweepsKey(account), 'sweep#')) as readonly SweepRow[];
  const running = newest.status === 'RUNNING';
  const head = running
    ? [`A sweep has been running since ${utc(newest.startedAt)}.`, ...(await progressLines(hub, options.baseline))]
    : [`No sweep runs. The newest began ${utc(newest.startedAt)} and ended as ${newest.status.toLowerCase()}.`];
  return [...head, ...rows.slice(0, MOST_ROWS).flatMap(rowLines)].map(plain).join('\n');
}

async function items(hub: Hub, pk: string, prefix: string): Promise<readonly object[]> {
  const read = await itemsOf(hub.session, ownId(hub, 'FindingsTable'), pk, {
    prefix,
    newestFirst: true,
    most: MOST_ROWS,
  });
  return needed(read, TABLE_GONE);
}

async function progressLines(hub: Hub, baselineFile: string | undefined): Promise<string[]> {
  const accounts = await watchedAccounts(hub, baselineFile);
  const scopes = accounts.flatMap((account) => scopesOf(hub).map((region) => ({ account, region })));
  const found = await Promise.all(scopes.map((scope) => items(hub, sweepKey(scope), 'run')));
  return found.flatMap((some, at) => {
    const [progress] = some as readonly Progress[];
    const { account, region } = scopes[at] ?? { account: '', region: '' };
    return progress === undefined ? [] : [`  ${account} ${region}: ${progressText(progress)}`];
  });
}

/** Pure. */
export function progressText({ kinds, at }: Pick<Progress, 'kinds' | 'at'>): string {
  const done = kinds.length === 0 ? 'nothing done yet' : `done: ${kinds.map(({ kind }) => kind).join(', ')}`;
  return at === undefined ? `${done}.` : `${done}; now: ${at.kind} (${at.looked} looked at).`;
}

/** Pure. */
export function rowLines({ full, started, ended, scopes, complete, incomplete, tally }: SweepRow): string[] {
  const open = Object.entries(tally.severities).map(([severity, count]) => `${count} ${severity}`);
  const minutes = Math.max(1, Math.round((ended - started) / 60_000));
  return [
    `${utc(ended)}: ${full ? 'everything' : 'one scope'}, ${counted(scopes, 'scope')} in ${counted(minutes, 'minute')}; ${counted(tally.resources, 'resource')}, open: ${open.join(', ') || 'nothing'}; ${tally.missed} missed by events.`,
    ...(complete ? [] : incomplete.map((what) => `  not read completely: ${what}`)),
  ];
}
