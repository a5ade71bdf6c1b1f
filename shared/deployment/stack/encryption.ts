import { arnOfThe, type Intrinsic, ref } from '../../derive/cloudformation.ts';
import type { Policy } from '../../derive/policies.ts';
import type { Deployment } from '../deployment.ts';
import type { Resources } from './template-parts.ts';

type Keyed = Partial<Pick<Deployment, 'kmsKey'>>;

/** The key of the topic: a service that publishes alarms cannot use the one that AWS manages for SNS. */
export function topicKey({ kmsKey }: Keyed): string | Intrinsic {
  return kmsKey ?? arnOfThe('NoticesKey');
}

/** Encryption of what is kept, as each property wants it: with the key of `deploy.yml`, else with those of the services. */
export function encryptionOf({ kmsKey }: Keyed) {
  return {
    table: { SSEEnabled: true, ...(kmsKey ? { SSEType: 'KMS', KMSMasterKeyId: kmsKey } : {}) },
    bucket: kmsKey ? { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: kmsKey } : { SSEAlgorithm: 'AES256' },
  };
}

/** A key of our own for the topic, where `deploy.yml` names none. */
export function keyResources({ kmsKey }: Keyed): Resources {
  if (kmsKey !== undefined) return {};
  const statement = (Sid: string, Principal: object, Action: readonly string[], more: object = {}) => ({
    Sid,
    Effect: 'Allow',
    Principal,
    Action,
    Resource: '*',
    ...more,
  });
  const root = { 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root` };
  const ours = { Condition: { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } } };
  return {
    NoticesKey: {
      Type: 'AWS::KMS::Key',
      Properties: {
        Description: 'eks-warden: encrypts notices and alarms on their way.',
        EnableKeyRotation: true,
        PendingWindowInDays: 7,
        KeyPolicy: {
          Version: '2012-10-17',
          Statement: [
            statement('AccountDecides', { AWS: root }, ['kms:*']),
            statement(
              'AlarmsPublish',
              { Service: 'cloudwatch.amazonaws.com' },
              ['kms:Decrypt', 'kms:GenerateDataKey'],
              ours,
            ),
          ],
        },
      },
    },
  };
}

const KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** A policy with what it needs of keys besides the calls that are made with it: services use them in its name. */
export function withKeys(policy: Policy, { kmsKey }: Keyed): Policy {
  const publishes = policy.Statement.some(({ Action }) => Action.includes('sns:Publish'));
  if (kmsKey === undefined && !publishes) return policy;
  const Resource = [kmsKey ?? `\${NoticesKey.Arn}`];
  return {
    ...policy,
    Statement: [...policy.Statement, { Sid: 'UseKey', Effect: 'Allow', Action: KEY_ACTIONS, Resource }],
  };
}
