/** A change of a cluster as CloudTrail records it: a person behind a single sign-on role, with the AWS CLI. */
export const aRecord = {
  eventVersion: '1.09',
  userIdentity: {
    type: 'AssumedRole',
    arn: 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/anna@example.com',
    accountId: '111122223333',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        arn: 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef',
        userName: 'AWSReservedSSO_Admin_0123456789abcdef',
      },
    },
  },
  eventTime: '2026-11-20T10:12:03Z',
  eventSource: 'eks.amazonaws.com',
  eventName: 'UpdateClusterConfig',
  awsRegion: 'eu-west-1',
  sourceIPAddress: '203.0.113.7',
  userAgent: 'aws-cli/2.15.0 Python/3.11.6 Linux/6.1 exe/x86_64',
  requestParameters: { name: 'payments', logging: { clusterLogging: [{ enabled: false, types: ['audit'] }] } },
  responseElements: null,
  eventID: '00000000-0000-4000-8000-000000000001',
  readOnly: false,
  eventType: 'AwsApiCall',
  recipientAccountId: '111122223333',
};
