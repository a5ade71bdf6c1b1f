import type { ReadAction } from '../../../shared/aws/actions.ts';
import { type Backend, batchOver, readKey } from '../../../shared/aws/batch.ts';
import type { Read } from '../../../shared/aws/read.ts';
import type { Aws } from '../../../shared/aws/world.ts';
import type { Clock } from '../../../shared/runtime/clock.ts';

/**
 * An account that stands still: what was read once, over the wire, is what it answers from then on, at any time of the
 * clock that it is asked with.
 */
export function remembered(live: Aws, region: string): (now: Clock) => Aws {
  const answers = new Map<string, Promise<Read<unknown>>>();
  return (now) => {
    const backend: Backend = {
      region,
      async read(place, action, input) {
        const key = readKey(place, action, input);
        const began = now();
        const answer =
          answers.get(key) ??
          live
            .batch()
            .reader(place.account, place.region)
            .read<ReadAction>(action, input as never);
        answers.set(key, answer);
        return { ...(await answer), began };
      },
      async write(_, action) {
        return { outcome: 'rejected', why: `${action}: nothing is written here.` };
      },
    };
    return { batch: () => batchOver(backend) };
  };
}
