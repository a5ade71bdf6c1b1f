import { join } from 'node:path';
import type { Baseline } from '../baseline/baseline.ts';
import { loadBaseline } from '../baseline/load.ts';
import { firstOf, textOf } from '../runtime/text-file.ts';

const SHIPPED = join(import.meta.dirname, '..', '..', 'baseline.yml');

export interface BaselineText {
  /** As the person named it. */
  file: string;
  text: string;
}

/** The file that was named, here or in `EKS_WARDEN_BASELINE`, else `baseline.yml` of this folder, else the shipped one. */
export function baselineText(named = process.env.EKS_WARDEN_BASELINE): BaselineText {
  if (named !== undefined) return { file: named, text: textOf(named) };
  return firstOf(['baseline.yml']) ?? { file: SHIPPED, text: textOf(SHIPPED) };
}

/** Throws a `BaselineError` with every problem. */
export function baselineFor(named: string | undefined, now: number): Baseline {
  const { file, text } = baselineText(named);
  return loadBaseline(text, file, now).baseline;
}
