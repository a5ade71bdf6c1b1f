import { emptyBucket } from '../../aws/operator/buckets.ts';
import { operatorSession, type Reaching, unreadText } from '../../aws/operator/session.ts';
import { stackResources } from '../../aws/operator/stack.ts';
import { UserMistake } from '../../runtime/errors.ts';

/** CloudFormation removes no bucket that has anything in it: the lists of the sweep go first. Throws a `UserMistake` where they cannot. */
export async function emptySweepBucket(stack: string, reaching: Reaching): Promise<void> {
  const session = operatorSession(reaching);
  const resources = await stackResources(session, stack);
  if (resources.outcome === 'gone') return;
  if (resources.outcome !== 'found') throw new UserMistake(unreadText(resources));
  const bucket = resources.value.find(({ logicalId }) => logicalId === 'SweepBucket');
  if (bucket === undefined) return;
  const emptied = await emptyBucket(session, bucket.physicalId);
  if (emptied.outcome !== 'found' && emptied.outcome !== 'gone') throw new UserMistake(unreadText(emptied));
}
