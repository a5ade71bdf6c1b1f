import { awsSession, type Session } from '../../shared/aws/session.ts';
import type { Table, World } from '../../shared/aws/world.ts';
import { worldOf } from '../../shared/aws/world-of.ts';
import type { Recheck } from '../../shared/changes/change.ts';
import { startAuditedAccounts } from '../support/cloud/audited/index.ts';
import { anEstate } from '../support/estate.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
const START = Date.UTC(2026, 10, 20, 10);

/** An account over HTTP, read through the real SDK, with a clock that the bench turns. */
export interface BenchEstate {
  clock: { now: number };
  session: Session;
  /** Lays a merge patch over the account's region. */
  change(patch: object): void;
  stop(): Promise<void>;
}

export async function benchEstate(): Promise<BenchEstate> {
  const clock = { now: START };
  const accounts = { [ACCOUNT]: anEstate(ACCOUNT, REGION) };
  const { url, change, stop } = await startAuditedAccounts({ now: () => clock.now, accounts });
  const sdk = { endpoint: url, credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'sample' } };
  const session = awsSession({ home: { account: ACCOUNT, region: REGION }, now: () => clock.now, client: { sdk } });
  return { clock, session, change: (patch) => change(ACCOUNT, patch, ['regions', REGION]), stop };
}

/** A recheck on its way, and when it arrives (ms). */
export interface Sent {
  recheck: Recheck;
  at: number;
}

/** A world around a table, whose queue is a list. */
export function benchWorld({ clock, session }: Pick<BenchEstate, 'clock' | 'session'>, table: Table) {
  const sent: Sent[] = [];
  const silent = () => {};
  let chance = 0;
  const world: World = worldOf(
    { log: { info: silent, warn: silent, error: silent }, metrics: { count: silent, duration: silent } },
    {
      now: () => clock.now,
      random: () => {
        chance = (chance + 1) % 1e6;
        return chance / 1e6;
      },
      aws: session,
      table,
      rechecks: {
        send: async (message, { delay = 0 } = {}) => {
          sent.push({ recheck: message as Recheck, at: clock.now + delay * 1000 });
        },
      },
    },
  );
  return { world, sent };
}
