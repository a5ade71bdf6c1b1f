import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import data from '../../baseline.yml';
import { sqsQueue } from '../../shared/aws/own/queue.ts';
import { sfnSweeps } from '../../shared/aws/own/sweeps.ts';
import { dynamoTable } from '../../shared/aws/own/table.ts';
import { worldOf } from '../../shared/aws/world-of.ts';
import { bundledBaseline } from '../../shared/baseline/bundled.ts';
import { locateStep } from '../../shared/findings/locate-step.ts';
import { chain } from '../../shared/runtime/chain.ts';
import { invocation } from '../../shared/runtime/invocation.ts';
import { settings } from '../../shared/runtime/settings.ts';
import { settleBatch } from '../../shared/runtime/settle-batch.ts';
import { timeFor } from '../../shared/runtime/time-for.ts';

const wiring = settings(['FINDINGS_TABLE', 'RECHECKS_QUEUE', 'OWN_ACCOUNT', 'AWS_REGION']);
const our = invocation('locate-change');
const calling = { region: wiring.AWS_REGION };
const table = dynamoTable(wiring.FINDINGS_TABLE, calling);
const { SWEEP_MACHINE } = process.env;
const sweeps = SWEEP_MACHINE ? { sweeps: sfnSweeps(SWEEP_MACHINE, calling) } : {};
const world = worldOf(our, { table, rechecks: sqsQueue(wiring.RECHECKS_QUEUE, calling), ...sweeps });
const locate = locateStep(world, bundledBaseline(data), wiring.OWN_ACCOUNT);

/** Events → rechecks: which resources a change concerns. A message that fails goes back alone. */
export const handler = middy<SQSEvent, SQSBatchResponse>()
  .use(chain('locate-change', our))
  .handler(({ Records }, context) => settleBatch(Records, locate, our, timeFor(context)));
