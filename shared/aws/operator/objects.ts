import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { clientConfig } from '../own/calling.ts';
import type { Read } from '../read.ts';
import { asked, type OperatorSession } from './session.ts';

const isGone = ({ name }: Error) => name === 'NoSuchKey' || name === 'NoSuchBucket';

/** The text of an object, with a person's own rights. A local stand-in for AWS has no host name for each bucket. */
export function objectText(session: OperatorSession, bucket: string, key: string): Promise<Read<string>> {
  const forcePathStyle = (process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL) !== undefined;
  const client = new S3Client({ ...clientConfig(session.calling()), forcePathStyle });
  return asked(
    's3:GetObject',
    async () => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return (await Body?.transformToString('utf8')) ?? '';
    },
    isGone,
  );
}
