import type { World } from '../aws/world.ts';
import { worldOf } from '../aws/world-of.ts';

/** A world in which no time passes, nothing is sent and nobody is told: of whoever judges without a deployment. */
export function stillWorld({ at, aws, table }: { at: number } & Pick<World, 'aws' | 'table'>): World {
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  return worldOf(
    { log: silent, metrics: { count: () => {}, duration: () => {} } },
    { now: () => at, random: () => 0, table, aws, rechecks: { send: async () => {} } },
  );
}
