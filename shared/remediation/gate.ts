import type { World } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { AnyStep } from '../controls/define-control.ts';
import { keyOf } from '../resources/resource.ts';
import { DAY, HOUR } from '../runtime/clock.ts';
import type { TimeFor } from '../runtime/time-for.ts';
import { planHash } from './candidate.ts';
import type { Candidate, Fix } from './fix.ts';
import { type Approval, guards } from './guards.ts';

/** Fixes of one finding that the breaker looks back on: their undoing stands among them. */
const MOST_SEEN = 20;

/** Longer than one offer of a fix is tried. */
const TRIED_FOR = 2 * HOUR;

export interface FixSettings {
  /** SSM parameter whose value `on` lets fixes run. */
  killSwitch: string;
  ownAccount: string;
  /** ARN of our own role in an account: events by it are our own. */
  ownRole(account: string): string;
  /** Of this invocation: no call begins that could not be recorded. */
  enough?: TimeFor;
}

type Facts = { [G in keyof typeof guards]: () => Promise<Parameters<(typeof guards)[G]>[0]> };

/**
 * Asks every guard in its order and returns the first answer against the fix, or undefined. A fact that cannot be read
 * is an answer against it. `steps` are what would be done.
 */
export async function held(
  world: World,
  baseline: Baseline,
  settings: FixSettings,
  candidate: Candidate,
  steps: readonly AnyStep[],
): Promise<string | undefined> {
  const facts = factsOf(world, baseline, settings, candidate, steps);
  for (const name of Object.keys(guards) as (keyof typeof guards)[]) {
    const why = await ask(name, facts);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** One guard, asked now: the kill switch is asked again right before each call. */
export async function killed(world: World, { killSwitch }: FixSettings): Promise<string | undefined> {
  return ask('killSwitch', { killSwitch: () => world.parameter(killSwitch) });
}

async function ask<G extends keyof typeof guards>(name: G, facts: Pick<Facts, G>): Promise<string | undefined> {
  const guard = guards[name] as (fact: Parameters<(typeof guards)[G]>[0]) => string | undefined;
  let fact: Parameters<(typeof guards)[G]>[0];
  try {
    fact = await facts[name]();
  } catch (error) {
    return `The guard ${name} could not be asked: ${error instanceof Error ? error.name : 'an exception'}.`;
  }
  return guard(fact);
}

function factsOf(
  world: World,
  baseline: Baseline,
  settings: FixSettings,
  { resource, control, finding, rule, waiver, fixId }: Candidate,
  steps: readonly AnyStep[],
): Facts {
  const now = world.now();
  const { account } = resource;
  const { accounts, fixesPerHour } = baseline.remediation;
  const watched = baseline.accounts.length > 0 ? baseline.accounts : [settings.ownAccount];
  const cause = finding.cause;
  return {
    killSwitch: () => world.parameter(settings.killSwitch),
    mode: async () => rule?.mode,
    scope: async () => ({ account, accounts: accounts.length > 0 ? accounts : watched }),
    waiver: async () => waiver,
    safety: async () => steps,
    ownEvent: async () => ({ cause, ownRole: settings.ownRole(account) }),
    undone: async () => finding.fix,
    flipFlop: async () => {
      const fixes = await world.table.query(keyOf(resource), {
        prefix: `fix#${control}#`,
        most: MOST_SEEN,
        newestFirst: true,
      });
      const startedAt = (fixes as Fix[])
        .filter(({ id, undoes }) => id !== fixId && !undoes)
        .map((fix) => fix.startedAt);
      return { startedAt, now, actor: cause?.actor.person ?? cause?.actor.principal };
    },
    asCode: async () => ({ cause, always: rule?.always ?? false }),
    budget: async () => ({ taken: await takeBudget(world, account, fixId, fixesPerHour), most: fixesPerHour }),
    approval: async () => {
      const item = await world.table.get(keyOf(resource), `approval#${control}`);
      const needed = rule?.mode !== 'remediate' || steps.some(({ safety }) => safety !== 'auto');
      return { needed, approval: item as Approval | undefined, plan: planHash(steps), now };
    },
  };
}

/** One fix takes from its account's hour once, however often its message comes; offered again another day, it takes again. */
async function takeBudget(world: World, account: string, fixId: string, most: number): Promise<'added' | 'over'> {
  const hour = Math.floor(world.now() / HOUR);
  const ttl = Math.ceil((world.now() + DAY) / 1000);
  const pk = `budget#${account}`;
  const before = await world.table.get(pk, `taken#${fixId}`);
  if (Number(before?.at ?? 0) > world.now() - TRIED_FOR) return 'added';
  const taken = await world.table.add(pk, `hour#${hour}`, 1, most, ttl);
  if (taken === 'added') await world.table.put({ pk, sk: `taken#${fixId}`, at: world.now(), ttl });
  return taken;
}
