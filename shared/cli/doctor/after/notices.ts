import { lookup } from 'node:dns/promises';
import { secretOf } from '../../../aws/operator/secrets.ts';
import { subscriptionsOf } from '../../../aws/operator/topics.ts';
import { postJson } from '../../../notices/post-json.ts';
import { postedOf } from '../../../notices/slack-answer.ts';
import { type SlackAccess, slackAccess } from '../../../notices/slack-secret.ts';
import { isPublic } from '../../../notices/webhook.ts';
import { SettingError } from '../../../runtime/errors.ts';
import { idOf } from '../../hub.ts';
import { type Check, checkOf, fine, unknown, wrong } from '../check.ts';
import type { Examine, Examined } from './examined.ts';

const DEPLOY = 'Deploy again: npm run deploy';
const CONFIRM = 'Open the mail "AWS Notification - Subscription Confirmation" and confirm.';

/** Whether people are told: the topic's subscriptions, and Slack. */
export const notices: Examine = async (examined) => {
  const [subscribed, slack] = await Promise.all([subscriptionChecks(examined), slackChecks(examined)]);
  return [...subscribed, ...slack];
};

async function subscriptionChecks({ hub }: Examined): Promise<readonly Check[]> {
  const named = { id: 'subscriptions', title: 'Subscriptions' };
  const topic = idOf(hub, 'NoticesTopic');
  if (topic === undefined) return [wrong(named, 'the stack has no topic for notices.', DEPLOY)];
  const read = await subscriptionsOf(hub.session, topic);
  if (read.outcome !== 'found')
    return [checkOf(named, read, () => wrong(named, 'the topic was deleted: nobody is told.', DEPLOY))];
  const pending = read.value.filter(({ isConfirmed }) => !isConfirmed);
  const mail = hub.deployment?.email;
  const isMissing = mail !== undefined && !read.value.some(({ endpoint }) => endpoint === mail);
  return [
    ...pending.map(({ protocol, endpoint }) => {
      const mine = { id: `subscription ${endpoint}`, title: `${protocol} to ${endpoint}` };
      return wrong(mine, 'the subscription was never confirmed, so nothing arrives.', CONFIRM);
    }),
    ...(isMissing ? [wrong(named, `${mail} of deploy.yml is not subscribed.`, DEPLOY)] : []),
    ...(pending.length > 0 || isMissing ? [] : [fine(named, 'all are confirmed.')]),
  ];
}

async function slackChecks({ hub, now }: Examined): Promise<readonly Check[]> {
  const named = { id: 'slack', title: 'Slack' };
  if (idOf(hub, 'SlackQueue') === undefined) return [];
  const arn = hub.deployment?.slackSecret;
  if (arn === undefined)
    return [unknown(named, 'deploy.yml, which names its secret, is not here.', 'Run this where deploy.yml is.')];
  const read = await secretOf(hub.session, arn);
  if (read.outcome !== 'found')
    return [
      checkOf(named, read, () =>
        wrong(named, 'its secret does not exist.', `Make it, or name another: slackSecret in deploy.yml.`),
      ),
    ];
  try {
    const access = slackAccess(read.value, arn, process.env.AWS_ENDPOINT_URL);
    return [await ('webhook' in access ? webhookCheck(access.webhook) : tokenCheck(access, now))];
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    return [wrong(named, error.message, 'Put the right value into the secret; it is taken within five minutes.')];
  }
}

/** Slack says whose the token is, and posts nothing. */
async function tokenCheck({ token, api }: Extract<SlackAccess, { token: string }>, now: number): Promise<Check> {
  const named = { id: 'slack', title: 'Slack' };
  const base = api.href.endsWith('/') ? api.href : `${api.href}/`;
  const headers = { authorization: `Bearer ${token}` };
  const answer = postedOf(await postJson(new URL('auth.test', base), {}, { headers }), true, now);
  if (answer.outcome === 'posted') return fine(named, 'it takes the token.');
  return answer.outcome === 'later'
    ? unknown(named, answer.why, 'Look again in a minute.')
    : wrong(named, answer.why, 'Put a token that works into the secret; it is taken within five minutes.');
}

/** A webhook cannot be asked without posting: its address is all that is looked at. */
async function webhookCheck(webhook: URL): Promise<Check> {
  const named = { id: 'slack', title: 'Slack' };
  const untried = 'whether it still takes posts only a post shows: npx eks-warden notify --test';
  if (webhook.protocol === 'http:') return fine(named, `the webhook is a stand-in on this machine; ${untried}`);
  try {
    const addresses = await lookup(webhook.hostname, { all: true });
    if (!addresses.every(({ address }) => isPublic(address))) {
      return wrong(named, 'the name of its host leads into a network.', 'Ask who runs the name servers.');
    }
    return fine(named, `the webhook is one of Slack's; ${untried}`);
  } catch {
    return unknown(
      named,
      'the name of its host cannot be resolved from here.',
      'Look from elsewhere, or npx eks-warden notify --test',
    );
  }
}
