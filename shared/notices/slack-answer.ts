import { HOUR, SECOND } from '../runtime/clock.ts';
import type { Answer } from './post-json.ts';

/** What became of one post. `channel` and `ts` name the message, where Slack tells. */
export type Posted =
  | { outcome: 'posted'; channel?: string; ts?: string }
  | { outcome: 'later'; why: string; seconds?: number }
  | { outcome: 'failed'; why: string; code?: string };

/** Words of Slack's that we may repeat; anything else in an answer is not ours to show. */
const PASSING = [
  'ratelimited',
  'rate_limited',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
];
const LASTING = [
  'account_inactive',
  'action_prohibited',
  'cant_update_message',
  'channel_is_archived',
  'channel_not_found',
  'edit_window_closed',
  'invalid_auth',
  'invalid_blocks',
  'invalid_payload',
  'invalid_token',
  'is_archived',
  'message_not_found',
  'missing_scope',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_service',
  'no_service_id',
  'no_team',
  'no_text',
  'not_authed',
  'not_in_channel',
  'posting_to_general_channel_denied',
  'restricted_action',
  'team_disabled',
  'thread_not_found',
  'token_expired',
  'token_revoked',
];
const WHEN_SLACK_DOES_NOT_SAY = 30;

/** `api`: Slack's Web API, which says in the body whether a 200 is one; else an incoming webhook. */
export function postedOf(answer: Answer, api: boolean, now: number): Posted {
  if ('failed' in answer) return unanswered(answer);
  const { status, body, retryAfter } = answer;
  const code = codeOf(body, api);
  const why = `Slack answered ${status}${code === undefined ? '' : ` (${code})`}.`;
  if (status === 429 || code === 'ratelimited' || code === 'rate_limited') {
    return { outcome: 'later', why, seconds: seconds(retryAfter, now) };
  }
  if (status >= 500 || status === 408 || (code !== undefined && PASSING.includes(code)))
    return { outcome: 'later', why };
  const refused: Posted = { outcome: 'failed', why, ...(code === undefined ? {} : { code }) };
  if (status < 200 || status > 299) return refused;
  return api ? apiAnswer(body, refused) : { outcome: 'posted' };
}

function unanswered(answer: Extract<Answer, { failed: string }>): Posted {
  switch (answer.failed) {
    case 'refused':
      return { outcome: 'failed', why: 'The name of the Slack host led to an address inside a network.' };
    case 'too long':
      return { outcome: 'failed', why: 'The answer was longer than 64 KB: this is not Slack.' };
    case 'timeout':
      return { outcome: 'later', why: 'Slack did not answer in time.' };
    case 'network':
      return { outcome: 'later', why: `Slack could not be reached (${answer.code ?? 'network'}).` };
  }
}

function apiAnswer(body: string, refused: Posted): Posted {
  const { ok, channel, ts } = jsonOf(body);
  if (ok !== true) return refused;
  return {
    outcome: 'posted',
    ...(typeof channel === 'string' ? { channel } : {}),
    ...(typeof ts === 'string' ? { ts } : {}),
  };
}

function codeOf(body: string, api: boolean): string | undefined {
  const said = api ? jsonOf(body).error : body.trim();
  return [...PASSING, ...LASTING].find((code) => code === said);
}

function jsonOf(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** Retry-After in seconds or as a date; at least one second, at most an hour. */
function seconds(retryAfter: string | undefined, now: number): number {
  const text = retryAfter?.trim() ?? '';
  const wanted = /^\d+$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - now) / SECOND);
  return Math.min(Math.max(Number.isNaN(wanted) ? WHEN_SLACK_DOES_NOT_SAY : wanted, 1), HOUR / SECOND);
}
