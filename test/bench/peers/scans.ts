import { median } from '../statistics.ts';
import type { PeersEstate } from './estate.ts';
import { type Measured, measure, type Taken } from './measure.ts';
import { type Peer, pairsOf } from './pairs.ts';
import { short, timesMore } from './ratios.ts';
import { custodianRun, ourAll, ourShared, prowlerAll, prowlerShared, type Run, type Venvs } from './tools.ts';
import { compared, type Difference } from './verdicts.ts';

/** Ours beside a peer: both are run in every round. */
export interface Comparison {
  peer: Peer;
  what: 'everything' | 'shared';
  ours: Run;
  theirs: Run;
}

/** What each peer is compared with. Custodian's policies are the shared ones in both. */
export function comparisons(peers: readonly Peer[], venvs: Venvs): Comparison[] {
  const all: Comparison[] = [
    { peer: 'prowler', what: 'everything', ours: ourAll(), theirs: prowlerAll(venvs) },
    { peer: 'prowler', what: 'shared', ours: ourShared('prowler'), theirs: prowlerShared(venvs) },
    { peer: 'custodian', what: 'everything', ours: ourAll(), theirs: custodianRun(venvs) },
    { peer: 'custodian', what: 'shared', ours: ourShared('custodian'), theirs: custodianRun(venvs) },
  ];
  return all.filter(({ peer }) => peers.includes(peer));
}

/** Every run of each round, by the run's name. */
export type Taking = Map<string, Measured[]>;

/** Once each, unmeasured: moto's answers are remembered, and every tool's files are read from the disk and compiled. */
export async function warmUp(estate: PeersEstate, venvs: Venvs, runs: readonly Run[]): Promise<void> {
  for (const run of onceEach(runs)) await measure(estate, venvs, run, { aws: 0 });
}

const onceEach = (runs: readonly Run[]): Run[] => [...new Map(runs.map((run) => [run.name, run])).values()];

/** Runs everything once in each round, one after another. */
export async function inRounds(
  estate: PeersEstate,
  venvs: Venvs,
  runs: readonly Run[],
  { rounds, delay, say }: { rounds: number; delay: number; say: (line: string) => void },
): Promise<Taking> {
  const once = onceEach(runs);
  const taking: Taking = new Map(once.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const run of once) {
      const taken = await measure(estate, venvs, run, { aws: delay });
      taking.get(run.name)?.push(taken);
      const { seconds, calls, memoryMB } = taken;
      say(`  ${delay} ms, round ${round}: ${run.name}: ${short(seconds)} s, ${calls} calls, ${short(memoryMB)} MB`);
    }
  }
  return taking;
}

export interface Row extends Taken {
  run: string;
  delayMs: number;
  /** Calls of the last round, by action. */
  actions: Measured['actions'];
}

/** The medians of one run. */
export function rowOf(run: string, delayMs: number, all: readonly Measured[]): Row {
  const of = (field: keyof Taken) => short(median(all.map((each) => each[field])));
  return {
    ...{ run, delayMs, seconds: of('seconds'), cpuSeconds: of('cpuSeconds'), memoryMB: of('memoryMB') },
    ...{ togetherMB: of('togetherMB'), calls: median(all.map(({ calls }) => calls)), atOnce: of('atOnce') },
    actions: all.at(-1)?.actions ?? {},
  };
}

export interface Ratio {
  peer: Peer;
  what: Comparison['what'];
  delayMs: number;
  /** Their wall time as a multiple of ours. */
  timesFaster: number;
  callsShare: number;
  memoryShare: number;
}

export function ratioOf({ peer, what, ours, theirs }: Comparison, delayMs: number, taking: Taking): Ratio {
  const of = (run: Run, field: keyof Taken) => (taking.get(run.name) ?? []).map((each) => each[field]);
  const share = (field: keyof Taken) => short(1 / timesMore(of(ours, field), of(theirs, field)));
  const timesFaster = short(timesMore(of(ours, 'seconds'), of(theirs, 'seconds')));
  return { peer, what, delayMs, timesFaster, callsShare: share('calls'), memoryShare: share('memoryMB') };
}

/** What a run said of each shared control, against what was seeded. */
export interface Verdicts {
  run: string;
  differences: Difference[];
}

export function verdictsOf(estate: PeersEstate, { peer, ours, theirs }: Comparison, taking: Taking): Verdicts[] {
  const controls = pairsOf(peer).map(({ control }) => control);
  return [ours, theirs].map(({ name }) => ({
    run: name,
    differences: compared(estate.seeded, taking.get(name)?.at(-1)?.failing ?? {}, controls),
  }));
}
