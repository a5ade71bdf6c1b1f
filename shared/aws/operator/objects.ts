import { s3Files } from '../own/files.ts';
import type { Read } from '../read.ts';
import { asked, type OperatorSession } from './session.ts';

/** The text of an object, with a person's own rights. */
export function objectText(session: OperatorSession, bucket: string, key: string): Promise<Read<string>> {
  const files = s3Files(bucket, session.calling());
  return asked(
    's3:GetObject',
    () => files.read(key),
    ({ name }) => name === 'NoSuchKey' || name === 'NoSuchBucket',
  );
}
