import type { Input, State } from './finding.ts';

/**
 * The whole machine. A row is the state a finding is in (an absent one counts as closed), a column what a look or a
 * fix says; null drops the input. `fail` is a failure that no waiver covers, `waive` one that a live waiver does.
 */
export const transitions = {
  open: {
    fail: 'open',
    waive: 'waived',
    pass: 'closed',
    unknown: 'open',
    gone: 'closed',
    'fix-started': 'fixing',
    'fix-failed': null,
  },
  unsure: {
    fail: 'open',
    waive: 'waived',
    pass: 'closed',
    unknown: 'unsure',
    gone: 'closed',
    'fix-started': null,
    'fix-failed': null,
  },
  fixing: {
    fail: 'fixing',
    waive: 'fixing',
    pass: 'closed',
    unknown: 'fixing',
    gone: 'closed',
    'fix-started': null,
    'fix-failed': 'open',
  },
  waived: {
    fail: 'open',
    waive: 'waived',
    pass: 'closed',
    unknown: 'waived',
    gone: 'closed',
    'fix-started': null,
    'fix-failed': null,
  },
  closed: {
    fail: 'open',
    waive: 'waived',
    pass: 'closed',
    unknown: 'unsure',
    gone: 'closed',
    'fix-started': null,
    'fix-failed': null,
  },
} as const satisfies Record<State, Record<Input, State | null>>;

/** The next state, or null where the input is dropped. */
export function next(state: State | undefined, input: Input): State | null {
  return transitions[state ?? 'closed'][input];
}
