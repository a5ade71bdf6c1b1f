import { median } from '../statistics.ts';

/** Figures of one tool, a value for each round. */
export type Rounds = readonly number[];

/** How many times more a peer takes: the median of the ratios of each round, for a slow minute slows both. */
export function timesMore(ours: Rounds, peers: Rounds): number {
  if (ours.length !== peers.length || ours.length === 0) throw new RangeError('Both have to run in every round.');
  return median(ours.map((each, round) => (peers[round] ?? Number.NaN) / each));
}

/** To three digits that count: 1234 → 1230, 0.01234 → 0.0123. */
export function short(value: number): number {
  return Number(value.toPrecision(3));
}
