import type { SQSRecord } from 'aws-lambda';
import type { World } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import { fixMessageOf } from './message.ts';
import { remediator } from './runner.ts';

/** `FIX_ROLE`: the ARN of the role that fixes in our own account; members have one of the same path and name. */
export interface FixWiring {
  OWN_ACCOUNT: string;
  FIX_ROLE: string;
}

/** The fixes queue, message by message: one at a time, because the fixes of one batch may be about one cluster. */
export function remediateStep(world: World, baseline: Baseline, { OWN_ACCOUNT, FIX_ROLE }: FixWiring) {
  const remediate = remediator(world, baseline, {
    killSwitch: baseline.remediation.killSwitch,
    ownAccount: OWN_ACCOUNT,
    ownRole: (account) => FIX_ROLE.replace(OWN_ACCOUNT, account),
  });
  let turn: Promise<unknown> = Promise.resolve();
  return ({ body }: Pick<SQSRecord, 'body'>): Promise<void> => {
    const mine = turn.then(async () => {
      const outcome = await remediate(fixMessageOf(body));
      world.metrics.count('tried', 1, { outcome });
    });
    turn = mine.catch(() => undefined);
    return mine;
  };
}
