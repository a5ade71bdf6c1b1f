import type { Item, Table } from '../aws/world.ts';
import { type Clock, DAY, SECOND } from '../runtime/clock.ts';
import type { Notice } from './notice.ts';

/** A message of ours in Slack: the channel's id and the message's time stamp, which is its name there. */
export interface Message {
  channel: string;
  ts: string;
}

/** After a week a cluster's next notice begins a new thread: nobody scrolls back further. */
const THREAD_LIFE = 7 * DAY;
/** As long as the sent marks of the announcer: later than that nothing is delivered again. */
const MARK_LIFE = 30 * DAY;

/** What we remember of our posts: threads by channel and cluster, the last message of each resource, and what was posted. */
export function slackThreads(table: Table, now: Clock) {
  const ttl = (life: number) => Math.floor((now() + life) / SECOND);
  const alive = async (pk: string, sk: string) => ifAlive(await table.get(pk, sk), now());
  return {
    root: async (thread: string) => messageOf(await alive(thread, 'root')),

    /** The message that told of this resource before, if what is resolved now is all that it told. */
    async toldOf(thread: string, notice: Notice): Promise<Message | undefined> {
      const item = await alive(thread, postOf(notice));
      const resolved = new Set(notice.news.map(({ control }) => control));
      const controls: unknown[] = Array.isArray(item?.controls) ? item.controls : [];
      const covers = controls.length > 0 && controls.every((control) => resolved.has(String(control)));
      return covers && Number(item?.version) < notice.version ? messageOf(item) : undefined;
    },

    /** The first message of a thread is its root. A lost race leaves two threads, never a lost message. */
    async remember(thread: string, notices: readonly Notice[], message: Message, isRoot: boolean): Promise<void> {
      const [only] = notices;
      if (isRoot) await table.put({ ...message, pk: thread, sk: 'root', ttl: ttl(THREAD_LIFE) });
      if (notices.length !== 1 || only === undefined) return;
      const told = { controls: only.news.map(({ control }) => control), version: only.version };
      await table.put({ ...message, ...told, pk: thread, sk: postOf(only), ttl: ttl(MARK_LIFE) });
    },

    async forget(thread: string, notice: Notice): Promise<void> {
      await table.remove(thread, postOf(notice));
    },

    async wasPosted(channel: string, notice: Notice): Promise<boolean> {
      return (await table.get(notice.key, markOf(channel, notice))) !== undefined;
    },

    async markPosted(channel: string, notices: readonly Notice[]): Promise<void> {
      for (const notice of notices) {
        await table.put({ pk: notice.key, sk: markOf(channel, notice), ttl: ttl(MARK_LIFE) });
      }
    },
  };
}

export type SlackThreads = ReturnType<typeof slackThreads>;

/** DynamoDB removes what is past its time some days later. */
function ifAlive(item: Item | undefined, now: number): Item | undefined {
  return typeof item?.ttl === 'number' && item.ttl * SECOND > now ? item : undefined;
}

function messageOf(item: Item | undefined): Message | undefined {
  return typeof item?.channel === 'string' && typeof item.ts === 'string'
    ? { channel: item.channel, ts: item.ts }
    : undefined;
}

function postOf({ key }: Notice): string {
  return `post#${key}`;
}

function markOf(channel: string, { id }: Notice): string {
  return `posted#${channel}#${id}`;
}

/** The thread of a cluster in a channel; undefined for what belongs to none or to several. */
export function threadOf(channel: string, { resource, clusters }: Notice): string | undefined {
  const [cluster] = clusters;
  if (cluster === undefined || clusters.length > 1) return undefined;
  return `thread#${channel}#${resource.account}#${resource.region}#${cluster}`;
}
