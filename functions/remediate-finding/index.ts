import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import data from '../../baseline.yml';
import { lambdaWorld } from '../../shared/aws/lambda-world.ts';
import { bundledBaseline } from '../../shared/baseline/bundled.ts';
import { remediateStep } from '../../shared/remediation/step.ts';
import { chain } from '../../shared/runtime/chain.ts';
import { invocation } from '../../shared/runtime/invocation.ts';
import { settings } from '../../shared/runtime/settings.ts';
import { settleBatch } from '../../shared/runtime/settle-batch.ts';
import { timeFor } from '../../shared/runtime/time-for.ts';

const wiring = settings(['FINDINGS_TABLE', 'RECHECKS_QUEUE', 'FIXES_QUEUE', 'OWN_ACCOUNT', 'FIX_ROLE']);
const our = invocation('remediate-finding');
const baseline = bundledBaseline(data);
const world = lambdaWorld(wiring, our, process.env, { accounts: baseline.accounts });
const remediate = remediateStep(world, baseline, wiring);

/** Fixes → AWS: what the baseline allows to be fixed, behind every guard. A message that fails goes back alone. */
export const handler = middy<SQSEvent, SQSBatchResponse>()
  .use(chain('remediate-finding', our))
  .handler(({ Records }, context) => settleBatch(Records, remediate, our, timeFor(context)));
