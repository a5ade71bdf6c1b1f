import { readingBy } from '../../shared/aws/reading-by.ts';
import type { AwsBatch } from '../../shared/aws/world.ts';

/** A batch that counts how many of its reads had to wait for one another: what a look's time is made of. */
export function counted(batch: AwsBatch): { batch: AwsBatch; rounds: () => number } {
  let answered = 0;
  return {
    rounds: () => answered,
    batch: readingBy(batch, async (reader, action, input) => {
      const round = answered + 1;
      const answer = await reader.read(action, input);
      answered = Math.max(answered, round);
      return answer;
    }),
  };
}
