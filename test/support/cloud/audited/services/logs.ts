import type * as sdk from '@aws-sdk/client-cloudwatch-logs';
import type { Plain } from '../account.ts';
import { AwsFault, type Call, type Operations, page } from '../call.ts';

const badToken = () => new AwsFault('InvalidParameterException', 'The specified nextToken is invalid.');

function groupNamed(name: string, call: Call): Plain<sdk.LogGroup> {
  const group = call.here.logGroups[name];
  if (!group) throw new AwsFault('ResourceNotFoundException', 'The specified log group does not exist.');
  return group;
}

function describeLogGroups(request: Plain<sdk.DescribeLogGroupsRequest>, call: Call): object {
  const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern, nextToken, limit = 50 } = request;
  if (prefix !== undefined && pattern !== undefined) {
    throw new AwsFault(
      'InvalidParameterException',
      'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    );
  }
  const found = Object.entries(call.here.logGroups)
    .filter(([name]) => name.startsWith(prefix ?? '') && name.toLowerCase().includes((pattern ?? '').toLowerCase()))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => group);
  const { items, next } = page(`groups/${prefix ?? ''}`, found, { token: nextToken, most: limit }, call, badToken);
  return { logGroups: items, nextToken: next };
}

function createLogGroup({ logGroupName = '', kmsKeyId }: Plain<sdk.CreateLogGroupRequest>, call: Call): object {
  if (call.here.logGroups[logGroupName]) {
    throw new AwsFault('ResourceAlreadyExistsException', 'The specified log group already exists');
  }
  const arn = `arn:${call.partition}:logs:${call.region}:${call.accountId}:log-group:${logGroupName}`;
  call.here.logGroups[logGroupName] = {
    logGroupName,
    creationTime: Date.parse(call.at),
    metricFilterCount: 0,
    arn: `${arn}:*`,
    logGroupArn: arn,
    storedBytes: 0,
    logGroupClass: 'STANDARD',
    ...(kmsKeyId && { kmsKeyId }),
  };
  return {};
}

function deleteLogGroup({ logGroupName = '' }: Plain<sdk.DeleteLogGroupRequest>, call: Call): object {
  groupNamed(logGroupName, call);
  delete call.here.logGroups[logGroupName];
  return {};
}

const DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

function putRetentionPolicy(request: Plain<sdk.PutRetentionPolicyRequest>, call: Call): object {
  const { logGroupName = '', retentionInDays = 0 } = request;
  const group = groupNamed(logGroupName, call);
  if (!DAYS.includes(retentionInDays)) {
    throw new AwsFault(
      'InvalidParameterException',
      `1 validation error detected: Value '${retentionInDays}' at 'retentionInDays' failed to satisfy constraint`,
    );
  }
  group.retentionInDays = retentionInDays;
  return {};
}

function deleteRetentionPolicy({ logGroupName = '' }: Plain<sdk.DeleteRetentionPolicyRequest>, call: Call): object {
  delete groupNamed(logGroupName, call).retentionInDays;
  return {};
}

export const logs: Operations = {
  reads: { DescribeLogGroups: describeLogGroups },
  writes: {
    CreateLogGroup: createLogGroup,
    DeleteLogGroup: deleteLogGroup,
    DeleteRetentionPolicy: deleteRetentionPolicy,
    PutRetentionPolicy: putRetentionPolicy,
  },
};
