import type { Files } from '../world.ts';
import { type Calling, clientConfig, once } from './calling.ts';

/** Texts in one bucket of ours. */
export function s3Files(bucket: string, calling: Calling): Files {
  const connect = once(async () => {
    const { S3Client, ...commands } = await import('./s3.ts');
    return { s3: new S3Client({ ...clientConfig(calling), forcePathStyle: endpointIsLocal() }), ...commands };
  });
  return {
    async read(key) {
      const { s3, GetObjectCommand } = await connect();
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return (await Body?.transformToString('utf8')) ?? '';
    },
    async write(key, text, type = 'application/json') {
      const { s3, PutObjectCommand } = await connect();
      const input = { Bucket: bucket, Key: key, Body: text, ContentType: type };
      await s3.send(new PutObjectCommand(input));
    },
  };
}

/** An emulator has no host name for each bucket. */
function endpointIsLocal(): boolean {
  return process.env.AWS_ENDPOINT_URL !== undefined || process.env.AWS_ENDPOINT_URL_S3 !== undefined;
}
