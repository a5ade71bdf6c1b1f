import type { Topic } from '../aws/world.ts';
import { chatNotification } from './chat.ts';
import { emailSubject, emailText } from './email.ts';
import { clip, forEmail, visible } from './escape.ts';
import { shortened } from './news.ts';
import type { Notice } from './notice.ts';
import { headline } from './wording.ts';

type Published = Parameters<Topic['publish']>[0];

/** SNS takes 256 KiB of message, attributes and subject together. */
const LARGEST = 256 * 1024 - 4096;
/** How far texts and findings are cut until the message fits; the last one always does. */
const CUTS = [
  { text: 300, most: 40 },
  { text: 100, most: 12 },
  { text: 60, most: 2 },
];

/**
 * The notice as SNS takes it, with a text for each protocol. Subscriptions filter by the attributes; there are ten at
 * most, because raw delivery drops a message that has more.
 */
export function published(
  notice: Notice,
): Published & { message: Record<'default' | 'email' | 'https' | 'sqs' | 'lambda', string> } {
  const fitting = [notice, ...CUTS.map(({ text, most }) => shortened(notice, text, most))];
  const messages = fitting.map((one) => () => messageOf(one));
  const message = messages.reduce<ReturnType<typeof messageOf> | undefined>(
    (found, next) => (found !== undefined && sizeOf(found) <= LARGEST ? found : next()),
    undefined,
  );
  return {
    subject: emailSubject(headline(notice)),
    message: message ?? messageOf(notice),
    attributes: attributesOf(notice),
  };
}

function messageOf(notice: Notice) {
  const json = JSON.stringify(notice);
  return {
    default: forEmail(headline(notice), 1000),
    email: emailText(notice),
    https: JSON.stringify(chatNotification(notice)),
    sqs: json,
    lambda: json,
  };
}

function sizeOf(message: object): number {
  return Buffer.byteLength(JSON.stringify(message));
}

/** `people` is who reads it outside Slack: `email`, `chat`, `both` or `none`. */
function attributesOf({
  severity,
  state,
  resource,
  clusters,
  news,
  mode,
  to,
  unlisted,
}: Notice): Record<string, string> {
  const [control] = news;
  const people = to.email ? (to.chat ? 'both' : 'email') : to.chat ? 'chat' : 'none';
  return {
    severity,
    state,
    account: word(resource.account),
    region: word(resource.region),
    cluster: clusters.length > 1 ? 'several' : word(clusters[0]),
    control: news.length > 1 || unlisted !== undefined ? 'several' : word(control?.control),
    mode,
    people,
    slack: to.slack.length > 0 ? 'yes' : 'no',
    fix: news.some(({ fixWanted }) => fixWanted) ? 'wanted' : 'no',
  };
}

/** SNS refuses an empty attribute. */
function word(text: string | undefined): string {
  return clip(visible(text ?? ''), 256).trim() || 'none';
}
