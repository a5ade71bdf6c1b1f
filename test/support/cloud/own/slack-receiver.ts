import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../../../shared/runtime/clock.ts';
import { localServer } from './server.ts';
import type { Reply } from './wire.ts';

/** One request that Slack's stand-in got. */
export interface SlackPost {
  at: number;
  way: 'webhook' | 'chat.postMessage' | 'chat.update';
  token: string | undefined;
  body: Readonly<Record<string, unknown>>;
  /** Of the answer; 0 where there was none. */
  status: number;
}

/** What Slack is to answer next; `ok` once the script is at its end. */
export type SlackScript =
  | 'ok'
  | 'no_service'
  | 'unwell'
  | 'drop'
  | 'hang'
  | { retryAfter: number }
  | { status: number; body: string }
  /** An error of the Web API, which comes as 200. */
  | { error: string };

export interface SlackReceiver {
  url: string;
  /** What the secret holds, for one way and the other. */
  webhookSecret: string;
  tokenSecret: string;
  posts: SlackPost[];
  /** The answers to the next posts, one after the other. */
  next(...script: SlackScript[]): void;
  stop(): Promise<void>;
}

const PATHS: Readonly<Record<string, SlackPost['way']>> = {
  '/services/T000/B000/example': 'webhook',
  '/api/chat.postMessage': 'chat.postMessage',
  '/api/chat.update': 'chat.update',
};

/** A stand-in for Slack on this machine. It records every post, whatever it answers. */
export async function slackReceiver(now: Clock, onPost?: (post: SlackPost) => void): Promise<SlackReceiver> {
  const script: SlackScript[] = [];
  const posts: SlackPost[] = [];
  const server = await localServer(now, async (request, text) => {
    const way = PATHS[request.url ?? ''];
    if (way === undefined || request.method !== 'POST') return plain(404, 'no_team');
    const body = JSON.parse(text) as Record<string, unknown>;
    const post: SlackPost = { at: now(), way, token: tokenOf(request), body, status: 0 };
    posts.push(post);
    const reply = replyTo(script.shift() ?? 'ok', post, posts.length);
    if (typeof reply === 'object') post.status = reply.status;
    onPost?.(post);
    return reply;
  });
  return {
    url: server.url,
    webhookSecret: JSON.stringify({ webhook: `${server.url}/services/T000/B000/example` }),
    tokenSecret: JSON.stringify({ token: 'xoxb-example', channel: 'C000', api: `${server.url}/api/` }),
    posts,
    next: (...more) => {
      script.push(...more);
    },
    stop: server.stop,
  };
}

function replyTo(script: SlackScript, { way, body, at }: SlackPost, number: number): Reply {
  if (script === 'drop' || script === 'hang') return script;
  if (script === 'unwell')
    return plain(500, way === 'webhook' ? 'internal_error' : '{"ok":false,"error":"internal_error"}');
  if (script === 'no_service') return plain(404, script);
  if (script === 'ok') {
    const ts = `${Math.floor(at / 1000)}.${String(number).padStart(6, '0')}`;
    return way === 'webhook' ? plain(200, 'ok') : json({ ok: true, channel: body.channel, ts });
  }
  if ('error' in script) return json({ ok: false, error: script.error });
  if ('status' in script) return plain(script.status, script.body);
  return { ...plain(429, 'rate_limited'), headers: { 'retry-after': String(script.retryAfter) } };
}

function tokenOf({ headers }: IncomingMessage): string | undefined {
  return /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
}

function plain(status: number, body: string): Reply & object {
  return { status, headers: { 'content-type': 'text/plain' }, body };
}

function json(value: object): Reply {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
