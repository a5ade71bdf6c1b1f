import { callerOf } from '../../aws/operator/callers.ts';
import { operatorTable } from '../../aws/operator/own-table.ts';
import { needed } from '../../aws/operator/session.ts';
import type { Table } from '../../aws/world.ts';
import { didYouMean } from '../../baseline/suggest.ts';
import { CATALOGUE } from '../../controls/catalogue.ts';
import { knownOf } from '../../findings/known.ts';
import { heldBackBy, holds, type Mute, muteOf, mutesSince } from '../../notices/mutes.ts';
import { utc } from '../../notices/time.ts';
import { DAY } from '../../runtime/clock.ts';
import { UserMistake } from '../../runtime/errors.ts';
import { type Hub, hubOf, ownId } from '../hub.ts';
import type { Output } from '../output.ts';
import { counted, plain, safeJson } from '../terminal.ts';
import { scopesOf, watchedAccounts } from '../watched.ts';
import type { MuteOptions } from './command.ts';
import { mutesText } from './tell.ts';

/** A mute of a day may have ended, and been lifted, within the last one. */
const LOOK_BACK = DAY;

interface Place {
  hub: Hub;
  table: Table;
  account: string;
  by: string;
}

async function placeOf(options: MuteOptions): Promise<Place> {
  const hub = await hubOf(options);
  const table = operatorTable(hub.session, ownId(hub, 'FindingsTable'));
  const { account, arn } = needed(await callerOf(hub.session), '');
  return { hub, table, account, by: arn };
}

/** Writes a mute; returns what to tell. */
export async function mute(name: string, options: MuteOptions): Promise<string> {
  const { for: time, reason = '', evenCritical } = options;
  if (time === undefined) throw new UserMistake('For how long? Say it with --for, such as --for 4h (24h at most).');
  if (reason.trim() === '') throw new UserMistake('Why? Say it with --reason "…": it stands in the digest.');
  if (reason.length > 500) throw new UserMistake('The reason is too long: 500 characters at most.');
  const place = await placeOf(options);
  const what = await whatIs(name, place, options);
  const since = Date.now();
  const asked = { what, name, reason: reason.trim(), by: place.by, since, until: since + time };
  const item = muteOf(place.account, { ...asked, ...(evenCritical ? { evenCritical: true as const } : {}) });
  await place.table.put(item, { pk: undefined });
  return [
    `${what === 'control' ? 'The control' : 'The cluster'} ${plain(name)} is muted until ${utc(item.until)}.`,
    evenCritical
      ? 'Nothing of it is told, critical findings included.'
      : 'Critical findings are told all the same (--even-critical silences them too).',
    'Findings are still judged, stored and, where that is allowed, fixed. It holds within half a minute.',
    `What it holds back: npx eks-warden mute --list. End it: npx eks-warden mute ${plain(name)} --lift`,
  ].join('\n');
}

/** Ends the mutes of a name that are in force; returns what to tell. */
export async function lift(name: string, options: MuteOptions): Promise<string> {
  const { table, account, by } = await placeOf(options);
  const now = Date.now();
  const all = (await mutesSince(table, account, now)).filter((each) => holds(each, now));
  const mine = all.filter((each) => each.name === name);
  if (mine.length === 0) {
    const names = [...new Set(all.map((each) => each.name))];
    throw new UserMistake(
      `${JSON.stringify(name)} is not muted.${didYouMean(name, names)} All: npx eks-warden mute --list`,
    );
  }
  let held = 0;
  for (const each of mine) {
    held += (await heldBackBy(table, account, each)).length;
    await table.put({ ...each, lifted: { by, at: now } }, { until: each.until });
  }
  return `${plain(name)} is told again, within half a minute. ${counted(held, 'change')} ${held === 1 ? 'was' : 'were'} held back: ${held === 1 ? 'it stands' : 'they stand'} in the table and in the digest.`;
}

/** Mutes of the last day and what each held back. */
export async function listed(options: MuteOptions, output: Output): Promise<string> {
  const { table, account } = await placeOf(options);
  const now = Date.now();
  const mutes = await mutesSince(table, account, now - LOOK_BACK);
  const lines = await Promise.all(
    mutes.map(async (each) => ({ mute: each, held: (await heldBackBy(table, account, each)).length })),
  );
  if (options.format !== 'json') return mutesText(lines, now, output);
  return safeJson(
    lines.map(({ mute: each, held }) => ({ ...shown(each), inForce: holds(each, now), held })),
    2,
  );
}

function shown({ what, name, reason, by, since, until, evenCritical, lifted }: Mute) {
  return { what, name, reason, by, since, until, evenCritical: evenCritical === true, ...(lifted ? { lifted } : {}) };
}

/** A control of the catalogue, else a cluster that was ever looked at: a name that is neither would silence nothing. */
async function whatIs(name: string, { hub, table }: Place, { baseline }: MuteOptions): Promise<Mute['what']> {
  const controls = CATALOGUE.map(({ id }) => id);
  if (controls.includes(name)) return 'control';
  const accounts = await watchedAccounts(hub, baseline);
  const regions = scopesOf(hub).filter((region) => region !== 'global');
  const clusters = await Promise.all(
    accounts.flatMap((account) => regions.map((region) => knownOf(table, account, region, 'cluster'))),
  );
  const names = [...new Set(clusters.flat().map(({ id }) => id))];
  if (names.includes(name)) return 'cluster';
  throw new UserMistake(
    `${JSON.stringify(name)} is no control, and no cluster that is watched.${didYouMean(name, [...controls, ...names])}`,
  );
}
