import { readingBy } from '../../aws/reading-by.ts';
import type { AwsBatch } from '../../aws/world.ts';
import { isShared } from '../../sweep/shared-reads.ts';

/**
 * Does some work with a batch that afterwards forgets what only this work asked for: reads of one resource, and lists.
 * So a scan of thousands keeps in memory what others will ask for again, and no more.
 */
export async function forgetting<T>(batch: AwsBatch, work: (own: AwsBatch) => Promise<T>): Promise<T> {
  const own: (() => void)[] = [];
  const remembering = readingBy(batch, (reader, action, input) => {
    if (!isShared(action)) own.push(() => batch.forget(reader.account, reader.region, action, input));
    return reader.read(action, input);
  });
  try {
    return await work(remembering);
  } finally {
    for (const forget of own) forget();
  }
}
