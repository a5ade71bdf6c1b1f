import { itemsInScope } from '../../aws/operator/findings-index.ts';
import { operatorTable, TABLE_GONE } from '../../aws/operator/own-table.ts';
import { needed } from '../../aws/operator/session.ts';
import { partitionOf } from '../../aws/partition.ts';
import type { Item, Table } from '../../aws/world.ts';
import { type AnyControl, kindsOf } from '../../controls/define-control.ts';
import { readAck } from '../../findings/acks.ts';
import type { Finding, ResourceState, State } from '../../findings/finding.ts';
import { readState } from '../../findings/state-table.ts';
import { reportedOf } from '../../reports/of-state.ts';
import type { Reported } from '../../reports/report.ts';
import { isId } from '../../resources/ids.ts';
import { keyOf, type Resource } from '../../resources/resource.ts';
import { type Hub, hubOf, ownId } from '../hub.ts';
import type { Which } from '../hub-options.ts';
import { scopesOf, watchedAccounts } from '../watched.ts';
import type { Explained, Step } from './explained.ts';
import { theOne, type Wanted } from './find.ts';

/** Findings looked at in one account and region, the worst first. */
const MOST_FINDINGS = 500;

/** A finding as the hub's table has it, with every step it made. */
export async function explainedInTable(
  wanted: Wanted,
  which: Which,
  baselineFile: string | undefined,
): Promise<Explained> {
  const hub = await hubOf(which);
  const table = operatorTable(hub.session, ownId(hub, 'FindingsTable'));
  const states =
    'id' in wanted ? [await readState(table, wanted.resource)] : await candidates(wanted, hub, table, baselineFile);
  const known = states.filter((state) => state !== undefined);
  const reported = theOne(
    wanted,
    known.flatMap((state) => reportedIn(state, wanted.control)),
    'the findings table',
  );
  const state = known.find(({ pk }) => pk === keyOf(reported.resource));
  const finding = state?.findings[wanted.control.id];
  const ack = finding && (await readAck(table, reported.resource, wanted.control.id, finding));
  return {
    reported,
    control: wanted.control,
    partition: partitionOf(hub.region),
    source: 'table',
    at: state?.observedAt ?? 0,
    history: await stepsOf(table, reported.resource, wanted.control),
    ...(ack === undefined ? {} : { ack: { by: ack.by, at: ack.at, ...(ack.note && { note: ack.note }) } }),
    ...(finding?.before === undefined ? {} : { before: finding.before }),
    ...(finding?.closedBecause === undefined ? {} : { closedBecause: finding.closedBecause }),
  };
}

/** What is not in order anywhere, and, where none of it is meant, resources of exactly this name. */
async function candidates(
  wanted: Exclude<Wanted, { id: string }>,
  hub: Hub,
  table: Table,
  baselineFile: string | undefined,
): Promise<readonly (ResourceState | undefined)[]> {
  const { control, name } = wanted;
  const accounts = await watchedAccounts(hub, baselineFile);
  const scopes = accounts.flatMap((account) => scopesOf(hub).map((region) => ({ account, region })));
  const [findings, found] = [ownId(hub, 'FindingsTable'), [] as ResourceState[]];
  for (const { account, region } of scopes) {
    const read = await itemsInScope(hub.session, findings, `${account}#${region}`, { most: MOST_FINDINGS });
    found.push(...(needed(read, TABLE_GONE) as unknown as ResourceState[]));
  }
  const named = kindsOf(control).flatMap((kind) =>
    name !== undefined && isId(kind, name) ? scopes.map((scope) => ({ ...scope, kind, id: name })) : [],
  );
  const held = new Set(found.map(({ pk }) => pk));
  const others = named.filter((resource) => !held.has(keyOf(resource)));
  return [...found, ...(await Promise.all(others.map((resource) => readState(table, resource))))];
}

/** A finding of the table as reports have it. */
function reportedIn(state: ResourceState, { id: control }: AnyControl): Reported[] {
  const finding = Object.hasOwn(state.findings, control) ? state.findings[control] : undefined;
  return finding === undefined ? [] : [reportedOf(state, control, finding)];
}

/** Each step of one finding, the oldest first. */
export async function stepsOf(table: Table, resource: Resource, { id }: Pick<AnyControl, 'id'>): Promise<Step[]> {
  const items = await table.query(keyOf(resource), { prefix: 'history#' });
  return items.filter(({ control }) => control === id).map(stepOf);
}

function stepOf(item: Item): Step {
  const { at, from, to, finding } = item as unknown as { at: number; from: State; to: State; finding: Finding };
  const { cause, closedBecause, shows } = finding;
  return {
    at,
    from,
    to,
    ...(cause === undefined ? {} : { cause }),
    ...(closedBecause === undefined || to !== 'closed' ? {} : { closedBecause }),
    ...(shows === undefined ? {} : { shows }),
  };
}
