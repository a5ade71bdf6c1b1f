import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../runtime/clock.ts';
import type { ReadAction, WriteAction } from './actions.ts';
import { type Backend, batchOver, type Counted } from './batch.ts';
import { type ClientSettings, clientPool, stsAssume } from './client-pool.ts';
import { entry } from './entry.ts';
import { failureOf } from './failure.ts';
import { mergedReads } from './merged-reads.ts';
import { type Pace, pacer, type Sleep } from './pace.ts';
import { allPages } from './pages.ts';
import type { Place } from './place.ts';
import type { Read } from './read.ts';
import type { Write } from './reader.ts';
import type { Aws } from './world.ts';
import { writeOf } from './write-failure.ts';

export interface SessionSettings {
  /** The account and region that the code runs in. */
  home: { account: string; region: string };
  /** The registry of other accounts that may be entered. */
  accounts?: readonly string[];
  externalId?: string;
  rolePath?: string;
  now?: Clock;
  sleep?: Sleep;
  /** Calls per account, region and service, for scans and sweeps; absent: as fast as AWS answers. */
  pace?: Pace;
  client?: ClientSettings;
}

export interface Session extends Aws {
  /** How often each action went over the wire, retries included. */
  attempts(): ReadonlyMap<string, number>;
}

/** Sessions in real accounts. Clients and credentials are kept for its life: make one for the process. */
export function awsSession(settings: SessionSettings): Session {
  const attempts = new Map<string, number>();
  const tried = (action: string, times: number): void => {
    attempts.set(action, (attempts.get(action) ?? 0) + times);
  };
  const backend = mergedReads(liveBackend(settings, tried));
  return { batch: () => batchOver(backend), attempts: () => attempts };
}

type Tried = (action: string, times: number) => void;
type Answer = Readonly<Record<string, unknown>>;

function liveBackend(settings: SessionSettings, tried: Tried): Backend {
  const { home, accounts = [], now = () => Date.now(), sleep = (ms) => wait(ms), client = {} } = settings;
  const assume = stsAssume(home.region, client, () => tried('sts:AssumeRole', 1));
  const enter = entry({ ...settings, home: home.account, region: home.region, accounts }, assume, now);
  const pacing = pacer(settings.pace, now, sleep);
  const nameOf = ({ account, region }: Place) => `${account} ${region}`;
  const send = clientPool(enter, client, (action, times, place) => {
    tried(action, times);
    if (times > 1) pacing.throttled(nameOf(place), action);
    else pacing.taken(nameOf(place), action);
  });
  const turnOf = (place: Place, action: ReadAction | WriteAction) => pacing.turn(nameOf(place), action);

  async function read(place: Place, action: ReadAction, input: object, counted: Counted): Promise<Read<unknown>> {
    await turnOf(place, action);
    const began = now();
    let asked = 0;
    const ask = async (page: Answer): Promise<Answer> => {
      if (asked++ > 0) await turnOf(place, action);
      return send(place, 'read', action, page, counted);
    };
    try {
      const value = await allPages(action, input as Answer, ask);
      if (value !== undefined) return { outcome: 'found', value, began };
      return { outcome: 'malformed', began, action, why: `The pages of ${action} do not end.` };
    } catch (error) {
      return readFailure(error, action, began);
    }
  }

  async function write(place: Place, action: WriteAction, input: object, counted: Counted): Promise<Write<unknown>> {
    await turnOf(place, action);
    return writeOf(action, () => send(place, 'fix', action, input as Answer, counted));
  }

  return { region: home.region, read, write };
}

function readFailure(error: unknown, action: string, began: number): Read<never> {
  const failure = failureOf(error, action);
  if (failure === undefined) throw error;
  if (failure.outcome === 'gone') return { outcome: 'gone', began };
  return { outcome: failure.outcome, began, action: failure.action, why: failure.why };
}
