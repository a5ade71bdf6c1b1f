import { CATALOGUE } from '../controls/catalogue.ts';
import { SettingError } from '../runtime/errors.ts';
import type { Baseline } from './baseline.ts';
import { readyBaseline } from './compile.ts';
import type { WrittenOut } from './write-out.ts';

/** The baseline that the package step validated, wrote out and put into the bundle as JSON. */
export function bundledBaseline(json: unknown): Baseline {
  if (!isWrittenOut(json)) {
    throw new SettingError('The bundle holds no baseline. Package and deploy the function again.');
  }
  return readyBaseline(json, CATALOGUE);
}

/** The settings of every control of this very code: a bundle is packaged whole. */
function isWrittenOut(json: unknown): json is WrittenOut {
  if (typeof json !== 'object' || json === null || !('controls' in json)) return false;
  const controls = json.controls as Record<string, { params?: unknown } | undefined> | null;
  return CATALOGUE.every(({ id }) => typeof controls?.[id]?.params === 'object');
}
