import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { World } from '../aws/world.ts';
import { PoisonMessage, SettingError } from '../runtime/errors.ts';
import { always, type TimeFor } from '../runtime/time-for.ts';
import { visible } from './escape.ts';
import { type Notice, noticeFrom } from './notice.ts';
import type { Posted } from './slack-answer.ts';
import { type Parcel, parcelsOf } from './slack-parcels.ts';
import { slackAccess } from './slack-secret.ts';
import { type Post, slackSender } from './slack-send.ts';
import { slackThreads } from './slack-threads.ts';

export interface SlackPosterOptions {
  /** The ARN of the secret with `{webhook}` or `{token, channel}`. */
  secret: string;
  /** The settings' own `AWS_ENDPOINT_URL`, for a stand-in of Slack on this machine. */
  endpoint?: string | undefined;
  /** Makes a message of the queue visible again only after so many seconds. */
  hide(receiptHandle: string, seconds: number): Promise<void>;
  post?: Post;
}

interface Delivery extends SlackPosterOptions {
  enough: TimeFor;
}

const NO_TIME: Posted = { outcome: 'later', why: 'Too little time was left to post it.' };

type Queued = Pick<SQSRecord, 'messageId' | 'receiptHandle' | 'body'>;
type Outcome = 'failed' | 'later' | 'posted' | 'ignored';
/** What a message came to when its channels fared differently: the first of these. */
const WORST: readonly Outcome[] = ['failed', 'later', 'posted', 'ignored'];

/** A message with what became of it in each channel; in none yet, or already there, is `ignored`. */
interface Entry {
  record: Queued;
  notice: Notice;
  outcomes: Outcome[];
}

/** Queue → Slack: one post for a batch and channel (and thread, with a token). What Slack did not take stays in the queue. */
export function slackPoster(world: World, options: SlackPosterOptions) {
  const { log, metrics } = world;
  return {
    /** What there is no time for any more stays in the queue as it is. */
    async post(records: readonly Queued[], enough: TimeFor = always): Promise<SQSBatchResponse> {
      metrics.count('received', records.length);
      const entries = records.flatMap((record) => entryOf(record, log) ?? []);
      if (entries.length > 0) await deliver(entries, world, { ...options, enough });

      const ends = new Map(entries.map(({ record, outcomes }): [Queued, Outcome] => [record, worst(outcomes)]));
      const all = records.map((record) => ({ record, outcome: ends.get(record) ?? 'failed' }));
      for (const { outcome } of all) metrics.count(outcome);
      const kept = all.filter(({ outcome }) => outcome === 'failed' || outcome === 'later');
      return { batchItemFailures: kept.map(({ record }) => ({ itemIdentifier: record.messageId })) };
    },
  };
}

function worst(outcomes: readonly Outcome[]): Outcome {
  return WORST.find((outcome) => outcomes.includes(outcome)) ?? 'ignored';
}

/** Undefined: none of ours. It fails alone, and its neighbours are posted. */
function entryOf(record: Queued, log: World['log']): Entry | undefined {
  try {
    return { record, notice: noticeFrom(record.body), outcomes: [] };
  } catch (error) {
    if (!(error instanceof PoisonMessage)) throw error;
    log.error('A message is no notice of ours.', { messageId: visible(record.messageId), why: error.message });
    return undefined;
  }
}

/** A secret that cannot be used fails every message with its reason; one that cannot be read is thrown, and tried again. */
async function deliver(entries: readonly Entry[], world: World, options: Delivery): Promise<void> {
  const { secret, endpoint } = options;
  const text = await world.secret(secret);
  try {
    await postAll(entries, world, options, slackAccess(text, secret, endpoint));
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    world.log.error('Slack cannot be reached as its secret says.', { notices: entries.length, why: error.message });
    for (const { outcomes } of entries) outcomes.push('failed');
  }
}

/** Once Slack asks for time, what is left of the batch waits too: its limit is per webhook or token. */
async function postAll(
  entries: readonly Entry[],
  world: World,
  options: Delivery,
  access: ReturnType<typeof slackAccess>,
): Promise<void> {
  const threads = slackThreads(world.table, world.now);
  const send = slackSender(world.now, access, threads, options.post);
  const byNotice = Map.groupBy(entries, ({ notice }) => notice.id);
  const notices = [...byNotice.values()].flatMap(([one]) => one?.notice ?? []);
  let limited: Posted | undefined;
  for (const parcel of await parcelsOf(notices, access, threads)) {
    const posted: Posted = limited ?? (options.enough() ? await send(parcel) : NO_TIME);
    if (posted.outcome === 'later' && posted.seconds !== undefined) limited = posted;
    if (posted.outcome === 'posted') await threads.markPosted(parcel.channel, parcel.notices);
    const concerned = parcel.notices.flatMap(({ id }) => byNotice.get(id) ?? []);
    await settle(concerned, parcel, posted, world.log, options);
  }
}

async function settle(
  entries: readonly Entry[],
  { channel, notices }: Parcel,
  posted: Posted,
  log: World['log'],
  { hide }: SlackPosterOptions,
): Promise<void> {
  for (const { outcomes } of entries) outcomes.push(posted.outcome);
  if (posted.outcome === 'posted') return;
  const fields = { channel: visible(channel), notices: notices.length, firstNotice: notices[0].id, why: posted.why };
  if (posted.outcome === 'failed') return log.error('Slack did not take a post.', fields);
  log.warn('Slack takes a post later.', fields);
  const { seconds } = posted;
  if (seconds !== undefined) await Promise.all(entries.map(({ record }) => hide(record.receiptHandle, seconds)));
}
