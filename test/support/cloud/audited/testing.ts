import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECRClient } from '@aws-sdk/client-ecr';
import { EKSClient } from '@aws-sdk/client-eks';
import { IAMClient } from '@aws-sdk/client-iam';
import { Inspector2Client } from '@aws-sdk/client-inspector2';
import { KMSClient } from '@aws-sdk/client-kms';
import { STSClient } from '@aws-sdk/client-sts';
import type { Account, EventDetail } from './index.ts';
import { anAccount, startAuditedAccounts } from './index.ts';

export const ACCOUNT = '111122223333';
export const OTHER = '444455556666';
export const REGION = 'eu-west-1';
export const START = Date.parse('2026-11-20T10:00:00Z');

/** Real clients of a running cloud; one attempt, so that a test sees each answer. */
export function clientsOf(url: string, more: { accessKeyId?: string; region?: string; maxAttempts?: number } = {}) {
  const options = {
    endpoint: url,
    region: more.region ?? REGION,
    credentials: { accessKeyId: more.accessKeyId ?? ACCOUNT, secretAccessKey: 'sample' },
    maxAttempts: more.maxAttempts ?? 1,
    requestHandler: { requestTimeout: 300, throwOnRequestTimeout: true },
  };
  return {
    cloudtrail: new CloudTrailClient(options),
    ec2: new EC2Client(options),
    ecr: new ECRClient(options),
    eks: new EKSClient(options),
    iam: new IAMClient(options),
    inspector2: new Inspector2Client(options),
    kms: new KMSClient(options),
    logs: new CloudWatchLogsClient(options),
    sts: new STSClient(options),
  };
}

/** Two healthy accounts on a port, with a clock that the test turns. */
export async function aCloud(more: { mostPerPage?: number; accounts?: Record<string, Account> } = {}) {
  let time = START;
  const events: EventDetail[] = [];
  const cloud = await startAuditedAccounts({
    now: () => time,
    accounts: { [ACCOUNT]: anAccount(ACCOUNT), [OTHER]: { regions: {}, iam: {} }, ...more.accounts },
    onEvent: (event) => events.push(event),
    ...(more.mostPerPage !== undefined && { mostPerPage: more.mostPerPage }),
  });
  return {
    ...cloud,
    events,
    clients: clientsOf(cloud.url),
    pass(milliseconds: number): void {
      time += milliseconds;
    },
  };
}

/** The name, status and message that a client's call fails with. */
export async function failure(
  call: Promise<unknown>,
): Promise<{ name: string; status: number | undefined; message: string }> {
  const problem = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(problem instanceof Error)) throw new Error('The call did not fail.');
  const { $metadata } = problem as { $metadata?: { httpStatusCode?: number } };
  return { name: problem.name, status: $metadata?.httpStatusCode, message: problem.message };
}
