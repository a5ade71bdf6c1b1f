import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { callerOf } from '../../aws/operator/callers.ts';
import { itemsOf } from '../../aws/operator/findings-index.ts';
import { needed } from '../../aws/operator/session.ts';
import { publish, subscriptionsOf } from '../../aws/operator/topics.ts';
import type { Notice } from '../../notices/notice.ts';
import { published } from '../../notices/sns.ts';
import { testNotice } from '../../notices/test-notice.ts';
import { SECOND } from '../../runtime/clock.ts';
import { UserMistake } from '../../runtime/errors.ts';
import { baselineFor } from '../baseline-file.ts';
import { type Check, exitOf } from '../doctor/check.ts';
import { checksText } from '../doctor/tell.ts';
import { type Hub, hubOf, idOf, ownId } from '../hub.ts';
import type { Output } from '../output.ts';
import { safeJson } from '../terminal.ts';
import type { NotifyOptions } from './command.ts';
import { mailChecks, otherChecks, slackCheck } from './routes-told.ts';

const TOPIC_GONE = 'The topic of notices is gone: deploy again (npm run deploy).';

/** Publishes one test notice and tells what to expect of each route; returns the exit code. */
export async function sendTest(options: NotifyOptions, output: Output): Promise<number> {
  const { routes } = baselineFor(options.baseline, Date.now());
  if (routes.length === 0)
    throw new UserMistake('The baseline has no routes: nobody is ever told. Add some to baseline.yml.');
  const hub = await hubOf(options);
  const topic = ownId(hub, 'NoticesTopic');
  const { account, arn } = needed(await callerOf(hub.session), '');
  const id = randomBytes(16).toString('hex');
  const notice = testNotice({ account, region: hub.region, id, by: arn, now: Date.now() }, routes);
  const subscriptions = await subscriptionsOf(hub.session, topic);
  needed(await publish(hub.session, topic, published(notice)), TOPIC_GONE);
  if (options.format !== 'json') output.out(`Test notice ${id} was sent. It is about no finding.\n`);

  const checks = [
    ...mailChecks(notice, subscriptions),
    ...(await slackChecks(hub, notice, options.wait)),
    ...otherChecks(notice, subscriptions),
  ];
  if (options.format === 'json') output.out(safeJson({ notice: id, checks }, 2));
  else output.out(checksText(checks, output));
  return exitOf(checks);
}

/** post-to-slack marks what Slack took: that mark is waited for. */
async function slackChecks(hub: Hub, notice: Notice, seconds: number): Promise<Check[]> {
  if (notice.to.slack.length === 0) return [];
  if (idOf(hub, 'SlackQueue') === undefined) return [slackCheck('not set up', seconds)];
  const end = Date.now() + seconds * SECOND;
  for (;;) {
    const read = await itemsOf(hub.session, ownId(hub, 'FindingsTable'), notice.key, { prefix: 'posted#' });
    if (read.outcome !== 'found') return [slackCheck(read, seconds)];
    const channels = read.value.flatMap(({ sk }) => channelIn(sk, notice) ?? []);
    const all = channels.includes('') || channels.length >= notice.to.slack.length;
    if (all && channels.length > 0) return [slackCheck(channels, seconds)];
    if (Date.now() + SECOND > end) return [slackCheck('not posted', seconds)];
    await wait(SECOND);
  }
}

/** The channel that a mark is of: empty for a webhook's own. */
function channelIn(mark: string, { id }: Notice): string | undefined {
  const [start, end] = ['posted#', `#${id}`];
  return mark.startsWith(start) && mark.endsWith(end) ? mark.slice(start.length, -end.length) : undefined;
}
