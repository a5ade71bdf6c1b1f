import { arnOfThe, ref } from '../../derive/cloudformation.ts';
import type { StackSettings } from './settings.ts';
import { onlyOverTls, type Resources } from './template-parts.ts';

/** Who may publish beside our functions' roles, and the queues that hear of notices. */
export function noticeResources({ deployment, baseline }: StackSettings): Resources {
  return {
    NoticesTopicPolicy: topicPolicy(),
    ...(deployment.slackSecret ? { SlackSubscription: subscription('Slack', { slack: ['yes'] }) } : {}),
    ...(baseline.fixed.length > 0 ? { FixesSubscription: subscription('Fixes', { fix: ['wanted'] }) } : {}),
  };
}

function topicPolicy() {
  return {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [ref('NoticesTopic')],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'FromOurAlarms',
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: 'sns:Publish',
            Resource: ref('NoticesTopic'),
            Condition: {
              StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') },
              ArnLike: {
                'aws:SourceArn': {
                  'Fn::Sub': `arn:\${AWS::Partition}:cloudwatch:\${AWS::Region}:\${AWS::AccountId}:alarm:*`,
                },
              },
            },
          },
          onlyOverTls('sns:Publish', ref('NoticesTopic')),
        ],
      },
    },
  };
}

/** Only what is meant for it, as it was published; what the queue does not take is set aside. */
function subscription(name: 'Slack' | 'Fixes', FilterPolicy: Readonly<Record<string, readonly string[]>>) {
  return {
    Type: 'AWS::SNS::Subscription',
    DependsOn: [`${name}QueuePolicy`],
    Properties: {
      TopicArn: ref('NoticesTopic'),
      Protocol: 'sqs',
      Endpoint: arnOfThe(`${name}Queue`),
      RawMessageDelivery: true,
      FilterPolicy,
      RedrivePolicy: { deadLetterTargetArn: arnOfThe(`${name}DeadLetters`) },
    },
  };
}
