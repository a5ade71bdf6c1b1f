import { median } from '../statistics.ts';
import type { AskedFor } from './asked-for.ts';
import { type PeersEstate, startEstate } from './estate.ts';
import type { Measured } from './measure.ts';
import { short } from './ratios.ts';
import { inRounds, type Taking, warmUp } from './scans.ts';
import { custodianRun, ourAll, prowlerAll, type Run, type Venvs } from './tools.ts';

const DELAY = 30;

/** What a larger account adds: a fixed start of a tool is in neither. */
export interface SlopeFigures {
  delayMs: number;
  clusters: readonly [number, number];
  /** Medians over the rounds of the differences. */
  added: { run: string; seconds: number; calls: number; memoryMB: number }[];
}

type Field = 'seconds' | 'calls' | 'memoryMB';

/** Measures the small account, and the large one where its runs at this delay are not known yet. */
export async function measureSlope(
  large: PeersEstate,
  venvs: Venvs,
  { small: sizes, peers, rounds }: AskedFor,
  known: Taking,
  say: (line: string) => void,
): Promise<SlopeFigures> {
  const runs: Run[] = [
    ourAll(),
    ...(peers.includes('prowler') ? [prowlerAll(venvs)] : []),
    ...(peers.includes('custodian') ? [custodianRun(venvs)] : []),
  ];
  const small = await startEstate(venvs.moto, sizes);
  try {
    await warmUp(small, venvs, runs);
    const options = { rounds, delay: DELAY, say };
    const less = await inRounds(small, venvs, runs, options);
    const unknown = runs.filter(({ name }) => !known.has(name));
    await warmUp(large, venvs, unknown);
    const more = new Map([...known, ...(await inRounds(large, venvs, unknown, options))]);
    const added = runs.map(({ name }) => {
      const of = (field: Field) => short(difference(less.get(name) ?? [], more.get(name) ?? [], field));
      return { run: name, seconds: of('seconds'), calls: of('calls'), memoryMB: of('memoryMB') };
    });
    return { delayMs: DELAY, clusters: [sizes.clusters, large.sizes.clusters], added };
  } finally {
    await small.stop();
  }
}

function difference(less: readonly Measured[], more: readonly Measured[], field: Field): number {
  return median(more.map((each, round) => each[field] - (less[round]?.[field] ?? Number.NaN)));
}
