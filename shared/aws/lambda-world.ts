import { type Environment, here, ownWorld, type Told, type Wiring } from './own-world.ts';
import { awsSession } from './session.ts';
import type { World } from './world.ts';

/**
 * The world of a deployed function that reads audited accounts. For more than its own account the environment has
 * MEMBER_ACCOUNTS (the registry, with commas), EXTERNAL_ID and ROLE_PATH.
 */
export function lambdaWorld(wiring: Wiring, told: Told, environment: Environment = process.env): World {
  const world = ownWorld(wiring, told, environment);
  const { OWN_ACCOUNT } = wiring;
  if (!OWN_ACCOUNT) return world;
  const { MEMBER_ACCOUNTS = '', EXTERNAL_ID, ROLE_PATH } = environment;
  const aws = awsSession({
    home: { account: OWN_ACCOUNT, region: here(environment).region },
    accounts: MEMBER_ACCOUNTS.split(',').flatMap((account) => account.trim() || []),
    ...(EXTERNAL_ID ? { externalId: EXTERNAL_ID } : {}),
    ...(ROLE_PATH ? { rolePath: ROLE_PATH } : {}),
    now: world.now,
  });
  return { ...world, aws };
}
