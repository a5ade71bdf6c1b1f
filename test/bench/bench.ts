import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { loadBaseline } from '../../shared/baseline/load.ts';
import { calls } from './calls.ts';
import { cost } from './cost.ts';
import { estates } from './estates.ts';
import { type Figure, isMet, type Part, rounded, TARGETS, type Target } from './figure.ts';
import { growth } from './growth.ts';
import { page } from './page.ts';
import { pure } from './pure.ts';
import { replayed } from './replayed.ts';
import { sizes } from './sizes.ts';
import { starts } from './starts.ts';
import { warm } from './warm.ts';

export const PARTS = [
  'sizes',
  'starts',
  'calls',
  'pure',
  'warm',
  'replay',
  'cost',
  'page',
  'growth',
  'estates',
] as const;
export type PartName = (typeof PARTS)[number];

export interface Measured extends Figure {
  part: PartName;
  target?: Target;
  met?: boolean;
}

/** All that `--json` writes. */
export interface Report {
  environment: { node: string; platform: string; cores: number; cpu: string; memoryGB: number; quick: boolean };
  figures: Measured[];
  parts: Partial<Record<PartName, { how: string; details?: Readonly<Record<string, unknown>> }>>;
}

const FILE = join(import.meta.dirname, '..', '..', 'baseline.yml');

/** Measures the parts one after another, so that none disturbs another; `tell` hears of each as it is done. */
export async function bench(
  only: readonly PartName[],
  { quick, measured = false }: { quick: boolean; measured?: boolean },
  tell: (part: PartName, figures: readonly Measured[], how: string) => void,
): Promise<Report> {
  const { baseline } = loadBaseline(readFileSync(FILE, 'utf8'), FILE, Date.now());
  const run: Record<PartName, () => Promise<Part>> = {
    sizes,
    starts: () => starts(quick),
    calls: () => calls(baseline),
    pure: () => pure(baseline, quick),
    warm: () => warm(baseline, quick),
    replay: () => replayed(quick),
    cost: () => cost(baseline, measured),
    page: () => page(quick),
    growth: () => growth(quick),
    estates: () => estates(quick),
  };
  const report: Report = { environment: environment(quick), figures: [], parts: {} };
  for (const name of PARTS.filter((part) => only.includes(part))) {
    globalThis.gc?.();
    const { figures, how, details } = await run[name]();
    const measured = figures.map((figure) => held(name, figure));
    report.figures.push(...measured);
    report.parts[name] = { how, ...(details ? { details } : {}) };
    tell(name, measured, how);
  }
  return report;
}

function held(part: PartName, figure: Figure): Measured {
  const target = TARGETS[figure.id];
  const value = rounded(figure.value);
  return { part, ...figure, value, ...(target ? { target, met: isMet(figure.value, target) } : {}) };
}

function environment(quick: boolean): Report['environment'] {
  return {
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    cores: availableParallelism(),
    cpu: cpus()[0]?.model ?? 'unknown',
    memoryGB: rounded(totalmem() / 1e9),
    quick,
  };
}
