import { callerOf } from '../../aws/operator/callers.ts';
import { operatorTable } from '../../aws/operator/own-table.ts';
import { needed } from '../../aws/operator/session.ts';
import type { Table } from '../../aws/world.ts';
import type { Baseline } from '../../baseline/baseline.ts';
import type { ResourceState } from '../../findings/finding.ts';
import { knownOf } from '../../findings/known.ts';
import { readState } from '../../findings/state-table.ts';
import type { Scope } from '../../findings/swept.ts';
import type { Report, ReportedScope } from '../../reports/report.ts';
import type { Resource } from '../../resources/resource.ts';
import { kindsIn } from '../../sweep/order.ts';
import { readDone } from '../../sweep/rows.ts';
import { type Hub, ownId } from '../hub.ts';
import { scopesOf } from '../watched.ts';
import { eachAtOnce } from './at-once.ts';
import { narrowed, type Selection } from './selection.ts';
import { toReport } from './to-report.ts';

export interface TableOptions extends Selection {
  /** Those that the baseline watches, where absent. */
  accounts?: readonly string[];
  /** Those that are watched, and `global`, where absent. */
  regions?: readonly string[];
  now?: number;
}

/** Items that are read beside each other. */
const AT_ONCE = 25;

/** What the hub's table holds of everything that is watched: each known resource by its name, without a scan of the table. */
export async function reportOfTable(hub: Hub, whole: Baseline, options: TableOptions = {}): Promise<Report> {
  const at = options.now ?? Date.now();
  const baseline = narrowed(whole, options);
  const accounts = options.accounts ?? (await watchedBy(hub, whole));
  const regions = options.regions ?? scopesOf(hub);
  const table = operatorTable(hub.session, ownId(hub, 'FindingsTable'));
  const scopes = accounts.flatMap((account) => regions.map((region) => ({ account, region })));
  const [states, swept] = await Promise.all([
    statesIn(table, scopes),
    Promise.all(scopes.map((scope) => sweptScope(table, scope))),
  ]);
  return toReport(states, baseline, options, { at, source: 'table', scopes: swept });
}

async function watchedBy({ session }: Hub, { accounts }: Baseline): Promise<readonly string[]> {
  return accounts.length > 0 ? accounts : [needed(await callerOf(session), '').account];
}

/** Every resource of these scopes that is known and not gone. */
export async function statesIn(table: Table, scopes: readonly Scope[]): Promise<ResourceState[]> {
  const kinds = scopes.flatMap((scope) => kindsIn(scope.region).map(({ kind }) => ({ ...scope, kind })));
  const known: Resource[] = [];
  await eachAtOnce(kinds, AT_ONCE, async ({ account, region, kind }) => {
    known.push(...(await knownOf(table, account, region, kind)));
  });
  const states: ResourceState[] = [];
  await eachAtOnce(known, AT_ONCE, async (resource) => {
    const state = await readState(table, resource);
    if (state !== undefined) states.push(state);
  });
  return states;
}

/** As the last sweep that came to its end left it. */
async function sweptScope(table: Table, scope: Scope): Promise<ReportedScope> {
  const done = await readDone(table, scope);
  if (done === undefined)
    return { ...scope, complete: false, unread: [{ kind: 'all', why: 'It was never swept to its end.' }] };
  const unread = done.kinds.flatMap(({ kind, unread: reasons }) => reasons.map((each) => ({ kind, ...each })));
  return { ...scope, complete: done.complete, unread };
}
