import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from './place.ts';

interface Figure {
  name: string;
  value: number;
  /** What it may be at most, where something was promised. */
  most?: number;
}

const figures: Figure[] = [];

/** Writes a figure down: into `.cache/stack/figures.json`, and on the terminal. */
export function report(name: string, value: number, most?: number): void {
  figures.push({ name, value: Math.round(value * 10) / 10, ...(most === undefined ? {} : { most }) });
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(join(CACHE, 'figures.json'), `${JSON.stringify(figures, null, 2)}\n`);
  const promised = most === undefined ? '' : ` (at most ${most})`;
  process.stdout.write(`  figure: ${name}: ${Math.round(value * 10) / 10}${promised}\n`);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
