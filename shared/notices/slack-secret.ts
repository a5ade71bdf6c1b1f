import { z } from 'zod';
import { SettingError } from '../runtime/errors.ts';
import { jsonOf } from '../runtime/json-of.ts';
import { guarded } from './webhook.ts';

/** Where Slack's Web API is, unless the secret names GovSlack's or a stand-in's. */
const API: Readonly<Record<string, string>> = { 'aws-us-gov': 'https://slack-gov.com/api/' };
const COMMERCIAL_API = 'https://slack.com/api/';

const schema = z.union([
  z.strictObject({ webhook: z.string() }),
  z.strictObject({ token: z.string().regex(/^[\x21-\x7e]+$/), channel: z.string().min(1), api: z.string().optional() }),
]);

const SHAPES = 'It must be {"webhook": "https://…"} or {"token": "xoxb-…", "channel": "…"}.';

/** Which mistake it most likely is; names fields that we know, and never a value. */
function mistakeIn(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'The Slack secret is no JSON object.';
  const has = (name: string) => Object.hasOwn(value, name);
  if (has('webhook') && has('token')) return 'The Slack secret holds both a webhook and a token.';
  if (has('token') && !has('channel')) return 'The Slack secret has a token and no channel.';
  if (has('channel') && !has('token')) return 'The Slack secret has a channel and no token.';
  if (!has('webhook') && !has('token')) return 'The Slack secret has neither a webhook nor a token.';
  return 'The Slack secret has a field that is unknown, empty or no text.';
}

/** How to reach Slack. With a webhook there are no threads and no channels: it returns no message id. */
export type SlackAccess = { webhook: URL } | { token: string; channel: string; api: URL };

/** The secret's JSON, its addresses guarded. Errors say what is wrong and never hold any of it. */
export function slackAccess(secret: string, arn: string, endpoint: string | undefined): SlackAccess {
  const value = jsonOf(secret);
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new SettingError(`${mistakeIn(value)} ${SHAPES}`);
  const partition = arn.split(':')[1] ?? 'aws';
  const text = 'webhook' in parsed.data ? parsed.data.webhook : (parsed.data.api ?? API[partition] ?? COMMERCIAL_API);
  const found = guarded(text, { partition, endpoint });
  if ('refused' in found) throw new SettingError(`The address in the Slack secret is refused: ${found.refused}.`);
  if ('webhook' in parsed.data) return { webhook: found.url };
  const { token, channel } = parsed.data;
  return { token, channel, api: found.url };
}
