import type { Clock } from '../runtime/clock.ts';
import { type Answer, type PostOptions, postJson } from './post-json.ts';
import { slackMessage } from './slack.ts';
import { type Posted, postedOf } from './slack-answer.ts';
import type { Parcel } from './slack-parcels.ts';
import type { SlackAccess } from './slack-secret.ts';
import type { SlackThreads } from './slack-threads.ts';

export type Post = (url: URL, body: unknown, options?: PostOptions) => Promise<Answer>;
type Send = (parcel: Parcel) => Promise<Posted>;
type Call = (method: keyof typeof SLACK_SCOPES, body: object) => Promise<Posted>;

/** The methods of Slack's Web API that we call, and the scope that each takes: docs/slack.md asks for these and no others. */
export const SLACK_SCOPES = { 'chat.postMessage': 'chat:write', 'chat.update': 'chat:write' } as const;

/** Slack's words for a thread whose first message somebody deleted. */
const THREAD_GONE = ['thread_not_found', 'message_not_found'];

/** How one message is sent: to a webhook, or by the Web API into the thread of its cluster. */
export function slackSender(now: Clock, access: SlackAccess, threads: SlackThreads, post: Post = postJson): Send {
  if ('webhook' in access) {
    return async ({ notices }) => postedOf(await post(access.webhook, slackMessage(notices)), false, now());
  }
  const { token, api } = access;
  const base = api.href.endsWith('/') ? api.href : `${api.href}/`;
  const headers = { authorization: `Bearer ${token}` };
  const call: Call = async (method, body) =>
    postedOf(await post(new URL(method, base), body, { headers }), true, now());
  return async (parcel) => (await update(parcel, threads, call)) ?? (await add(parcel, threads, call));
}

/** What is resolved replaces the message that told of just that. Undefined: there is none, or Slack no longer lets us. */
async function update({ thread, notices }: Parcel, threads: SlackThreads, call: Call): Promise<Posted | undefined> {
  const [only] = notices;
  if (thread === undefined || notices.length > 1 || only.state !== 'closed') return undefined;
  const told = await threads.toldOf(thread, only);
  if (told === undefined) return undefined;
  const posted = await call('chat.update', { ...slackMessage(notices), channel: told.channel, ts: told.ts });
  if (posted.outcome === 'later') return posted;
  await threads.forget(thread, only);
  return posted.outcome === 'posted' ? posted : undefined;
}

async function add({ channel, thread, notices }: Parcel, threads: SlackThreads, call: Call): Promise<Posted> {
  const message = { ...slackMessage(notices), channel };
  let root = thread === undefined ? undefined : await threads.root(thread);
  const urgent = notices.some(({ state, severity }) => state === 'open' && /^(critical|high)$/.test(severity));
  const place = root === undefined ? {} : { thread_ts: root.ts, reply_broadcast: urgent };
  let posted = await call('chat.postMessage', { ...message, ...place });
  if (root !== undefined && posted.outcome === 'failed' && THREAD_GONE.includes(posted.code ?? '')) {
    root = undefined;
    posted = await call('chat.postMessage', message);
  }
  if (posted.outcome === 'posted' && thread !== undefined && posted.ts !== undefined) {
    await threads.remember(thread, notices, { channel: posted.channel ?? channel, ts: posted.ts }, root === undefined);
  }
  return posted;
}
