import { arnOfThe, BOUNDARY, fileOf, given, ROLE_PATH, ref, sub, type Template, whereGiven } from './cloudformation.ts';
import type { EventRule } from './patterns.ts';
import { pascal } from './site.ts';

/** What CloudFormation takes of a template that is passed by value. */
export const MOST_BYTES = 51_200;
/**
 * Below the role path: where the roles of all collectors stand, in every account. The hub's bus takes events from
 * roles on this path only; their names CloudFormation makes up, so that collectors of two hubs can stand side by side.
 */
export const COLLECTOR_PATH = 'eks-warden-collector/';

const FORTNIGHT = 1_209_600;
/**
 * What delivers the events of one account and region to the hub's bus: plain CloudFormation that knows neither, so that one
 * StackSet puts it into all of them. Its rules are those of the hub itself.
 */
export function collectorTemplate(rules: readonly EventRule[]): Template {
  const named = rules.map((rule) => ({ ...rule, logicalId: `${pascal(rule.name)}Rule` }));
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'eks-warden: delivers what changed in this account and region to the bus of the hub.',
    Parameters: {
      HubBus: {
        Type: 'String',
        Description: 'ARN of the EventsBus of the hub.',
        AllowedPattern: '^arn:[a-z-]+:events:[a-z0-9-]+:[0-9]{12}:event-bus/[A-Za-z0-9._/-]{1,256}$',
      },
      ...ROLE_PATH,
      ...BOUNDARY,
      KmsKey: {
        Type: 'String',
        Default: '',
        AllowedPattern: '^(|arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]{1,128})$',
        Description:
          'ARN of a key of this region for events that were not delivered; its policy must let EventBridge use it.',
      },
      AlarmTopic: {
        Type: 'String',
        Default: '',
        AllowedPattern: '^(|arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256})$',
        Description: 'ARN of a topic of this region that hears of events that were not delivered.',
      },
    },
    Conditions: { ...given('PermissionsBoundary'), ...given('KmsKey'), ...given('AlarmTopic') },
    Resources: {
      ...Object.fromEntries(named.map(({ logicalId, pattern }) => [logicalId, ruleOf(pattern)])),
      DeliveryRole: deliveryRole(),
      UndeliveredEvents: undeliveredEvents(),
      UndeliveredEventsPolicy: undeliveredPolicy(named.map(({ logicalId }) => logicalId)),
      UndeliveredEventsAlarm: undeliveredAlarm(),
    },
  };
}

/** The same as a file. */
export function collectorFile(rules: readonly EventRule[]): string {
  return fileOf(
    collectorTemplate(rules),
    'One stack in each account and region that is watched, and always in the IAM region of the partition.',
  );
}

function ruleOf(pattern: EventRule['pattern']) {
  const target = {
    Id: 'hub',
    Arn: ref('HubBus'),
    RoleArn: arnOfThe('DeliveryRole'),
    DeadLetterConfig: { Arn: arnOfThe('UndeliveredEvents') },
  };
  return { Type: 'AWS::Events::Rule', Properties: { State: 'ENABLED', EventPattern: pattern, Targets: [target] } };
}

/** Only EventBridge, for rules of this account and region, may become it; it can do nothing but put events onto the one bus. */
function deliveryRole() {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      Path: sub(`\${RolePath}${COLLECTOR_PATH}`),
      PermissionsBoundary: whereGiven('PermissionsBoundary', ref('PermissionsBoundary')),
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sts:AssumeRole',
            Condition: {
              StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') },
              ArnLike: {
                'aws:SourceArn': sub(`arn:\${AWS::Partition}:events:\${AWS::Region}:\${AWS::AccountId}:rule/*`),
              },
            },
          },
        ],
      },
      Policies: [
        {
          PolicyName: 'deliver',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Sid: 'DeliverToHub', Effect: 'Allow', Action: 'events:PutEvents', Resource: ref('HubBus') }],
          },
        },
      ],
    },
  };
}

function undeliveredEvents() {
  return {
    Type: 'AWS::SQS::Queue',
    Metadata: {
      checkov: { skip: [{ id: 'CKV_AWS_27', comment: 'Encrypted by SQS itself, or with the key that is given.' }] },
    },
    Properties: {
      MessageRetentionPeriod: FORTNIGHT,
      SqsManagedSseEnabled: { 'Fn::If': ['HasKmsKey', false, true] },
      KmsMasterKeyId: whereGiven('KmsKey', ref('KmsKey')),
    },
  };
}

function undeliveredPolicy(ruleIds: readonly string[]) {
  const queue = arnOfThe('UndeliveredEvents');
  return {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: [ref('UndeliveredEvents')],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'FromOurRules',
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: queue,
            Condition: { ArnEquals: { 'aws:SourceArn': ruleIds.map(arnOfThe) } },
          },
          {
            Sid: 'OnlyOverTls',
            Effect: 'Deny',
            Principal: '*',
            Action: 'sqs:*',
            Resource: queue,
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      },
    },
  };
}

function undeliveredAlarm() {
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmDescription:
        'Events did not reach the hub and wait in the queue UndeliveredEvents of this stack. What to do: docs/many-accounts.md, "Events that were not delivered".',
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['UndeliveredEvents', 'QueueName'] } }],
      Statistic: 'Maximum',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: whereGiven('AlarmTopic', [ref('AlarmTopic')]),
    },
  };
}
