import { expect, it } from 'vitest';
import type { Bench } from '../bench.ts';
import { report } from '../figures.ts';
import { grantedBy } from '../wire/principals.ts';
import { NOT_CALLED } from './not-called.ts';

/** What the roles may do, against what was done. */
export function rightsScenarios(here: () => Bench): void {
  it('S-01: no function was refused anything, but what a test refused', () => {
    const { stack } = here();
    const functions = new Set([...stack.deployed.principals.values()].map(({ session }) => session));
    const refused = stack.wire.calls.filter(({ caller, refused, made }) => functions.has(caller) && refused && !made);
    expect([...new Set(refused.map(({ caller, action }) => `${caller} ${action}`))]).toEqual([]);
  });

  it('S-01: every right of every role was used, but for those with a reason', () => {
    const { stack } = here();
    const called = new Set(stack.wire.calls.map(({ caller, action }) => `${caller} ${action}`));
    const unused: Record<string, string[]> = {};
    for (const { role, session } of stack.deployed.principals.values()) {
      const granted = grantedBy(stack.deployed.policies.get(role) ?? []);
      const name = session.replace(/^eks-warden-/, '');
      const left = granted.filter(
        (action) => !called.has(`${session} ${action}`) && NOT_CALLED['every function']?.[action] === undefined,
      );
      unused[name] = left.filter((action) => NOT_CALLED[name]?.[action] === undefined).sort();
    }
    report('rights that are granted, were not called and have no reason', Object.values(unused).flat().length);
    expect(Object.fromEntries(Object.entries(unused).filter(([, left]) => left.length > 0))).toEqual({});
  });
}
