import { createHash } from 'node:crypto';
import type { Item, Table, World } from '../aws/world.ts';
import type { Transition } from '../findings/finding.ts';
import { keyOf } from '../resources/resource.ts';
import { DAY, HOUR, SECOND } from '../runtime/clock.ts';
import { clip, visible } from './escape.ts';

/** A mute is for a night, not for good: what is accepted for longer is a waiver. */
export const MOST_MUTED = 24 * HOUR;
/** As long as history is kept: who silenced what is asked months later. */
const AUDIT_LIFE = 400 * DAY;
/** How old the announcer's knowledge of mutes may be (ms). */
const FRESH = 30 * SECOND;
/** Mutes of one day that are read; beyond them the older ones are not heeded, and people are told. */
const MOST_READ = 100;

/** What somebody silenced: a control everywhere, or all that concerns clusters of a name. Only notices: findings are judged and stored. */
export interface Asked {
  what: 'control' | 'cluster';
  name: string;
  reason: string;
  /** The ARN of who asked for it, as AWS has it. */
  by: string;
  since: number;
  until: number;
  /** Critical findings are told all the same, unless it says so. */
  evenCritical?: true;
}

/** The same as it is kept. */
export interface Mute extends Item, Asked {
  lifted?: { by: string; at: number };
  ttl: number;
}

/** One finding's change that a mute kept from being told. */
export interface HeldBack extends Item {
  /** The `sk` of the mute. */
  mute: string;
  control: string;
  resource: string;
  severity: string;
  to: string;
  at: number;
  ttl: number;
}

/** The partition of the mutes of one installation, by the account that it stands in. */
export function mutesKey(ownAccount: string): string {
  return `mutes#${ownAccount}`;
}

/** The item of a new mute; its key begins with its time, so that the newest are read first. Pure. */
export function muteOf(ownAccount: string, asked: Asked): Mute {
  const { what, name, since, until } = asked;
  return {
    ...asked,
    pk: mutesKey(ownAccount),
    sk: `mute#${new Date(since).toISOString()}#${what}#${name}`,
    ttl: Math.floor((until + AUDIT_LIFE) / SECOND),
  };
}

/** Whether it silences something now: its time is compared here, never left to a TTL. Pure. */
export function holds({ until, lifted }: Pick<Mute, 'until' | 'lifted'>, now: number): boolean {
  return lifted === undefined && now < until;
}

/** Those that were in force at some moment since then, the newest first: for the digest and for `mute --list`. */
export async function mutesSince(table: Table, ownAccount: string, since: number): Promise<Mute[]> {
  const read = await table.query(mutesKey(ownAccount), { prefix: 'mute#', newestFirst: true, most: MOST_READ });
  return (read as Mute[]).filter(({ until, lifted }) => Math.min(until, lifted?.at ?? until) > since);
}

/** What a mute held back, in no order. */
export async function heldBackBy(table: Table, ownAccount: string, mute: Pick<Mute, 'sk'>): Promise<HeldBack[]> {
  return (await table.query(mutesKey(ownAccount), { prefix: `held#${mute.sk}#` })) as HeldBack[];
}

/** The mute that keeps a step of a finding from being told now; undefined where people are told. Pure. */
export function muteFor(
  { control, clusters, finding }: Pick<Transition, 'control' | 'clusters' | 'finding'>,
  mutes: readonly Mute[],
  now: number,
): Mute | undefined {
  return mutes.find(
    (mute) =>
      holds(mute, now) &&
      (finding.severity !== 'critical' || mute.evenCritical === true) &&
      (mute.what === 'control' ? mute.name === control : clusters.includes(mute.name)),
  );
}

/** The mutes in force, read at most every half minute. Where they cannot be read there are none: better told twice than not at all. */
export function mutesInForce(world: Pick<World, 'table' | 'now' | 'log'>, ownAccount: string) {
  let known: { at: number; mutes: readonly Mute[] } | undefined;
  return async (): Promise<readonly Mute[]> => {
    const now = world.now();
    if (known !== undefined && now - known.at < FRESH) return known.mutes;
    try {
      known = { at: now, mutes: await mutesSince(world.table, ownAccount, now) };
      return known.mutes;
    } catch (error) {
      const why = error instanceof Error ? visible(clip(`${error.name}: ${error.message}`, 300)) : 'unknown';
      world.log.warn('Mutes could not be read: everything is told.', { why });
      return [];
    }
  };
}

/** Keeps what a mute held back. A repeat of the same change writes the same item again. */
export async function keepHeldBack(
  { table, now }: Pick<World, 'table' | 'now'>,
  ownAccount: string,
  { sk: mute }: Mute,
  { resource, control, version, to, finding }: Transition,
): Promise<void> {
  const key = keyOf(resource);
  const name = createHash('sha256').update(`${key}\n${version}\n${control}\n${to}`).digest('hex').slice(0, 24);
  const item: HeldBack = {
    pk: mutesKey(ownAccount),
    sk: `held#${mute}#${name}`,
    mute,
    control,
    resource: key,
    severity: finding.severity,
    to,
    at: now(),
    ttl: Math.floor((now() + AUDIT_LIFE) / SECOND),
  };
  await table.put(item);
}
