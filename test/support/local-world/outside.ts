import type { DynamoDBRecord } from 'aws-lambda';
import { type OwnCloud, startOwnCloud } from '../cloud/own/own-cloud.ts';
import { type SlackReceiver, slackReceiver } from '../cloud/own/slack-receiver.ts';
import { type Core, deskOf } from './core.ts';
import { arnOf, environmentOf, KILL_SWITCH, TABLE } from './environment.ts';
import type { Environment } from './handlers.ts';
import type { LocalWorldOptions } from './options.ts';
import { type Delivery, topic } from './topic.ts';

/** What the functions reach over the wire. */
export interface Outside {
  cloud: OwnCloud;
  slack: SlackReceiver;
  environment: Environment;
  /** What e-mail and chat got. */
  deliveries: Delivery[];
  stop(): Promise<void>;
}

/** Starts our own side of AWS and Slack's stand-in; the kill switch lets fixes run, and the secret leads to that stand-in. */
export async function startOutside(
  core: Core,
  { audited, environment: more = {}, slack: way = 'webhook' }: LocalWorldOptions,
  onRecord: (record: DynamoDBRecord) => void,
): Promise<Outside> {
  const { account, region, clock, queues, bindings, emit, put } = core;
  const { now } = clock;
  const deliveries: Delivery[] = [];
  const slack = await slackReceiver(now, (post) => emit({ step: 'slack', post }));
  const publish = topic({
    arn: arnOf(core, 'sns', 'notices'),
    subscriptions: bindings.subscriptions,
    send: (queue, body) => queues[queue].send({ body }),
    deliveries,
    now,
    emit,
  });
  const cloud = await startOwnCloud({
    now,
    account,
    region,
    table: TABLE,
    queues: deskOf(queues),
    publish,
    audited: typeof audited === 'function' ? audited({ now, put }) : audited,
    onRecord,
    onCall: (call) => emit({ step: 'call', call }),
  });
  const environment = environmentOf({ account, region, url: cloud.url }, more);
  const { SLACK_SECRET = '' } = environment;
  cloud.parameters.set(KILL_SWITCH, 'on');
  cloud.secrets.set(SLACK_SECRET, way === 'token' ? slack.tokenSecret : slack.webhookSecret);
  const stop = async () => {
    await Promise.all([cloud.stop(), slack.stop()]);
  };
  return { cloud, slack, environment, deliveries, stop };
}
