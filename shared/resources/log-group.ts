import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import { onListed, type Read } from '../aws/read.ts';
import type { Reader } from '../aws/reader.ts';
import { firstId } from './ids.ts';
import { field } from './json.ts';
import { defineKind, type Locate, type Seed } from './kind.ts';

const ALL = '/aws/eks/';

/** Where EKS writes the control plane's logs of a cluster; made on the first event, without an end of retention. */
export function logGroupOf(cluster: string): string {
  return `${ALL}${cluster}/cluster`;
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

/** EKS's own groups are listed fifty to a call: from here on that is less than a call for each. */
const WORTH_LISTING = 25;

/** The log groups of many clusters; `of` says which group an id stands for. A group that the list has not is none: it has all. */
export async function logGroupsTogether(
  reader: Reader,
  ids: readonly string[],
  of: (id: string) => string,
): Promise<Seed[]> {
  if (ids.length < WORTH_LISTING) return [];
  const answer = await reader.read('logs:DescribeLogGroups', { logGroupNamePrefix: ALL });
  const groups = answer.outcome === 'found' ? answer.value.logGroups : undefined;
  if (!groups?.every(({ logGroupName }) => logGroupName)) return [];
  const byName = new Map(groups.map((each) => [each.logGroupName, each]));
  return ids
    .filter((id) => of(id).startsWith(ALL))
    .map((id) => {
      const group = byName.get(of(id));
      const value = { logGroups: group === undefined ? [] : [group] };
      const input = { logGroupNamePrefix: of(id) };
      return { id, action: 'logs:DescribeLogGroups', input, value, began: answer.began };
    });
}

const named: Locate = ({ request }) => firstId('log-group', field(request, 'logGroupName'));

export const logGroup = defineKind<LogGroup>()({
  kind: 'log-group',
  called: 'log group',
  judged: 'linked',
  actions: ['logs:DescribeLogGroups'],
  base: (reader, { id }) => readLogGroup(reader, id),
  together: (reader, ids) => logGroupsTogether(reader, ids, (id) => id),
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
