import type { Baseline } from '../../../baseline/baseline.ts';
import type { Hub } from '../../hub.ts';
import type { Check } from '../check.ts';

/** A deployment to be looked at, and the baseline that it should run with. */
export interface Examined {
  hub: Hub;
  baseline: Baseline;
  /** The account that the hub stands in. */
  account: string;
  now: number;
}

/** Looks at one part of a deployment. What cannot be read is a check too, never an exception. */
export type Examine = (examined: Examined) => Promise<readonly Check[]>;
