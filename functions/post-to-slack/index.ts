import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { sqsHider } from '../../shared/aws/own/queue.ts';
import { managedSecret } from '../../shared/aws/own/secret.ts';
import { dynamoTable } from '../../shared/aws/own/table.ts';
import { worldOf } from '../../shared/aws/world-of.ts';
import { slackPoster } from '../../shared/notices/slack-post.ts';
import { chain } from '../../shared/runtime/chain.ts';
import { invocation } from '../../shared/runtime/invocation.ts';
import { settings } from '../../shared/runtime/settings.ts';
import { timeFor } from '../../shared/runtime/time-for.ts';

const wiring = settings(['FINDINGS_TABLE', 'SLACK_QUEUE', 'SLACK_SECRET', 'AWS_REGION']);
const our = invocation('post-to-slack');
const calling = { region: wiring.AWS_REGION };
const table = dynamoTable(wiring.FINDINGS_TABLE, calling);
const world = worldOf(our, { table, secret: managedSecret(calling, () => Date.now()) });
const { post } = slackPoster(world, {
  secret: wiring.SLACK_SECRET,
  endpoint: process.env.AWS_ENDPOINT_URL,
  hide: sqsHider(wiring.SLACK_QUEUE, calling),
});

/** Queue → Slack: one post for a batch. What Slack did not take stays in the queue. */
export const handler = middy<SQSEvent, SQSBatchResponse>()
  .use(chain('post-to-slack', our))
  .handler(({ Records }, context) => post(Records ?? [], timeFor(context)));
