import type { InputOf, OutputOf, ReadAction } from './actions.ts';
import type { Read } from './read.ts';
import type { Reader } from './reader.ts';
import type { AwsBatch } from './world.ts';

/** How a read is made instead; `reader` is the one that would have made it. */
export type ReadBy = <A extends ReadAction>(reader: Reader, action: A, input: InputOf<A>) => Promise<Read<OutputOf<A>>>;

/** The same batch, but that each of its reads goes through `by`. */
export function readingBy(batch: AwsBatch, by: ReadBy): AwsBatch {
  return {
    writer: (account, region) => batch.writer(account, region),
    calls: () => batch.calls(),
    seed: (...seed) => batch.seed?.(...seed),
    forget: (account, region, action, input) => batch.forget(account, region, action, input),
    reader(account, region) {
      const reader = batch.reader(account, region);
      const { account: asked, region: real, partition } = reader;
      return { account: asked, region: real, partition, read: (action, input) => by(reader, action, input) };
    },
  };
}
