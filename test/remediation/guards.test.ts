import { expect, it } from 'vitest';
import type { Cause } from '../../shared/changes/change.ts';
import type { AnyStep } from '../../shared/controls/define-control.ts';
import { GUARD_ORDER, guards } from '../../shared/remediation/guards.ts';
import { DAY, HOUR } from '../../shared/runtime/clock.ts';

const NOW = Date.UTC(2026, 10, 21);
const ROLE = 'arn:aws:iam::111122223333:role/eks-warden-fix';
const by = (role: string | undefined, asCode = false): Cause => ({
  eventId: 'e',
  event: 'eks:UpdateClusterConfig',
  time: NOW,
  actor: {
    type: 'AssumedRole',
    principal: 'arn:aws:sts::111122223333:assumed-role/x/eks-warden-fix',
    confidence: 'certain',
    channel: asCode ? 'terraform' : 'cli',
    asCode,
    ...(role ? { role } : {}),
  },
});
const step = (safety: AnyStep['safety'], oneWay = false): AnyStep =>
  ({ safety, oneWay, action: 'eks:UpdateClusterConfig', input: { name: 'payments' } }) as AnyStep;
const approved = { plan: 'p', until: NOW + HOUR, by: 'bo' };

it('the guards stand in the order in which a fix meets them', () => {
  expect(GUARD_ORDER).toEqual([
    'killSwitch',
    'mode',
    'scope',
    'waiver',
    'safety',
    'ownEvent',
    'undone',
    'flipFlop',
    'asCode',
    'budget',
    'approval',
  ]);
});

it.each([
  ['goes on when the kill switch is on', guards.killSwitch('on'), undefined],
  ['stops when the kill switch is off', guards.killSwitch('off'), 'Fixing is paused: the kill switch is off.'],
  [
    'stops when the kill switch says anything else',
    guards.killSwitch('ON '),
    'Fixing is paused: the kill switch is off.',
  ],
  [
    'stops when the kill switch is not set',
    guards.killSwitch(undefined),
    'Fixing is paused: the kill switch is not set.',
  ],
  ['goes on when the mode is remediate', guards.mode('remediate'), undefined],
  ['goes on to the approval when the mode is approve', guards.mode('approve'), undefined],
  [
    'stops when the mode is notify',
    guards.mode('notify'),
    'The baseline does not allow this control to be fixed here.',
  ],
  ['stops when no rule is left', guards.mode(undefined), 'The baseline does not allow this control to be fixed here.'],
  [
    'goes on in an account that may be fixed',
    guards.scope({ account: '111122223333', accounts: ['111122223333'] }),
    undefined,
  ],
  [
    'stops when the account is not listed',
    guards.scope({ account: '444455556666', accounts: ['111122223333'] }),
    'Account 444455556666 is not among those whose resources may be fixed.',
  ],
  [
    'stops when no account is listed',
    guards.scope({ account: '444455556666', accounts: [] }),
    'Account 444455556666 is not among those whose resources may be fixed.',
  ],
  ['goes on without a waiver', guards.waiver(undefined), undefined],
  ['stops when a waiver covers it', guards.waiver({ until: '2026-12-31' }), 'A waiver covers it until 2026-12-31.'],
  ['goes on with steps that are safe', guards.safety([step('auto')]), undefined],
  [
    'stops when a step is for a person',
    guards.safety([step('auto'), step('manual')]),
    'The plan has a step that only a person may take.',
  ],
  [
    'F-05: stops when a step that cannot be taken back would run alone',
    guards.safety([step('auto', true)]),
    'The plan has a step that cannot be taken back and so is never run alone.',
  ],
  ['stops when the plan is empty', guards.safety([]), 'The plan has no step: there is nothing that we could do.'],
  [
    'goes on after somebody else',
    guards.ownEvent({ cause: by('arn:aws:iam::111122223333:role/admin'), ownRole: ROLE }),
    undefined,
  ],
  [
    'L-01: stops when our own role made the change',
    guards.ownEvent({ cause: by(ROLE), ownRole: ROLE }),
    'Our own change brought this about.',
  ],
  [
    'L-01: a session named like ours, or our role in another account, is not us',
    guards.ownEvent({ cause: by('arn:aws:iam::444455556666:role/eks-warden-fix'), ownRole: ROLE }),
    undefined,
  ],
  ['stops when a person has undone it', guards.undone({ id: 'f', status: 'undone' }), 'A person has undone this fix.'],
  [
    'goes on after two fixes in a day',
    guards.flipFlop({ startedAt: [NOW - HOUR, NOW - 2 * HOUR], now: NOW, actor: 'ana' }),
    undefined,
  ],
  [
    'L-02: stops when it was fixed three times in a day, and names the actor',
    guards.flipFlop({ startedAt: [NOW - HOUR, NOW - 2 * HOUR, NOW - 3 * HOUR], now: NOW, actor: 'ana' }),
    'It was fixed 3 times in 24 hours and changed back each time, last by ana.',
  ],
  [
    'fixes of the day before do not count',
    guards.flipFlop({ startedAt: [NOW - HOUR, NOW - 2 * HOUR, NOW - DAY], now: NOW, actor: 'ana' }),
    undefined,
  ],
  [
    'L-05: stops when code owns it',
    guards.asCode({ cause: by(undefined, true), always: false }),
    'It was changed with terraform: change the code, or it comes back.',
  ],
  [
    'L-06: a control marked always is fixed whatever the user agent says',
    guards.asCode({ cause: by(undefined, true), always: true }),
    undefined,
  ],
  ['goes on within the budget', guards.budget({ taken: 'added', most: 10 }), undefined],
  [
    'stops when the budget is used up',
    guards.budget({ taken: 'over', most: 10 }),
    "The account's budget of 10 fixes an hour is used up.",
  ],
  [
    'goes on where no approval is needed',
    guards.approval({ needed: false, approval: undefined, plan: 'p', now: NOW }),
    undefined,
  ],
  [
    'goes on with a live approval of this plan',
    guards.approval({ needed: true, approval: approved, plan: 'p', now: NOW }),
    undefined,
  ],
  [
    'stops when nobody approved',
    guards.approval({ needed: true, approval: undefined, plan: 'p', now: NOW }),
    'It waits for an approval.',
  ],
  [
    'stops when the approval has ended',
    guards.approval({ needed: true, approval: { ...approved, until: NOW }, plan: 'p', now: NOW }),
    'Its approval has ended.',
  ],
  [
    'A-02: stops when another plan was approved',
    guards.approval({ needed: true, approval: approved, plan: 'q', now: NOW }),
    'The plan is not the one that was approved.',
  ],
])('%s', (_, answer, expected) => {
  expect(answer).toBe(expected);
});
