import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { type OperatorSession, operatorSession, unreadText } from '../../aws/operator/session.ts';
import { recordOf } from '../../aws/operator/trail-events.ts';
import { iamRegionOf, partitionOf } from '../../aws/partition.ts';
import { UserMistake } from '../../runtime/errors.ts';
import { deployText } from '../deploy-file.ts';
import { type Hub, hubOf } from '../hub.ts';
import type { Which } from '../hub-options.ts';
import { STDIN } from '../replay/inputs.ts';
import { readRecords } from '../replay/records.ts';
import { scopesOf } from '../watched.ts';

const EVENT_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** CloudTrail answers two a second. */
const PAUSE = 500;

export function isEventId(text: string): boolean {
  return EVENT_ID.test(text);
}

export function isEventFile(text: string): boolean {
  return text === STDIN || existsSync(text);
}

/** The one event that a file or standard input holds. */
export async function eventIn(file: string): Promise<unknown> {
  const records: unknown[] = [];
  const problems: string[] = [];
  await readRecords(file, (entry) => {
    if ('record' in entry) records.push(entry.record);
    else problems.push(entry.problem);
  });
  const [only] = records;
  if (records.length === 1) return only;
  const named = file === STDIN ? 'Standard input' : file;
  throw new UserMistake(
    records.length === 0
      ? `${named} holds no event: ${problems[0] ?? 'it is empty.'}`
      : `${named} holds ${records.length} events: name one, or see them all with npx eks-warden replay.`,
  );
}

/** The hub, where one is named or stands in a deploy.yml here. */
export async function hubIfNamed(which: Which): Promise<Hub | undefined> {
  const isNamed = which.stack !== undefined || which.hubRegion !== undefined || deployText() !== undefined;
  return isNamed ? hubOf(which) : undefined;
}

/** Looks an event up, region after region, in the 90 days that CloudTrail keeps. */
export async function eventNamed(
  id: string,
  which: Which & { region?: string },
  hub: Hub | undefined,
): Promise<unknown> {
  const regions = regionsFor(which.region, hub);
  const { profile, roleArn } = which;
  const [first = ''] = regions;
  const session: OperatorSession = hub?.session ?? operatorSession({ region: first, profile, roleArn });
  const unread: string[] = [];
  for (const [at, region] of regions.entries()) {
    if (at > 0) await setTimeout(PAUSE);
    const read = await recordOf(session, region, id);
    if (read.outcome === 'found' && read.value !== undefined) return JSON.parse(read.value);
    if (read.outcome !== 'found' && read.outcome !== 'gone') unread.push(`${region}: ${unreadText(read)}`);
  }
  throw new UserMistake(
    unread.length > 0
      ? `The event ${id} could not be looked up. ${unread.join(' ')}`
      : `CloudTrail has no event ${id} in ${regions.join(', ')}: it keeps 90 days, and only in the region of the call (--region).`,
  );
}

/** Where it may be: the region that was named, else all that are watched, with the one in which IAM's events occur. */
function regionsFor(named: string | undefined, hub: Hub | undefined): string[] {
  if (named !== undefined) return [named];
  const own = hub === undefined ? undefined : scopesOf(hub).filter((region) => region !== 'global');
  const fallback = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  const regions = own ?? (fallback === undefined ? [] : [fallback]);
  const [first] = regions;
  if (first === undefined) throw new UserMistake('Say in which region the call was made: --region.');
  return [...new Set([...regions, iamRegionOf(partitionOf(first))])];
}
