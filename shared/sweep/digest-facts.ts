import type { Table } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { Digest, DigestListed, DigestOne } from '../notices/digest-schema.ts';
import { heldBackBy, mutesSince } from '../notices/mutes.ts';
import { kindOf } from '../resources/kinds.ts';
import { keyOf } from '../resources/resource.ts';
import { DAY } from '../runtime/clock.ts';
import { MOST_NAMED } from './bounds.ts';
import type { Gathered, Listed } from './gather.ts';
import { type Named, worstOf } from './named.ts';
import { clustersTold, controlsTold, type Posture, totalsOf } from './posture.ts';
import type { SweepRow } from './rows.ts';

export interface Facts {
  row: SweepRow;
  /** The last sweep of everything, and how clusters stood then. */
  before: SweepRow | undefined;
  posture: Posture | undefined;
  gathered: Gathered;
  /** What ended with its resource, and which no look of this sweep saw. */
  vanished: Listed;
  waivers: Digest['waivers'];
  muted: Digest['muted'];
  /** The address of the report. */
  report: string;
}

/** What a digest tells, from what the sweep counted and what the table holds. Pure. */
export function digestOf(facts: Facts, baseline: Pick<Baseline, 'controls'>): Digest {
  const { row, before, posture, gathered, vanished, waivers, muted, report } = facts;
  const { tally } = row;
  const titles = new Map(baseline.controls.map(({ id, title }) => [id, title]));
  const listed = ({ count, worst }: Listed, unknownWho = false): DigestListed => ({
    count,
    worst: worst.map((one) => toldOne(one, titles, unknownWho)),
  });
  const { opened } = gathered;
  return {
    run: row.run,
    ...(before === undefined ? {} : { since: before.ended, before: totalsOf(before.tally.controls) }),
    scopes: row.scopes,
    resources: tally.resources,
    totals: totalsOf(tally.controls),
    ...controlsTold(tally.controls, before?.tally.controls, baseline),
    ...clustersTold(gathered.clusters, posture),
    missed: listed({ count: tally.missed, worst: tally.missedOnes }, true),
    opened: { ...listed(opened), heldBack: opened.heldBack },
    resolved: listed({
      count: tally.resolved + vanished.count,
      worst: worstOf([...tally.resolvedOnes, ...vanished.worst]),
    }),
    unknown: { ...listed(gathered.unknown), missing: missingIn(tally.missing) },
    held: listed(gathered.held),
    waivers,
    muted,
    incomplete: row.incomplete.slice(0, MOST_NAMED),
    notEnabled: (row.notEnabled ?? []).slice(0, MOST_NAMED),
    report,
  };
}

/** The mutes in force since the last digest, each with how much it kept from being told. */
export async function mutedSince(table: Table, ownAccount: string, row: SweepRow, before?: SweepRow) {
  const since = before?.ended ?? row.started - DAY;
  const mutes = await mutesSince(table, ownAccount, since);
  return Promise.all(
    mutes.slice(0, MOST_NAMED).map(async (mute) => {
      const { what, name, by, until, lifted, reason } = mute;
      const heldBack = (await heldBackBy(table, ownAccount, mute)).length;
      return { what, name, by, until: lifted?.at ?? until, reason, heldBack };
    }),
  );
}

function toldOne(
  { resource, control, severity, text, by }: Named,
  titles: ReadonlyMap<string, string>,
  unknownWho: boolean,
): DigestOne {
  const { id: name, account, region } = resource;
  const called = kindOf(resource.kind).called;
  const who = by === undefined ? NOBODY : `${by.who}, ${by.event}, ${new Date(by.time).toISOString().slice(0, 16)} UTC`;
  const title = titles.get(control) ?? control;
  const one = { key: keyOf(resource), called, name, account, region, control, title, severity, text };
  return unknownWho ? { ...one, by: who } : one;
}

const NOBODY = 'unknown (outside the event path)';

function missingIn(missing: Readonly<Record<string, number>>): Digest['unknown']['missing'] {
  return Object.entries(missing)
    .sort(([, one], [, other]) => other - one)
    .slice(0, MOST_NAMED)
    .map(([permission, findings]) => ({ permission, findings }));
}
