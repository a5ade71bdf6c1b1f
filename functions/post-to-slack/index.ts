import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { lambdaWorld } from '../../shared/aws/lambda-world.ts';
import { sqsHider } from '../../shared/aws/own/queue.ts';
import { slackPoster } from '../../shared/notices/slack-post.ts';
import { chain } from '../../shared/runtime/chain.ts';
import { invocation } from '../../shared/runtime/invocation.ts';
import { settings } from '../../shared/runtime/settings.ts';

const wiring = settings(['FINDINGS_TABLE', 'SLACK_QUEUE', 'SLACK_SECRET', 'AWS_REGION']);
const our = invocation('post-to-slack');
const { post } = slackPoster(lambdaWorld(wiring, our), {
  secret: wiring.SLACK_SECRET,
  endpoint: process.env['AWS_ENDPOINT_URL'],
  hide: sqsHider(wiring.SLACK_QUEUE, { region: wiring.AWS_REGION }),
});

/** Queue → Slack: one post for a batch. What Slack did not take stays in the queue. */
export const handler = middy<SQSEvent, SQSBatchResponse>()
  .use(chain('post-to-slack', our))
  .handler(({ Records }) => post(Records ?? []));
