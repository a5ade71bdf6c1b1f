import { MESSAGE_RIGHTS } from './message-rights.ts';
import type { Rights } from './rights.ts';

const BUCKET = ['{name}-*'];
const FUNCTION = ['function:{name}-*'];
/** On their own path below the role path stand the roles of collectors. */
const ROLE = ['role{path}{name}-*', 'role{path}eks-warden-collector/{name}-*'];

/**
 * By the type that a template names: a type without its rights fails a test, and so do rights without a type. The actions are those
 * that CloudFormation's own handlers call with the deployer's credentials.
 */
export const RIGHTS: Readonly<Record<string, readonly Rights[]>> = {
  ...MESSAGE_RIGHTS,
  'AWS::CloudWatch::Alarm': [
    {
      service: 'cloudwatch',
      actions: [
        'DeleteAlarms',
        'DescribeAlarms',
        'ListTagsForResource',
        'PutMetricAlarm',
        'TagResource',
        'UntagResource',
      ],
      on: ['alarm:{name}-*'],
      everywhere: true,
    },
  ],
  'AWS::DynamoDB::Table': [
    {
      service: 'dynamodb',
      actions: [
        ...['CreateTable', 'DeleteTable', 'DescribeContinuousBackups', 'DescribeContributorInsights', 'DescribeTable'],
        ...['DescribeKinesisStreamingDestination', 'DescribeTimeToLive', 'GetResourcePolicy', 'ListTagsOfResource'],
        ...['TagResource', 'UntagResource', 'UpdateContinuousBackups', 'UpdateTable', 'UpdateTimeToLive'],
      ],
      on: ['table/{name}-*'],
    },
  ],
  'AWS::IAM::Policy': [{ service: 'iam', actions: ['DeleteRolePolicy', 'GetRolePolicy', 'PutRolePolicy'], on: ROLE }],
  'AWS::IAM::Role': [
    {
      service: 'iam',
      actions: [
        ...['CreateRole', 'DeleteRole', 'DeleteRolePolicy', 'GetRole', 'GetRolePolicy', 'ListAttachedRolePolicies'],
        ...['ListRolePolicies', 'ListRoleTags', 'PutRolePermissionsBoundary', 'PutRolePolicy', 'TagRole', 'UntagRole'],
        ...['UpdateAssumeRolePolicy', 'UpdateRole', 'UpdateRoleDescription'],
      ],
      on: ROLE,
    },
  ],
  'AWS::KMS::Key': [
    { service: 'kms', actions: ['CreateKey'], on: ['*'] },
    {
      service: 'kms',
      actions: [
        ...['DescribeKey', 'EnableKeyRotation', 'GetKeyPolicy', 'GetKeyRotationStatus', 'ListResourceTags'],
        ...['PutKeyPolicy', 'ScheduleKeyDeletion', 'TagResource', 'UntagResource', 'UpdateKeyDescription'],
      ],
      on: ['key/*'],
    },
  ],
  'AWS::Lambda::EventSourceMapping': [
    {
      service: 'lambda',
      actions: [
        ...['CreateEventSourceMapping', 'DeleteEventSourceMapping', 'GetEventSourceMapping'],
        'UpdateEventSourceMapping',
      ],
      on: ['*'],
      condition: { ArnLike: { 'lambda:FunctionArn': 'function:{name}-*' } },
    },
    { service: 'lambda', actions: ['ListTags', 'TagResource', 'UntagResource'], on: ['event-source-mapping:*'] },
  ],
  'AWS::Lambda::Function': [
    {
      service: 'lambda',
      actions: [
        ...['CreateFunction', 'DeleteFunction', 'GetFunction', 'GetFunctionCodeSigningConfig'],
        ...['GetFunctionConfiguration', 'GetFunctionRecursionConfig', 'GetRuntimeManagementConfig', 'ListTags'],
        ...['ListVersionsByFunction', 'TagResource', 'UntagResource', 'UpdateFunctionCode'],
        'UpdateFunctionConfiguration',
      ],
      on: FUNCTION,
    },
  ],
  'AWS::Logs::LogGroup': [
    {
      service: 'logs',
      actions: [
        ...['AssociateKmsKey', 'CreateLogGroup', 'DeleteLogGroup', 'DeleteRetentionPolicy', 'DisassociateKmsKey'],
        ...['ListTagsForResource', 'PutRetentionPolicy', 'TagResource', 'UntagResource'],
      ],
      on: ['log-group:/aws/*/{name}-*', 'log-group:{name}-*'],
    },
    { service: 'logs', actions: ['DescribeLogGroups'], on: ['log-group:*'] },
  ],
  'AWS::S3::Bucket': [
    {
      service: 's3',
      actions: [
        ...['CreateBucket', 'DeleteBucket', 'GetBucketLocation', 'GetBucketOwnershipControls'],
        ...['GetBucketPublicAccessBlock', 'GetBucketTagging', 'GetBucketVersioning', 'GetEncryptionConfiguration'],
        ...['GetLifecycleConfiguration', 'ListBucket', 'ListBucketVersions', 'PutBucketOwnershipControls'],
        ...['PutBucketPublicAccessBlock', 'PutBucketTagging', 'PutBucketVersioning', 'PutEncryptionConfiguration'],
        'PutLifecycleConfiguration',
      ],
      on: BUCKET,
    },
    {
      service: 's3',
      actions: ['DeleteObject', 'DeleteObjectVersion', 'GetObject', 'PutObject'],
      on: ['{name}-*/*'],
    },
  ],
  'AWS::S3::BucketPolicy': [
    { service: 's3', actions: ['DeleteBucketPolicy', 'GetBucketPolicy', 'PutBucketPolicy'], on: BUCKET },
  ],
  'AWS::SSM::Parameter': [
    {
      service: 'ssm',
      actions: [
        ...['AddTagsToResource', 'DeleteParameter', 'GetParameter', 'GetParameters', 'ListTagsForResource'],
        ...['PutParameter', 'RemoveTagsFromResource'],
      ],
      on: ['parameter{killSwitch}'],
    },
    { service: 'ssm', actions: ['DescribeParameters'], on: ['*'] },
  ],
  'AWS::StepFunctions::StateMachine': [
    {
      service: 'states',
      actions: [
        ...['CreateStateMachine', 'DeleteStateMachine', 'DescribeStateMachine', 'ListExecutions'],
        ...['ListTagsForResource', 'StartExecution', 'TagResource', 'UntagResource', 'UpdateStateMachine'],
      ],
      // CloudFormation names a state machine after its logical id alone.
      on: ['stateMachine:{name}-*', 'stateMachine:SweepMachine*'],
    },
  ],
};
