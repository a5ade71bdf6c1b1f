import type { SQSRecord } from 'aws-lambda';
import { ROLES } from '../aws/entry.ts';
import type { World } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import { always, expectTime, type TimeFor } from '../runtime/time-for.ts';
import type { FixSettings } from './gate.ts';
import { fixMessageOf } from './message.ts';
import { remediator } from './runner.ts';
import { undoAsked, undoAskedIn } from './undo-asked.ts';

/** `FIX_ROLE`: the ARN of the role that fixes in our own account; members have theirs on the same path, with a fixed name. */
export interface FixWiring {
  OWN_ACCOUNT: string;
  FIX_ROLE: string;
}

/** The fixes queue, what is to be fixed and what is to be undone, message by message: one at a time, because the fixes of one batch may be about one cluster. */
export function remediateStep(world: World, baseline: Baseline, { OWN_ACCOUNT, FIX_ROLE }: FixWiring) {
  const settings: FixSettings = {
    killSwitch: baseline.remediation.killSwitch,
    ownAccount: OWN_ACCOUNT,
    ownRole: (account) => fixRoleIn(account, OWN_ACCOUNT, FIX_ROLE),
  };
  let turn: Promise<unknown> = Promise.resolve();
  return (
    { body, attributes }: Pick<SQSRecord, 'body'> & Partial<SQSRecord>,
    enough: TimeFor = always,
  ): Promise<void> => {
    const mine = turn.then(async () => {
      expectTime(enough);
      const now = { ...settings, enough };
      const undoing = undoAskedIn(body);
      const outcome = undoing
        ? await undoAsked(world, baseline, now, undoing, attributes?.SenderId)
        : await remediator(world, baseline, now)(fixMessageOf(body));
      world.metrics.count('tried', 1, { outcome });
    });
    turn = mine.catch(() => undefined);
    return mine;
  };
}

/** Whose changes are our own: in our own account those of the function's role, in another those of the role that it takes there. */
export function fixRoleIn(account: string, ownAccount: string, own: string): string {
  return account === ownAccount ? own : own.replace(ownAccount, account).replace(/[^/]+$/, ROLES.fix);
}
