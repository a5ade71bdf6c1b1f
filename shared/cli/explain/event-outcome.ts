import { operatorTable } from '../../aws/operator/own-table.ts';
import type { Table } from '../../aws/world.ts';
import { findingId } from '../../findings/acks.ts';
import type { Finding } from '../../findings/finding.ts';
import { usesOf } from '../../findings/links.ts';
import { keyOf, type Resource } from '../../resources/resource.ts';
import { type Hub, ownId } from '../hub.ts';
import type { ExplainedEvent, Outcome } from './event.ts';

/** Most resources that are asked about: what an event touched, and what uses that. */
const MOST_RESOURCES = 100;

/** The steps of findings that name this event as their cause, on what it touched and on what uses that. */
export async function outcomeOf(hub: Hub, { eventId, rechecks, sightings }: ExplainedEvent): Promise<Outcome[]> {
  const table = operatorTable(hub.session, ownId(hub, 'FindingsTable'));
  const touched = [...rechecks, ...sightings].flatMap(({ kind, id, account, region }) =>
    id === null ? [] : [{ kind, id, account, region }],
  );
  const near = await Promise.all(touched.map((resource) => usesOf(table, resource)));
  const all = new Map([...touched, ...near.flat().map(({ by }) => by)].map((each) => [keyOf(each), each] as const));
  const outcomes = await Promise.all(
    [...all.values()].slice(0, MOST_RESOURCES).map((each) => stepsBy(eventId, table, each)),
  );
  return outcomes.flat().sort((a, b) => a.at - b.at || (a.finding < b.finding ? -1 : 1));
}

async function stepsBy(eventId: string, table: Table, resource: Resource): Promise<Outcome[]> {
  const items = await table.query(keyOf(resource), { prefix: 'history#' });
  return items.flatMap((item) => {
    const { control, from, to, at, finding } = item as unknown as Omit<Outcome, 'finding'> & {
      control: string;
      finding: Finding;
    };
    return finding.cause?.eventId === eventId ? [{ finding: findingId(resource, control), from, to, at }] : [];
  });
}
