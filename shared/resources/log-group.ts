import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import { onListed, type Read } from '../aws/read.ts';
import type { Reader } from '../aws/reader.ts';
import { firstId } from './ids.ts';
import { field } from './json.ts';
import { defineKind, type Locate } from './kind.ts';

/** Where EKS writes the control plane's logs of a cluster; made on the first event, without an end of retention. */
export function logGroupOf(cluster: string): string {
  return `/aws/eks/${cluster}/cluster`;
}

/** A log group by its exact name: AWS can only be asked for a prefix. One without a name may be the one. */
export async function readLogGroup(reader: Reader, name: string): Promise<Read<LogGroup>> {
  const answer = await reader.read('logs:DescribeLogGroups', { logGroupNamePrefix: name });
  return onListed(
    answer,
    'logs:DescribeLogGroups',
    ({ logGroups }) => (logGroups?.every((each) => each.logGroupName) ? logGroups : undefined),
    ({ logGroupName }) => logGroupName === name,
  );
}

const named: Locate = ({ request }) => firstId('log-group', field(request, 'logGroupName'));

export const logGroup = defineKind<LogGroup>()({
  kind: 'log-group',
  called: 'log group',
  judged: 'linked',
  actions: ['logs:DescribeLogGroups'],
  base: (reader, { id }) => readLogGroup(reader, id),
  facets: {},
  generation: ({ creationTime }) => creationTime?.toString(),
  lifecycle: { created: ['logs:CreateLogGroup'], deleted: ['logs:DeleteLogGroup'], tagged: [] },
  touchedBy: {
    'logs:CreateLogGroup': named,
    'logs:DeleteLogGroup': named,
    'logs:PutRetentionPolicy': named,
    'logs:DeleteRetentionPolicy': named,
  },
  reachedThrough: [],
});
