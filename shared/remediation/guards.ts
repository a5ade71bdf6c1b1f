import type { Mode } from '../baseline/baseline.ts';
import type { Cause } from '../changes/change.ts';
import type { AnyStep } from '../controls/define-control.ts';
import type { FixSummary } from '../findings/finding.ts';
import { DAY } from '../runtime/clock.ts';

/** Only this text in the kill switch's parameter lets fixes run. */
export const RUNNING = 'on';
/** Reverts of our fixes within a day that open the breaker. */
export const MOST_REVERTS = 3;

/**
 * A guard answers why a fix must not run, or undefined where it has nothing against it. Each is pure and is given only
 * its own facts; where a fact could not be read the runner stops without asking.
 */
export const guards = {
  killSwitch: (value: string | undefined) =>
    value === RUNNING ? undefined : `Fixing is paused: the kill switch is ${value === undefined ? 'not set' : 'off'}.`,

  mode: (mode: Mode | undefined) =>
    mode === 'remediate' || mode === 'approve'
      ? undefined
      : 'The baseline does not allow this control to be fixed here.',

  scope: ({ account, accounts }: { account: string; accounts: readonly string[] }) =>
    accounts.includes(account) ? undefined : `Account ${account} is not among those whose resources may be fixed.`,

  waiver: (waiver: { until: string } | undefined) =>
    waiver === undefined ? undefined : `A waiver covers it until ${waiver.until}.`,

  safety(steps: readonly AnyStep[]) {
    if (steps.length === 0) return 'The plan has no step: there is nothing that we could do.';
    if (steps.some(({ safety }) => safety === 'manual')) return 'The plan has a step that only a person may take.';
    const oneWay = steps.some((step) => step.oneWay && step.safety === 'auto');
    return oneWay ? 'The plan has a step that cannot be taken back and so is never run alone.' : undefined;
  },

  ownEvent: ({ cause, ownRole }: { cause: Cause | undefined; ownRole: string }) =>
    cause?.actor.role === ownRole ? 'Our own change brought this about.' : undefined,

  undone: (fix: FixSummary | undefined) => (isUndone(fix) ? 'A person has undone this fix.' : undefined),

  flipFlop({ startedAt, now, actor }: { startedAt: readonly number[]; now: number; actor: string | undefined }) {
    const recent = startedAt.filter((at) => at > now - DAY).length;
    if (recent < MOST_REVERTS) return undefined;
    return `It was fixed ${recent} times in 24 hours and changed back each time, last by ${actor ?? 'somebody unknown'}.`;
  },

  asCode({ cause, always }: { cause: Cause | undefined; always: boolean }) {
    if (always || !cause?.actor.asCode) return undefined;
    return `It was changed with ${cause.actor.channel}: change the code, or it comes back.`;
  },

  budget: ({ taken, most }: { taken: 'added' | 'over'; most: number }) =>
    taken === 'added' ? undefined : `The account's budget of ${most} fixes an hour is used up.`,

  approval({
    needed,
    approval,
    plan,
    now,
  }: {
    needed: boolean;
    approval: Approval | undefined;
    plan: string;
    now: number;
  }) {
    if (!needed) return undefined;
    if (approval === undefined) return 'It waits for an approval.';
    if (approval.until <= now) return 'Its approval has ended.';
    return approval.plan === plan ? undefined : 'The plan is not the one that was approved.';
  },
} as const;

/** Also where it was held for just that, so that no later offer forgets what a person wanted. */
export function isUndone(fix: FixSummary | undefined): boolean {
  return fix?.status === 'undone' || fix?.undone === true;
}

/** A person's word that one plan may run: `plan` is the hash of its steps. */
export interface Approval {
  plan: string;
  until: number;
  by: string;
}

/** The order in which the guards stand; the lock, the fresh read, the before-state and the claim come after the last. */
export const GUARD_ORDER = Object.keys(guards) as readonly (keyof typeof guards)[];
