import { callerOf } from '../../aws/operator/callers.ts';
import { needed } from '../../aws/operator/session.ts';
import { baselineFor } from '../baseline-file.ts';
import { hubOf } from '../hub.ts';
import type { Which } from '../hub-options.ts';
import type { Examine, Examined } from './after/examined.ts';
import { members } from './after/members.ts';
import { notices } from './after/notices.ts';
import { queues } from './after/queues.ts';
import { rules } from './after/rules.ts';
import { sweeps } from './after/sweeps.ts';
import { trails } from './after/trails.ts';
import type { Check } from './check.ts';

/** In the order in which an event passes. */
const PARTS: readonly Examine[] = [trails, rules, queues, members, notices, sweeps];

/** Looks at everything that a deployment needs to live. Reads only. */
export async function afterDeploy(which: Which, baselineFile: string | undefined): Promise<readonly Check[]> {
  const baseline = baselineFor(baselineFile, Date.now());
  const hub = await hubOf(which);
  const { account } = needed(await callerOf(hub.session), '');
  const examined: Examined = { hub, baseline, account, now: Date.now() };
  return (await Promise.all(PARTS.map((part) => part(examined)))).flat();
}
