import { of, type Touching } from './touching.ts';

const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab';
const KEY_ARN = `arn:aws:kms:eu-west-1:111122223333:key/${KEY}`;
const trailEvents = of(
  'cloudtrail',
  'CreateTrail',
  'DeleteTrail',
  'UpdateTrail',
  'StartLogging',
  'StopLogging',
  'PutEventSelectors',
  'PutInsightSelectors',
);

export const OTHERS: readonly Touching[] = [
  ['account-region', trailEvents, { request: { name: 'main' }, region: 'eu-west-1' }, ['eu-west-1']],
  [
    'key',
    of('kms', 'DisableKey', 'EnableKey', 'ScheduleKeyDeletion', 'CancelKeyDeletion'),
    { request: { keyId: KEY } },
    [KEY],
  ],
  ['key', 'kms:DisableKey', { request: { keyId: KEY_ARN } }, [KEY]],
  ['key', 'kms:DisableKey', { request: { keyId: 'alias/eks' }, arns: [KEY_ARN] }, [KEY]],
  ['key', 'kms:DisableKey', { request: { keyId: 'alias/eks' } }, undefined],
  [
    'log-group',
    of('logs', 'CreateLogGroup', 'DeleteLogGroup', 'PutRetentionPolicy', 'DeleteRetentionPolicy'),
    { request: { logGroupName: '/aws/eks/payments/cluster' } },
    ['/aws/eks/payments/cluster'],
  ],
  ['log-group', 'logs:DeleteLogGroup', { request: { logGroupName: 'no\ngroup' } }, undefined],
  ['trail', trailEvents, { request: { name: 'main' } }, ['main']],
  ['trail', trailEvents, { request: { name: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/main' } }, ['main']],
  ['trail', of('cloudtrail', 'PutEventSelectors', 'PutInsightSelectors'), { request: { trailName: 'main' } }, ['main']],
  [
    'trail',
    'cloudtrail:CreateTrail',
    { response: { trailARN: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/main' } },
    ['main'],
  ],
  ['trail', trailEvents, {}, undefined],
];
