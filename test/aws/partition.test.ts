import { expect, it } from 'vitest';
import { arnOf, consoleHostOf, iamRegionOf, partitionOf, roleArnOf } from '../../shared/aws/partition.ts';

it.each([
  ['eu-west-1', 'aws', 'us-east-1', 'console.aws.amazon.com'],
  ['us-east-1', 'aws', 'us-east-1', 'console.aws.amazon.com'],
  ['us-gov-east-1', 'aws-us-gov', 'us-gov-west-1', 'console.amazonaws-us-gov.com'],
  ['cn-northwest-1', 'aws-cn', 'cn-north-1', 'console.amazonaws.cn'],
])('%s is in %s', (region, partition, iamRegion, host) => {
  const found = partitionOf(region);
  expect([found, iamRegionOf(found), consoleHostOf(found)]).toEqual([partition, iamRegion, host]);
});

it('writes ARNs of any partition', () => {
  expect(roleArnOf('aws-cn', '111122223333', 'eks-warden-read')).toBe(
    'arn:aws-cn:iam::111122223333:role/eks-warden-read',
  );
  expect(roleArnOf('aws', '111122223333', 'eks-warden-fix', '/security/')).toBe(
    'arn:aws:iam::111122223333:role/security/eks-warden-fix',
  );
  const bucket = { partition: 'aws-us-gov', service: 's3', resource: 'logs' };
  expect(arnOf(bucket)).toBe('arn:aws-us-gov:s3:::logs');
});
