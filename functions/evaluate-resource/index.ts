import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import data from '../../baseline.yml';
import { lambdaWorld } from '../../shared/aws/lambda-world.ts';
import { bundledBaseline } from '../../shared/baseline/bundled.ts';
import { evaluateSteps } from '../../shared/findings/steps.ts';
import { chain } from '../../shared/runtime/chain.ts';
import { invocation } from '../../shared/runtime/invocation.ts';
import { settings } from '../../shared/runtime/settings.ts';
import { settleBatch } from '../../shared/runtime/settle-batch.ts';
import { timeFor } from '../../shared/runtime/time-for.ts';

const wiring = settings(['FINDINGS_TABLE', 'RECHECKS_QUEUE', 'OWN_ACCOUNT']);
const our = invocation('evaluate-resource');
const baseline = bundledBaseline(data);
const world = lambdaWorld(wiring, our, process.env, { accounts: baseline.accounts });
const steps = evaluateSteps(world, baseline);

/** Rechecks → table: reads each named resource again and judges it. A message that fails goes back alone. */
export const handler = middy<SQSEvent, SQSBatchResponse>()
  .use(chain('evaluate-resource', our))
  .handler(({ Records }, context) => settleBatch(Records, steps(), our, timeFor(context)));
