import { createHash } from 'node:crypto';
import type { Item, World } from '../aws/world.ts';
import type { Waiver } from '../baseline/baseline.ts';
import type { Digest } from '../notices/digest-schema.ts';
import { DAY } from '../runtime/clock.ts';
import { MOST_NAMED } from './bounds.ts';

/** Days before its end on which a waiver is named, and after which one that covers nothing is. */
const EXPIRING = 14 * DAY;
const UNUSED = 30 * DAY;

/** For each waiver by the hash of its text: when a sweep first saw it in the baseline, and when it last covered something (ms). */
interface Uses extends Item {
  uses: Readonly<Record<string, readonly [seen: number, used: number]>>;
}

/** Remembers which waivers covered something, and tells which end soon or cover nothing. Those of another baseline are forgotten. */
export async function waiversTold(
  { table, now }: Pick<World, 'table' | 'now'>,
  pk: string,
  waivers: readonly Waiver[],
  used: ReadonlySet<Waiver>,
): Promise<Digest['waivers']> {
  const stored = (await table.get(pk, 'waivers')) as Uses | undefined;
  const at = now();
  const all = waivers.map((waiver) => {
    const [seen, last] = stored?.uses[nameOf(waiver)] ?? [at, 0];
    return { waiver, seen, last: used.has(waiver) ? at : last };
  });
  const uses = Object.fromEntries(all.map(({ waiver, seen, last }) => [nameOf(waiver), [seen, last]]));
  await table.put({ pk, sk: 'waivers', uses });
  const live = all.filter(({ waiver }) => at < endOf(waiver));
  const expiring = live
    .filter(({ waiver }) => endOf(waiver) - at <= EXPIRING)
    .sort((a, b) => byEnd(a.waiver, b.waiver));
  const unused = live.filter(({ seen, last }) => at - Math.max(seen, last) > UNUSED);
  const told = (some: typeof all) => some.slice(0, MOST_NAMED).map(({ waiver }) => lineOf(waiver));
  const rest = (some: typeof all) => Math.max(0, some.length - MOST_NAMED);
  return {
    ...{ expiring: told(expiring), moreExpiring: rest(expiring) },
    ...{ unused: told(unused), moreUnused: rest(unused) },
  };
}

/** It holds through its last day in UTC. */
function endOf({ until }: Waiver): number {
  return Date.parse(until) + DAY;
}

function byEnd(one: Waiver, other: Waiver): number {
  return endOf(one) - endOf(other);
}

function nameOf({ control, resource, until, requestedBy }: Waiver): string {
  return createHash('sha256')
    .update(JSON.stringify([control, resource, until, requestedBy]))
    .digest('hex')
    .slice(0, 16);
}

function lineOf({ control, resource, until, approvedBy }: Waiver): Digest['waivers']['expiring'][number] {
  return { control, resource, until, approvedBy };
}
