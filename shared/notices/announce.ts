import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { World } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { AnyControl } from '../controls/define-control.ts';
import type { Transition } from '../findings/finding.ts';
import { keyOf } from '../resources/resource.ts';
import { DAY, SECOND } from '../runtime/clock.ts';
import { always, type TimeFor } from '../runtime/time-for.ts';
import { type Addressed, noticeOf } from './compose.ts';
import { clip, visible } from './escape.ts';
import { keepHeldBack, type Mute, muteFor, mutesInForce } from './mutes.ts';
import { wantsFix } from './news.ts';
import type { Notice } from './notice.ts';
import { routesFor } from './routes.ts';
import { toldOnce } from './told-once.ts';
import { statesOf, transitions } from './transitions.ts';

export interface AnnouncerOptions {
  /** The group that a control belongs to: its folder. */
  groupOf(control: AnyControl): string;
  /** Where the controls' pages are: a folder, or a base address that the deployment sets. */
  pages?: string | undefined;
  /** The account that it stands in: where its mutes are kept. Without it none is heeded. */
  ownAccount?: string | undefined;
}

const HISTORY_LIFE = 400 * DAY;

/** Stream → SNS: what changed is told at least once, a repeat under the same id. */
export function announcer(world: World, baseline: Baseline, options: AnnouncerOptions) {
  const { log, metrics } = world;
  const { ownAccount } = options;
  const mutes = ownAccount === undefined ? async () => [] : mutesInForce(world, ownAccount);
  return {
    /**
     * Stops at the first record that fails, so that the stream comes back to just there. If that is the first of
     * several, the whole batch fails: only then does Lambda halve it, and in the end give up that one record and no
     * neighbour of it.
     */
    async announce(records: readonly DynamoDBRecord[], enough: TimeFor = always): Promise<DynamoDBBatchResponse> {
      for (const [index, record] of records.entries()) {
        if (!enough()) return from(record);
        metrics.count('received');
        try {
          await keepHistory(record, world);
          const told = await unmuted(toldIn(record, baseline, options), mutes, world, ownAccount);
          const notice = noticeOfAll(told, options);
          metrics.count(notice === undefined ? 'ignored' : await tell(notice, world));
        } catch (error) {
          metrics.count('failed');
          log.error('A change could not be announced; the stream repeats it.', { why: whyOf(error) });
          if (index === 0 && records.length > 1)
            throw new Error('The first change of a batch failed.', { cause: error });
          return from(record);
        }
      }
      return { batchItemFailures: [] };
    },
  };
}

function from({ dynamodb }: DynamoDBRecord): DynamoDBBatchResponse {
  return { batchItemFailures: [{ itemIdentifier: dynamodb?.SequenceNumber ?? '' }] };
}

/** Every step of every finding, beside its resource, whether or not anybody is told. A repeat writes the same items again. */
async function keepHistory(record: DynamoDBRecord, { now, table }: World): Promise<void> {
  const states = statesOf(record);
  if (states === undefined) return;
  const ttl = Math.floor((now() + HISTORY_LIFE) / SECOND);
  await Promise.all(
    transitions(states.before, states.after).map(({ resource, control, from = 'closed', to, version, finding }) => {
      const sk = `history#${String(version).padStart(10, '0')}#${control}#${to}`;
      return table.put({ pk: keyOf(resource), sk, control, from, to, at: finding.since, finding, ttl });
    }),
  );
}

/** The notice that a stream record makes; undefined where nobody is to hear of it at once and no fix is wanted. Pure. */
export function noticeFor(record: DynamoDBRecord, baseline: Baseline, options: AnnouncerOptions): Notice | undefined {
  return noticeOfAll(toldIn(record, baseline, options), options);
}

function noticeOfAll([head, ...rest]: readonly Addressed[], { pages }: AnnouncerOptions): Notice | undefined {
  return head === undefined ? undefined : noticeOf([head, ...rest], pages);
}

function toldIn(record: DynamoDBRecord, baseline: Baseline, options: AnnouncerOptions): Addressed[] {
  const states = statesOf(record);
  if (states === undefined || states.after?.quiet === states.after?.version) return [];
  const steps = transitions(states.before, states.after);
  return steps.flatMap((step) => addressed(step, baseline, options) ?? []);
}

/** What a mute covers is told to nobody and kept as held back; a fix that it asks for is asked for all the same. */
async function unmuted(
  all: readonly Addressed[],
  mutes: () => Promise<readonly Mute[]>,
  world: World,
  ownAccount = '',
): Promise<Addressed[]> {
  if (!all.some(({ now }) => now.length > 0)) return [...all];
  const inForce = await mutes();
  const told: Addressed[] = [];
  for (const one of all) {
    const mute = one.now.length > 0 ? muteFor(one.transition, inForce, world.now()) : undefined;
    if (mute === undefined) told.push(one);
    else {
      await keepHeldBack(world, ownAccount, mute, one.transition);
      if (wantsFix(one.transition, one.rule)) told.push({ ...one, now: [] });
    }
  }
  return told;
}

function addressed(transition: Transition, baseline: Baseline, { groupOf }: AnnouncerOptions): Addressed | undefined {
  const { resource, clusters, tags, control } = transition;
  const rule = baseline.rules(resource.kind, { resource, clusters, tags }).find((one) => one.control.id === control);
  if (rule === undefined) return undefined;
  const { now } = routesFor(transition, rule, groupOf(rule.control), baseline.routes);
  return now.length > 0 || wantsFix(transition, rule) ? { transition, rule, now } : undefined;
}

async function tell(notice: Notice, world: World): Promise<'notified' | 'ignored'> {
  const { log, metrics, now } = world;
  if (!(await toldOnce(world, notice))) return 'ignored';
  if (notice.cause !== undefined) metrics.duration('eventToNotice', now() - notice.cause.time);
  log.info('A notice was sent.', {
    notice: notice.id,
    resource: visible(clip(notice.key, 300)),
    state: notice.state,
    eventId: visible(clip(notice.cause?.eventId ?? '', 64)) || undefined,
  });
  return 'notified';
}

function whyOf(error: unknown): string {
  return error instanceof Error ? visible(clip(`${error.name}: ${error.message}`, 300)) : 'unknown';
}
