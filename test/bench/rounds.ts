import type { AwsBatch } from '../../shared/aws/world.ts';

/** A batch that counts how many of its reads had to wait for one another: what a look's time is made of. */
export function counted(batch: AwsBatch): { batch: AwsBatch; rounds: () => number } {
  let answered = 0;
  return {
    rounds: () => answered,
    batch: {
      reader(account, region) {
        const reader = batch.reader(account, region);
        return {
          ...reader,
          read: async (action, input) => {
            const round = answered + 1;
            const answer = await reader.read(action, input);
            answered = Math.max(answered, round);
            return answer;
          },
        };
      },
      writer: (account, region) => batch.writer(account, region),
      calls: () => batch.calls(),
      forget: (account, region, action, input) => batch.forget(account, region, action, input),
    },
  };
}
