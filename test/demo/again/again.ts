import { awsSession } from '../../../shared/aws/session.ts';
import type { Baseline } from '../../../shared/baseline/baseline.ts';
import { HOUR } from '../../../shared/runtime/clock.ts';
import { digestOf } from '../../support/local-world/digest.ts';
import type { Played } from '../play/play.ts';
import { lasting } from './lasting.ts';
import { remembered } from './remembered.ts';
import { runAgain } from './run-again.ts';

export interface Compared {
  runs: number;
  /** How many of the runs ended in another table than the story did. */
  different: number;
  /** Of the table that the story left. */
  digest: string;
}

/** Plays the events of a story again, tripled and shuffled, against the account as the story left it. The story's world is still open. */
export async function comparedAgain(played: Played, baseline: Baseline, runs: number): Promise<Compared> {
  const { account, region, world, events, items } = played;
  const live = awsSession({
    home: { account, region },
    now: world.now,
    client: { sdk: { endpoint: world.cloud.url, credentials: { accessKeyId: account, secretAccessKey: 'local' } } },
  });
  const again = { events, account, baseline, aws: remembered(live, region), start: world.now() + HOUR };
  const digest = digestOf(items, lasting);
  let different = 0;
  for (let seed = 1; seed <= runs; seed += 1) {
    if (digestOf(await runAgain(again, seed), lasting) !== digest) different += 1;
  }
  return { runs, different, digest };
}
