import type { Check } from '../../deployment/check.ts';
import { EXIT } from '../output.ts';

export * from '../../deployment/check.ts';

/** Of all checks: something wrong outweighs what could not be looked at. */
export function exitOf(checks: readonly Check[]): number {
  if (checks.some(({ state }) => state === 'wrong')) return EXIT.findings;
  return checks.some(({ state }) => state === 'unknown') ? EXIT.incomplete : EXIT.fine;
}
