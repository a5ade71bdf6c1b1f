import { DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import { DescribeRepositoriesCommand } from '@aws-sdk/client-ecr';
import { DescribeClusterCommand, UpdateClusterConfigCommand } from '@aws-sdk/client-eks';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import { ListFindingsCommand } from '@aws-sdk/client-inspector2';
import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FaultKind, namesOf } from '../support/cloud/audited/index.ts';
import { ACCOUNT, aCloud, clientsOf, failure, REGION, START } from '../support/cloud/audited/testing.ts';

const names = namesOf(ACCOUNT, REGION);

let cloud: Awaited<ReturnType<typeof aCloud>>;
beforeEach(async () => {
  cloud = await aCloud();
});
afterEach(() => cloud.stop());

type Clients = ReturnType<typeof clientsOf>;

const READS: Record<string, (clients: Clients) => Promise<object>> = {
  'cloudtrail:DescribeTrails': ({ cloudtrail }) => cloudtrail.send(new DescribeTrailsCommand({})),
  'ec2:DescribeVpcs': ({ ec2 }) => ec2.send(new DescribeVpcsCommand({})),
  'ecr:DescribeRepositories': ({ ecr }) => ecr.send(new DescribeRepositoriesCommand({})),
  'eks:DescribeCluster': ({ eks }) => eks.send(new DescribeClusterCommand({ name: 'payments' })),
  'iam:GetRole': ({ iam }) => iam.send(new GetRoleCommand({ RoleName: 'payments-app' })),
  'inspector2:ListFindings': ({ inspector2 }) => inspector2.send(new ListFindingsCommand({})),
  'kms:DescribeKey': ({ kms }) => kms.send(new DescribeKeyCommand({ KeyId: names.key })),
  'logs:DescribeLogGroups': ({ logs }) => logs.send(new DescribeLogGroupsCommand({})),
  'sts:GetCallerIdentity': ({ sts }) => sts.send(new GetCallerIdentityCommand({})),
};

/** What the client of each service sees of each kind of error. */
const SEEN: Record<string, [denied: [string, number], throttled: [string, number], unwell: [string, number]]> = {
  'cloudtrail:DescribeTrails': [
    ['AccessDeniedException', 400],
    ['ThrottlingException', 400],
    ['InternalFailure', 503],
  ],
  'ec2:DescribeVpcs': [
    ['UnauthorizedOperation', 403],
    ['RequestLimitExceeded', 503],
    ['Unavailable', 503],
  ],
  'ecr:DescribeRepositories': [
    ['AccessDeniedException', 400],
    ['ThrottlingException', 400],
    ['ServerException', 503],
  ],
  'eks:DescribeCluster': [
    ['AccessDeniedException', 403],
    ['ThrottlingException', 429],
    ['ServiceUnavailableException', 503],
  ],
  'iam:GetRole': [
    ['AccessDenied', 403],
    ['Throttling', 400],
    ['ServiceUnavailable', 503],
  ],
  'inspector2:ListFindings': [
    ['AccessDeniedException', 403],
    ['ThrottlingException', 429],
    ['InternalServerException', 503],
  ],
  'kms:DescribeKey': [
    ['AccessDeniedException', 400],
    ['ThrottlingException', 400],
    ['KMSInternalException', 503],
  ],
  'logs:DescribeLogGroups': [
    ['AccessDeniedException', 400],
    ['ThrottlingException', 400],
    ['ServiceUnavailableException', 503],
  ],
  'sts:GetCallerIdentity': [
    ['AccessDenied', 403],
    ['Throttling', 400],
    ['ServiceUnavailable', 503],
  ],
};

const fault = (action: string, answer: FaultKind, times = 1) => cloud.fault({ when: { action }, answer, times });

it.each(Object.entries(READS))('%s answers, and fails as AWS does', async (action, read) => {
  const kinds = ['denied', 'throttled', '5xx'] as const;
  const seen: [string, number | undefined][] = [];
  for (const kind of kinds) {
    fault(action, kind);
    const { name, status } = await failure(read(cloud.clients));
    seen.push([name, status]);
  }
  expect(seen).toEqual(SEEN[action]);
  expect(await read(cloud.clients)).toMatchObject({ $metadata: { httpStatusCode: 200 } });
});

