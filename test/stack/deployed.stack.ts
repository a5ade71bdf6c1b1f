import { afterAll, beforeAll } from 'vitest';
import { type Bench, setUp, tearDown } from './bench.ts';
import { doctorScenarios } from './scenarios/doctor.ts';
import { elsewhereScenarios } from './scenarios/elsewhere.ts';
import { eventScenarios } from './scenarios/events.ts';
import { faultScenarios } from './scenarios/faults.ts';
import { killedSweepScenario } from './scenarios/killed-sweep.ts';
import { lastScenarios } from './scenarios/last.ts';
import { muteScenario, operatorScenarios } from './scenarios/operator.ts';
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
muteScenario(here);
doctorScenarios(here);
eventScenarios(here);
elsewhereScenarios(here);
operatorScenarios(here);
killedSweepScenario(here);
faultScenarios(here);
sweepScenarios(here);
speedScenarios(here);
rightsScenarios(here);
lastScenarios(here);
