import { CATALOGUE } from '../controls/catalogue.ts';
import { SettingError } from '../runtime/errors.ts';
import type { Baseline } from './baseline.ts';
import { compileBaseline } from './compile.ts';
import type { BaselineFile } from './schema.ts';

/** The baseline that the package step validated and put into the bundle as JSON. */
export function bundledBaseline(json: unknown): Baseline {
  if (typeof json !== 'object' || json === null || !('catalogue' in json) || !('controls' in json)) {
    throw new SettingError('The bundle holds no baseline. Package and deploy the function again.');
  }
  return compileBaseline(json as BaselineFile, CATALOGUE);
}
