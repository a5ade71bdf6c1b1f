import { UserMistake } from '../../runtime/errors.ts';
import { startSweep } from '../sweep/start.ts';
import type { RedriveOptions } from './command.ts';

/** What the schedule could not start is started now; one that runs already is as good. */
export async function startSweepAgain(options: RedriveOptions): Promise<string> {
  try {
    await startSweep(options, options.baseline);
    return 'a sweep of everything has started';
  } catch (error) {
    if (error instanceof UserMistake && error.message.startsWith('A sweep has been running'))
      return 'a sweep runs already';
    throw error;
  }
}
