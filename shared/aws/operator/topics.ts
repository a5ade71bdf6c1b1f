import { paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import { clientConfig } from '../own/calling.ts';
import { snsTopic } from '../own/topic.ts';
import type { Read } from '../read.ts';
import type { Topic } from '../world.ts';
import { asked, type OperatorSession } from './session.ts';

export interface Subscription {
  protocol: string;
  endpoint: string;
  /** Whoever gets it has agreed; queues need not. */
  isConfirmed: boolean;
}

const isGone = ({ name }: Error) => name.startsWith('NotFound');

export function subscriptionsOf(session: OperatorSession, topic: string): Promise<Read<readonly Subscription[]>> {
  const client = new SNSClient(clientConfig(session.calling()));
  return asked(
    'sns:ListSubscriptionsByTopic',
    async () => {
      const all: Subscription[] = [];
      for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic({ client }, { TopicArn: topic })) {
        for (const { Protocol = '', Endpoint = '', SubscriptionArn = '' } of Subscriptions) {
          all.push({ protocol: Protocol, endpoint: Endpoint, isConfirmed: SubscriptionArn.split(':').length > 5 });
        }
      }
      return all;
    },
    isGone,
  );
}

export function publish(
  session: OperatorSession,
  topic: string,
  notice: Parameters<Topic['publish']>[0],
): Promise<Read<true>> {
  const to = snsTopic(topic, session.calling());
  return asked('sns:Publish', () => to.publish(notice).then(() => true as const), isGone);
}
