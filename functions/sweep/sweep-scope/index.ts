import middy from '@middy/core';
import data from '../../../baseline.yml';
import { lambdaWorld } from '../../../shared/aws/lambda-world.ts';
import { bundledBaseline } from '../../../shared/baseline/bundled.ts';
import { chain } from '../../../shared/runtime/chain.ts';
import { invocation } from '../../../shared/runtime/invocation.ts';
import { settings } from '../../../shared/runtime/settings.ts';
import { SWEEP_CALLS, timeToSweep } from '../../../shared/sweep/bounds.ts';
import { type ScopeSwept, scopeSweeper } from '../../../shared/sweep/sweep-scope.ts';

const wiring = settings(['FINDINGS_TABLE', 'RECHECKS_QUEUE', 'OWN_ACCOUNT']);
const { FIXES_QUEUE } = process.env;
const our = invocation('sweep-scope');
const baseline = bundledBaseline(data);
const calls = { ...SWEEP_CALLS, accounts: baseline.accounts };
const world = lambdaWorld({ ...wiring, ...(FIXES_QUEUE ? { FIXES_QUEUE } : {}) }, our, process.env, calls);
const sweep = scopeSweeper(world, baseline, { ownAccount: wiring.OWN_ACCOUNT, region: process.env.AWS_REGION });

/** One account in one region: lists and judges kind after kind, and says whether it came to the end. */
export const handler = middy<unknown, ScopeSwept>()
  .use(chain('sweep-scope', our))
  .handler((event, context) => sweep(event, timeToSweep(context)));
