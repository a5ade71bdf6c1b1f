import { arnOf } from '../aws/partition.ts';
import { arnName } from './arn.ts';
import { allIds, firstId } from './ids.ts';
import { text } from './json.ts';
import { defineKind, type Locate } from './kind.ts';
import type { Resource } from './resource.ts';

/** `keyId` may be an id, an ARN or an alias; the key's own ARN stands among the event's resources. */
const named: Locate = ({ request, arns }) => {
  const fromArns = allIds(
    'key',
    arns.map((arn) => arnName(arn, 'key')),
  );
  if (fromArns.length > 0) return fromArns;
  const keyId = text(request, 'keyId') ?? '';
  return firstId('key', keyId, arnName(keyId, 'key'));
};

export function keyArnOf(partition: string, { region, account, id }: Resource): string {
  return arnOf({ partition, service: 'kms', region, account, resource: `key/${id}` });
}

export const key = defineKind()({
  kind: 'key',
  called: 'KMS key',
  judged: 'linked',
  actions: [],
  facets: {},
  lifecycle: { created: [], deleted: [], tagged: [] },
  touchedBy: {
    'kms:DisableKey': named,
    'kms:EnableKey': named,
    'kms:ScheduleKeyDeletion': named,
    'kms:CancelKeyDeletion': named,
  },
  reachedThrough: [],
});
