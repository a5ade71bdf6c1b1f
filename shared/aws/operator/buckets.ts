import { DeleteObjectsCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { clientConfig } from '../own/calling.ts';
import type { Read } from '../read.ts';
import { asked, type OperatorSession } from './session.ts';

/** Removes everything of a bucket that keeps no versions, so that it can be removed itself; answers how many objects it had. */
export function emptyBucket(session: OperatorSession, bucket: string): Promise<Read<number>> {
  const client = new S3Client(clientConfig(session.calling()));
  return asked(
    's3:DeleteObject',
    async () => {
      let removed = 0;
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket })) {
        const Objects = Contents.flatMap(({ Key }) => (Key === undefined ? [] : [{ Key }]));
        if (Objects.length === 0) continue;
        const { Errors: [failed] = [] } = await client.send(
          new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
        );
        if (failed) throw Object.assign(new Error(failed.Message), { name: failed.Code ?? 'DeleteFailed' });
        removed += Objects.length;
      }
      return removed;
    },
    ({ name }) => name === 'NoSuchBucket',
  );
}
