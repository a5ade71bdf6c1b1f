import type { Item, Table } from '../aws/world.ts';
import { keyOf, type Resource, resourceOf } from '../resources/resource.ts';
import { DAY, SECOND } from '../runtime/clock.ts';
import type { Finding } from './finding.ts';

const LIFE = 400 * DAY;
const MOST_NOTE = 500;

/** That somebody has a finding. It stands beside its resource, so that no look comes in its way. */
export interface Ack extends Item {
  /** The ARN of who has it, as AWS has it. */
  by: string;
  at: number;
  note?: string;
  /** Since when the finding had been open: opened again, it is another matter. */
  since: number;
  ttl: number;
}

/** `account#region#kind#id#control`: a finding's id, as reports and commands have it. */
export function findingId(resource: Resource, control: string): string {
  return `${keyOf(resource)}#${control}`;
}

/** The inverse of `findingId`; an id of a resource may hold `#`, that of a control does not. */
export function findingOf(id: string): { resource: Resource; control: string } | undefined {
  const end = id.lastIndexOf('#');
  const resource = end < 0 ? undefined : resourceOf(id.slice(0, end));
  const control = id.slice(end + 1);
  return resource === undefined || !/^[a-z][a-z0-9-]+$/.test(control) ? undefined : { resource, control };
}

/** The item of an acknowledgement. Pure. */
export function ackOf(
  resource: Resource,
  control: string,
  { since }: Pick<Finding, 'since'>,
  { by, at, note = '' }: { by: string; at: number; note?: string | undefined },
): Ack {
  const said = note.trim().slice(0, MOST_NOTE);
  return {
    pk: keyOf(resource),
    sk: `ack#${control}`,
    by,
    at,
    since,
    ...(said === '' ? {} : { note: said }),
    ttl: Math.floor((at + LIFE) / SECOND),
  };
}

/** Who has the finding as it is now; undefined where nobody has, or it opened again since. */
export async function readAck(
  table: Pick<Table, 'get'>,
  resource: Resource,
  control: string,
  { since }: Pick<Finding, 'since'>,
): Promise<Ack | undefined> {
  const ack = (await table.get(keyOf(resource), `ack#${control}`)) as Ack | undefined;
  return ack?.since === since ? ack : undefined;
}
