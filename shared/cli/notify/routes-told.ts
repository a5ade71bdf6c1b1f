import { unreadText } from '../../aws/operator/session.ts';
import type { Subscription } from '../../aws/operator/topics.ts';
import type { Read } from '../../aws/read.ts';
import type { Notice } from '../../notices/notice.ts';
import { type Check, checkOf, fine, unknown, wrong } from '../doctor/check.ts';

const CONFIRM =
  'Open the mail "AWS Notification - Subscription Confirmation" and confirm; npm run deploy sends it again.';

/** What to expect of each mailbox. */
export function mailChecks({ to }: Notice, read: Read<readonly Subscription[]>): Check[] {
  if (!to.email) return [];
  const named = { id: 'mail', title: 'E-mail' };
  if (read.outcome !== 'found')
    return [checkOf(named, read, () => wrong(named, 'the topic is gone.', 'Deploy again: npm run deploy'))];
  const mails = read.value.filter(({ protocol }) => protocol.startsWith('email'));
  if (mails.length === 0)
    return [wrong(named, 'nobody is subscribed.', 'Deploy again: npm run deploy subscribes the e-mail of deploy.yml.')];
  return mails.map(({ endpoint, isConfirmed }) => {
    const mine = { id: `mail ${endpoint}`, title: `E-mail to ${endpoint}` };
    return isConfirmed
      ? fine(mine, 'sent; look for "[eks-warden] TEST" within a minute, in the spam folder too.')
      : wrong(mine, 'the subscription was never confirmed, so nothing arrives.', CONFIRM);
  });
}

/** What became of the post: the channels that have it, or why there is none. */
export function slackCheck(
  what: 'not set up' | 'not posted' | readonly string[] | Exclude<Read<unknown>, { outcome: 'found' }>,
  seconds: number,
): Check {
  const named = { id: 'slack', title: 'Slack' };
  if (what === 'not set up')
    return fine(named, 'not set up: deploy.yml names no slackSecret, so nothing is sent there.');
  if (what === 'not posted') {
    const mend = 'Why: npx eks-warden doctor, and the log of post-to-slack; the notice is in its queue.';
    return wrong(named, `Slack has not taken it within ${seconds} s.`, mend);
  }
  if ('outcome' in what) {
    const why = what.outcome === 'gone' ? 'the findings table is gone' : unreadText(what);
    return unknown(named, `sent; whether Slack took it is not known. ${why}`, 'Look into the channel.');
  }
  const where = what.map((channel) => (channel === '' ? "the webhook's channel" : channel)).join(', ');
  return fine(named, `posted to ${where}.`);
}

/** Chat, and whatever else the customer has subscribed to the topic. */
export function otherChecks({ to }: Notice, read: Read<readonly Subscription[]>): Check[] {
  if (read.outcome !== 'found') return [];
  const others = read.value.filter(({ protocol }) => protocol === 'https' || protocol === 'lambda');
  const chat = { id: 'chat', title: 'Chat' };
  const missing =
    to.chat && !others.some(({ protocol }) => protocol === 'https')
      ? [
          wrong(
            chat,
            'the baseline routes to chat, and no https endpoint is subscribed to the topic.',
            'Subscribe Amazon Q Developer to the topic, or take chat out of the routes.',
          ),
        ]
      : [];
  return [
    ...missing,
    ...others.map(({ protocol, endpoint, isConfirmed }) => {
      const named = { id: `${protocol} ${endpoint}`, title: `${protocol} ${endpoint}` };
      return isConfirmed
        ? fine(named, 'sent, if its filter takes severity info.')
        : wrong(
            named,
            'the subscription was never confirmed, so nothing arrives.',
            'Confirm it where the endpoint is.',
          );
    }),
  ];
}
