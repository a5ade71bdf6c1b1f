/** What a figure must be, in its own unit. */
export type Target = { most: number } | { least: number };

/** One measured number. `id` names it for ever; `what` says what was measured, in words. */
export interface Figure {
  id: string;
  what: string;
  value: number;
  unit: 'kB' | 'ms' | '×' | 'calls' | 'looks' | 'per s' | 'MB/s' | 'MB' | 'MiB' | '%' | '$';
}

/** What one part of the bench found out: figures, and rows that are not held to anything. */
export interface Part {
  figures: Figure[];
  /** How it was measured: one sentence. */
  how: string;
  details?: Readonly<Record<string, unknown>>;
}

/** The figures that a release is held to, by id. */
export const TARGETS: Readonly<Record<string, Target>> = {
  'zipped.evaluate-resource': { most: 350 },
  'zipped.locate-change': { most: 150 },
  'zipped.announce-finding': { most: 150 },
  'start.locate-change': { most: 30 },
  'start.announce-finding': { most: 60 },
  'start.evaluate-resource': { most: 60 },
  'start.post-to-slack': { most: 60 },
  'start.remediate-finding': { most: 60 },
  'look.cluster.actions-per-facet': { most: 1 },
  'look.cluster.describe-cluster': { most: 1 },
  'look.cluster.table-reads': { most: 1 },
  'look.cluster.table-writes': { most: 1 },
  'untouched.table-queries': { most: 1 },
  'untouched.aws-reads': { most: 0 },
  'ten-events.looks-now': { most: 2 },
  'ten-events.looks-later': { most: 1 },
  'pure.verdicts': { least: 500_000 },
  'replay.throughput': { least: 50 },
  'replay.memory': { most: 300 },
  'cost.million': { most: 12 },
  'page.size': { most: 3 },
  'page.open': { most: 1000 },
  'page.filter': { most: 1000 },
  'growth.calls': { most: 1.1 },
  'growth.time': { most: 1.5 },
  'growth.alive': { most: 1.5 },
  'growth.most-memory': { most: 256 },
  'snapshot.scan': { most: 2000 },
  'estates.memory': { most: 256 },
  'estates.time': { most: 60 },
  'estates.state': { most: 256 },
};

export function isMet(value: number, target: Target): boolean {
  return 'most' in target ? value <= target.most : value >= target.least;
}

/** To as many digits as are worth reading. */
export function rounded(value: number): number {
  const digits = Math.abs(value) >= 100 ? 0 : 1;
  return Number(value.toFixed(digits));
}
