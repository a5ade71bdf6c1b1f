import { type Environment, here, ownWorld, type Told, type Wiring } from './own-world.ts';
import { awsSession, type SessionSettings } from './session.ts';
import type { World } from './world.ts';

/** Which other accounts may be entered, the registry, and how they are called: a sweep goes more slowly than an event. */
export type Calls = Pick<SessionSettings, 'accounts' | 'pace' | 'client'>;

/**
 * The world of a deployed function that reads audited accounts. The registry comes with the baseline, as an
 * environment has no room for a long one; EXTERNAL_ID and ROLE_PATH, by which accounts are entered, come from there.
 */
export function lambdaWorld(
  wiring: Wiring,
  told: Told,
  environment: Environment = process.env,
  calls: Calls = {},
): World {
  const world = ownWorld(wiring, told, environment);
  const { OWN_ACCOUNT } = wiring;
  if (!OWN_ACCOUNT) return world;
  const { EXTERNAL_ID, ROLE_PATH } = environment;
  const aws = awsSession({
    home: { account: OWN_ACCOUNT, region: here(environment).region },
    ...(EXTERNAL_ID ? { externalId: EXTERNAL_ID } : {}),
    ...(ROLE_PATH ? { rolePath: ROLE_PATH } : {}),
    now: world.now,
    ...calls,
  });
  return { ...world, aws };
}
