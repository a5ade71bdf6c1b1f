import { execFile, fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { OWN } from '../../stack/place.ts';
import { aSample, type SampleEvent } from '../../support/samples.ts';
import { withBundles } from '../sizes.ts';
import { median } from '../statistics.ts';
import type { AskedFor } from './asked-for.ts';
import { CACHE, type Delays, environmentFor, type PeersEstate, TABLE } from './estate.ts';
import { EVENT_POLICIES, MODE } from './event-policies.ts';
import type { OurEvent } from './our-functions.ts';
import { short, timesMore } from './ratios.ts';
import type { Venvs } from './tools.ts';

const WARM = 6;

interface Taken {
  seconds: number;
  calls: number;
}

/** One way to be delayed; each figure is the median over the rounds of the median of warm events. */
export interface EventRow {
  delayMs: number;
  /** Of our own table and queue, which stand in the functions' region. */
  ownDelayMs: number;
  located: Taken;
  evaluated: Taken;
  /** Of all policies, added up, and of the fastest one. */
  sum?: Taken;
  one?: Taken;
  /** Their sum and their fastest, as multiples of our evaluation. */
  timesFasterThanSum?: number;
  timesFasterThanOne?: number;
}

export interface EventFigures {
  policies: number;
  warmEvents: number;
  rows: EventRow[];
}

/** At 30 ms our table and queue once as far away as what is audited, and once nearer, as they are. */
const DELAYS: readonly Required<Delays>[] = [
  { aws: 0, own: 0 },
  { aws: 30, own: 30 },
  { aws: 30, own: 5 },
];

/** One change of a cluster, by both, warm. */
export async function measureEvents(
  estate: PeersEstate,
  venvs: Venvs,
  { rounds, peers }: AskedFor,
  say: (line: string) => void,
): Promise<EventFigures> {
  const rows: EventRow[] = [];
  const known = new Map<number, Taken[][]>();
  await withBundles(async (folder) => {
    for (const delays of DELAYS) {
      const ours: OurEvent[] = [];
      const theirs: Taken[][] = [];
      for (let round = 0; round < rounds; round++) {
        const first = (rows.length * rounds + round) * (WARM + 1);
        await estate.reset(delays);
        ours.push(middle(await ourEvents(estate, folder, first)));
        // Custodian has neither table nor queue: where they stand makes it no difference.
        if (peers.includes('custodian') && !known.has(delays.aws)) theirs.push(await theirEvents(estate, venvs, first));
      }
      if (theirs.length > 0) known.set(delays.aws, theirs);
      rows.push(rowOf(delays, ours, known.get(delays.aws) ?? []));
      say(`  event at ${delays.aws} ms: ${JSON.stringify(rows.at(-1))}`);
    }
  });
  return { policies: EVENT_POLICIES.length, warmEvents: WARM, rows };
}

function events(estate: PeersEstate, first: number): SampleEvent[] {
  const { clusters } = estate.sizes;
  return Array.from({ length: WARM + 1 }, (_, at) => {
    const name = `cluster-${String((first + at) % clusters).padStart(4, '0')}`;
    return aSample('eks-UpdateClusterConfig', { eventID: `event-${first + at}`, requestParameters: { name } });
  });
}

async function ourEvents(estate: PeersEstate, folder: string, first: number): Promise<OurEvent[]> {
  const child = fork(join(import.meta.dirname, 'our-functions.ts'), [folder, estate.url], {
    env: {
      ...environmentFor(estate.url),
      ...{ FINDINGS_TABLE: TABLE, RECHECKS_QUEUE: `${estate.url}/${OWN}/rechecks`, OWN_ACCOUNT: OWN },
      POWERTOOLS_METRICS_NAMESPACE: 'eks-warden',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const taken = new Promise<OurEvent[]>((resolve, reject) => {
    child.on('message', (message) => resolve(message as OurEvent[]));
    child.on('exit', (code) => reject(new Error(`Our functions ended with ${code}.`)));
  });
  child.send(events(estate, first));
  try {
    return await taken;
  } finally {
    child.kill();
  }
}

/** Of the warm ones. */
function middle(all: readonly OurEvent[]): OurEvent {
  const of = (field: keyof OurEvent) => median(all.slice(1).map((each) => each[field]));
  return {
    ...{ locateSeconds: of('locateSeconds'), locateCalls: of('locateCalls') },
    ...{ evaluateSeconds: of('evaluateSeconds'), evaluateCalls: of('evaluateCalls') },
  };
}

/** A function for each policy, one after another, so that none disturbs another; on AWS they run side by side. */
async function theirEvents(estate: PeersEstate, venvs: Venvs, first: number): Promise<Taken[]> {
  const taken: Taken[] = [];
  for (const policy of EVENT_POLICIES) {
    const folder = join(CACHE, 'custodian-function');
    mkdirSync(folder, { recursive: true });
    const config = { 'execution-options': {}, policies: [{ ...policy, mode: MODE }] };
    writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
    const file = join(folder, 'events.json');
    writeFileSync(file, JSON.stringify(events(estate, first)));
    const script = join(import.meta.dirname, 'python', 'custodian_event.py');
    const { stdout } = await promisify(execFile)(join(venvs.custodian, 'bin', 'python'), [script, estate.url, file], {
      cwd: folder,
      env: { ...environmentFor(estate.url), C7N_SKIP_EVTERR: 'yes' },
    });
    const warm = (JSON.parse(stdout) as Taken[]).slice(1);
    taken.push({ seconds: median(warm.map((each) => each.seconds)), calls: median(warm.map(({ calls }) => calls)) });
  }
  return taken;
}

function rowOf(delays: Required<Delays>, ours: readonly OurEvent[], theirs: readonly (readonly Taken[])[]): EventRow {
  const of = (field: keyof OurEvent) => short(median(ours.map((each) => each[field])));
  const row = {
    ...{ delayMs: delays.aws, ownDelayMs: delays.own },
    located: { seconds: of('locateSeconds'), calls: of('locateCalls') },
    evaluated: { seconds: of('evaluateSeconds'), calls: of('evaluateCalls') },
  };
  if (theirs.length === 0) return row;
  const sums = theirs.map((each) => added(each));
  const fastest = theirs.map((each) => each.toSorted((a, b) => a.seconds - b.seconds)[0] ?? { seconds: 0, calls: 0 });
  const evaluated = ours.map(({ evaluateSeconds }) => evaluateSeconds);
  const times = (all: readonly Taken[]) =>
    short(
      timesMore(
        evaluated,
        all.map(({ seconds }) => seconds),
      ),
    );
  return {
    ...row,
    ...{ sum: medianOf(sums), one: medianOf(fastest) },
    ...{ timesFasterThanSum: times(sums), timesFasterThanOne: times(fastest) },
  };
}

function added(all: readonly Taken[]): Taken {
  return all.reduce((sum, { seconds, calls }) => ({ seconds: sum.seconds + seconds, calls: sum.calls + calls }), {
    seconds: 0,
    calls: 0,
  });
}

function medianOf(all: readonly Taken[]): Taken {
  return { seconds: short(median(all.map(({ seconds }) => seconds))), calls: median(all.map(({ calls }) => calls)) };
}
