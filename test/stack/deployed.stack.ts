import { afterAll, beforeAll } from 'vitest';
import { type Bench, setUp, tearDown } from './bench.ts';
import { elsewhereScenarios } from './scenarios/elsewhere.ts';
import { eventScenarios } from './scenarios/events.ts';
import { faultScenarios } from './scenarios/faults.ts';
import { lastScenarios } from './scenarios/last.ts';
import { rightsScenarios } from './scenarios/rights.ts';
import { speedScenarios } from './scenarios/speed.ts';
import { firstSweepScenarios, sweepScenarios } from './scenarios/sweeps.ts';

let bench: Bench | undefined;
const here = (): Bench => {
  if (bench === undefined) throw new Error('Nothing is deployed.');
  return bench;
};

beforeAll(async () => {
  bench = await setUp();
});

afterAll(async () => {
  if (bench) await tearDown(bench);
});

firstSweepScenarios(here);
eventScenarios(here);
elsewhereScenarios(here);
faultScenarios(here);
sweepScenarios(here);
speedScenarios(here);
rightsScenarios(here);
lastScenarios(here);
