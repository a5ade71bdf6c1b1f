import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { STDIN } from './inputs.ts';

const CHUNK = 256 * 1024;

/** The bytes of a file or of standard input, unpacked where they are gzip, whatever the file is called. */
export async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  const source: Readable = file === STDIN ? process.stdin : createReadStream(file, { highWaterMark: CHUNK });
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await firstBytes(chunks);
  const whole = Readable.from(prefixed(first, chunks), { objectMode: false, highWaterMark: CHUNK });
  if (!(first[0] === 0x1f && first[1] === 0x8b)) {
    yield* prefixed(first, chunks);
    return;
  }
  const unpacked = createGunzip({ chunkSize: CHUNK });
  whole.on('error', (error) => unpacked.destroy(error));
  yield* whole.pipe(unpacked);
}

/** At least two bytes, where there are as many: what gzip is told by. */
async function firstBytes(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  let first: Buffer = Buffer.alloc(0);
  while (first.length < 2) {
    const { value, done } = await chunks.next();
    if (done) break;
    first = Buffer.concat([first, value]);
  }
  return first;
}

async function* prefixed(first: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
}
