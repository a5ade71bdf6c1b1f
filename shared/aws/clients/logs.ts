import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';

export const logs = {
  Client: CloudWatchLogsClient,
  reads: { DescribeLogGroups: DescribeLogGroupsCommand },
  writes: {},
};
