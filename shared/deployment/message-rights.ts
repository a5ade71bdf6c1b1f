import type { Rights } from './rights.ts';

const QUEUE = ['{name}-*'];
const BUS = ['event-bus/{name}*'];
const TOPIC = ['{name}-*'];

/** For what passes messages on: rules and their buses, topics, queues, schedules. */
export const MESSAGE_RIGHTS: Readonly<Record<string, readonly Rights[]>> = {
  'AWS::Events::EventBus': [
    {
      service: 'events',
      actions: [
        ...['CreateEventBus', 'DeleteEventBus', 'DescribeEventBus', 'ListTagsForResource', 'PutPermission'],
        ...['RemovePermission', 'TagResource', 'UntagResource', 'UpdateEventBus'],
      ],
      on: BUS,
    },
  ],
  'AWS::Events::Rule': [
    {
      service: 'events',
      actions: [
        ...['DeleteRule', 'DescribeRule', 'DisableRule', 'EnableRule', 'ListTagsForResource', 'ListTargetsByRule'],
        ...['PutRule', 'PutTargets', 'RemoveTargets', 'TagResource', 'UntagResource'],
      ],
      on: ['rule/{name}*'],
      everywhere: true,
    },
  ],
  'AWS::SNS::Subscription': [
    {
      service: 'sns',
      actions: [
        ...['GetSubscriptionAttributes', 'ListSubscriptionsByTopic', 'SetSubscriptionAttributes', 'Subscribe'],
        'Unsubscribe',
      ],
      on: TOPIC,
    },
  ],
  'AWS::SNS::Topic': [
    {
      service: 'sns',
      actions: [
        ...['CreateTopic', 'DeleteTopic', 'GetDataProtectionPolicy', 'GetTopicAttributes', 'ListSubscriptionsByTopic'],
        ...['ListTagsForResource', 'SetTopicAttributes', 'TagResource', 'UntagResource'],
      ],
      on: TOPIC,
    },
  ],
  'AWS::SNS::TopicPolicy': [{ service: 'sns', actions: ['GetTopicAttributes', 'SetTopicAttributes'], on: TOPIC }],
  'AWS::SQS::Queue': [
    {
      service: 'sqs',
      actions: [
        ...['CreateQueue', 'DeleteQueue', 'GetQueueAttributes', 'GetQueueUrl', 'ListQueueTags', 'SetQueueAttributes'],
        ...['TagQueue', 'UntagQueue'],
      ],
      on: QUEUE,
      everywhere: true,
    },
  ],
  'AWS::SQS::QueuePolicy': [
    { service: 'sqs', actions: ['GetQueueAttributes', 'SetQueueAttributes'], on: QUEUE, everywhere: true },
  ],
  'AWS::Scheduler::Schedule': [
    {
      service: 'scheduler',
      actions: ['CreateSchedule', 'DeleteSchedule', 'GetSchedule', 'UpdateSchedule'],
      on: ['schedule/*/{name}-*'],
    },
  ],
};
