import type { Context } from 'aws-lambda';

/** What a packaged function is called with here: enough time for whatever it does. */
export const LAMBDA_CONTEXT = {
  functionName: 'function',
  functionVersion: '$LATEST',
  memoryLimitInMB: '512',
  awsRequestId: 'local',
  getRemainingTimeInMillis: () => 300_000,
} as Context;