it.each(Object.entries(READS))('%s breaks off, hangs, is empty or broken', async (action, read) => {
  fault(action, 'dropped');
  const dropped = await failure(read(cloud.clients));
  fault(action, 'timeout');
  const hung = await failure(read(cloud.clients));
  fault(action, 'malformed');
  const broken = await failure(read(cloud.clients));
  fault(action, 'empty');
  const { $metadata: _, ...empty } = (await read(cloud.clients)) as { $metadata: unknown };
  expect([dropped.status, hung.name, broken.name]).toEqual([
    undefined,
    'TimeoutError',
    expect.stringMatching(/^(SyntaxError|Error)$/),
  ]);
  expect(Object.values(empty).filter((value) => value !== undefined)).toEqual([]);
  expect(cloud.calls().map((call) => [call.action, call.outcome])).toEqual(
    ['dropped', 'timeout', 'malformed', 'empty'].map((outcome) => [action, outcome]),
  );
});

it('retries two throttled calls to success, as the SDK does', async () => {
  fault('eks:DescribeCluster', 'throttled', 2);
  const { eks } = clientsOf(cloud.url, { maxAttempts: 3 });
  const { cluster } = await eks.send(new DescribeClusterCommand({ name: 'payments' }));
  expect([cluster?.status, cloud.calls().map(({ outcome }) => outcome)]).toEqual([
    'ACTIVE',
    ['ThrottlingException', 'ThrottlingException', 'done'],
  ]);
});

it('hits only the account, region and resource of its rule', async () => {
  const describe = (clients: Clients, name: string) => clients.eks.send(new DescribeClusterCommand({ name }));
  cloud.change(ACCOUNT, { orders: { name: 'orders' } }, ['regions', REGION, 'clusters']);
  cloud.fault({ when: { action: 'eks:*', account: ACCOUNT, region: REGION, id: 'orders' }, answer: 'denied' });
  const other = await describe(cloud.clients, 'payments');
  const hit = await failure(describe(cloud.clients, 'orders'));
  const elsewhere = await failure(describe(clientsOf(cloud.url, { region: 'eu-central-1' }), 'orders'));
  expect([other.cluster?.name, hit.name, elsewhere.name]).toEqual([
    'payments',
    'AccessDeniedException',
    'ResourceNotFoundException',
  ]);
});

it('ends at its virtual time', async () => {
  cloud.fault({ when: { action: 'iam:GetRole' }, answer: 'throttled', until: START + 1000 });
  const read = () => cloud.clients.iam.send(new GetRoleCommand({ RoleName: 'payments-app' }));
  const before = await failure(read());
  cloud.pass(1000);
  expect([before.name, (await read()).Role?.RoleName]).toEqual(['Throttling', 'payments-app']);
});

it('takes a permission away and gives it back; a denied write changes nothing and leaves a failed event', async () => {
  const giveBack = cloud.deny('eks:UpdateClusterConfig');
  const write = () =>
    cloud.clients.eks.send(new UpdateClusterConfigCommand({ name: 'payments', deletionProtection: false }));
  const denied = await failure(write());
  const kept = cloud.account(ACCOUNT).regions[REGION]?.clusters?.payments?.deletionProtection;
  giveBack();
  await write();
  const changed = cloud.account(ACCOUNT).regions[REGION]?.clusters?.payments?.deletionProtection;
  expect([denied.message, kept, changed]).toEqual([
    `User: arn:aws:sts::${ACCOUNT}:assumed-role/eks-warden-fix/remediate-finding is not authorized to perform: eks:UpdateClusterConfig because no identity-based policy allows the eks:UpdateClusterConfig action`,
    true,
    false,
  ]);
  expect(cloud.events.map(({ errorCode, responseElements }) => [errorCode, responseElements === null])).toEqual([
    ['AccessDeniedException', true],
    [undefined, false],
  ]);
});
