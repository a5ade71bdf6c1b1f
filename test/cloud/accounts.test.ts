import { paginateDescribeSubnets } from '@aws-sdk/client-ec2';
import { DescribeClusterCommand } from '@aws-sdk/client-eks';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cloudtrail } from '../../shared/aws/clients/cloudtrail.ts';
import { ec2 } from '../../shared/aws/clients/ec2.ts';
import { ecr } from '../../shared/aws/clients/ecr.ts';
import { eks } from '../../shared/aws/clients/eks.ts';
import { iam } from '../../shared/aws/clients/iam.ts';
import { inspector2 } from '../../shared/aws/clients/inspector2.ts';
import { kms } from '../../shared/aws/clients/kms.ts';
import { logs } from '../../shared/aws/clients/logs.ts';
import { problemsOfAccount } from '../support/cloud/audited/account-check.ts';
import { accountOfKey, sessionKey } from '../support/cloud/audited/callers.ts';
import { anAccount, knows, merge, scopeOf } from '../support/cloud/audited/index.ts';
import { ACCOUNT, aCloud, clientsOf, failure, OTHER, REGION } from '../support/cloud/audited/testing.ts';

let cloud: Awaited<ReturnType<typeof aCloud>>;
beforeEach(async () => {
  cloud = await aCloud();
});
afterEach(() => cloud.stop());

it('answers every action that the product reads or writes', () => {
  const services = { cloudtrail, ec2, ecr, eks, iam, inspector2, kms, logs };
  const actions = Object.entries(services).flatMap(([service, { reads, writes }]) =>
    Object.keys({ ...reads, ...writes }).map((name) => `${service}:${name}`),
  );
  expect(actions.filter((action) => !knows(action))).toEqual([]);
});

it.each(['eu-west-1', 'us-gov-west-1', 'cn-north-1'])(
  'a healthy account of %s is what the SDK could answer',
  (region) => {
    expect(problemsOfAccount(anAccount(OTHER, region))).toEqual([]);
  },
);

it('names every field that AWS lacks or has in another type, and keeps the account as it was', () => {
  const wrong = {
    regions: {
      [REGION]: { clusters: { payments: { loging: {}, tags: [], createdAt: 'soon' } }, cluster: {} },
    },
    iam: { roles: { 'payments-app': { AssumeRolePolicyDocument: { Statement: [] }, Path: 7 } } },
  };
  expect(() => cloud.change(ACCOUNT, wrong)).toThrow(
    new TypeError(
      `Account ${ACCOUNT}: ` +
        [
          `account.regions.${REGION}.clusters.payments.createdAt must be a date as ISO text`,
          `account.regions.${REGION}.clusters.payments.tags must be an object`,
          `account.regions.${REGION}.clusters.payments.loging is unknown`,
          `account.regions.${REGION}.cluster is unknown`,
          'account.iam.roles.payments-app.Path must be text',
        ].join('; ') +
        '.',
    ),
  );
  expect(cloud.account(ACCOUNT).regions[REGION]?.clusters?.payments?.createdAt).toBe('2026-06-15T08:30:12.345Z');
});

it('merges as RFC 7396 says', () => {
  const rows: [unknown, unknown, unknown][] = [
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [['a', 'b'], ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ];
  expect(rows.map(([target, patch]) => merge(target, patch))).toEqual(rows.map(([, , result]) => result));
});

it('shows a change at once', async () => {
  const path = ['regions', REGION, 'clusters', 'payments'];
  cloud.change(ACCOUNT, { resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: null } }, path);
  const { cluster } = await cloud.clients.eks.send(new DescribeClusterCommand({ name: 'payments' }));
  expect(cluster?.resourcesVpcConfig).toMatchObject({ endpointPublicAccess: true, endpointPrivateAccess: true });
  expect(cluster?.resourcesVpcConfig?.publicAccessCidrs).toBeUndefined();
});

it('makes one account of each access key, and another key of each account', () => {
  const account = fc.integer({ min: 0, max: 999_999_999_999 }).map((id) => String(id).padStart(12, '0'));
  fc.assert(
    fc.property(account, fc.nat(1_000_000), (id, serial) => accountOfKey(sessionKey(id, serial), 'none') === id),
  );
  expect([accountOfKey(ACCOUNT, 'x'), accountOfKey('test', 'x'), sessionKey(ACCOUNT, 1)]).toEqual([
    ACCOUNT,
    'x',
    expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
  ]);
});

it('turns away the key of an account that there is not', async () => {
  const stranger = clientsOf(cloud.url, { accessKeyId: '999988887777' });
  const { name, status } = await failure(stranger.eks.send(new DescribeClusterCommand({ name: 'payments' })));
  expect([name, status]).toEqual(['UnrecognizedClientException', 403]);
});

it('cuts every list into short pages where it is told to', async () => {
  const short = await aCloud({ mostPerPage: 1 });
  const pages: number[] = [];
  for await (const { Subnets } of paginateDescribeSubnets({ client: clientsOf(short.url).ec2 }, {})) {
    pages.push(Subnets?.length ?? 0);
  }
  await short.stop();
  expect(pages).toEqual([1, 1, 1]);
});

it('logs each call with what was asked', async () => {
  await cloud.clients.eks.send(new DescribeClusterCommand({ name: 'payments' }));
  const logged = [...cloud.calls()];
  cloud.forgetCalls();
  expect([logged, cloud.calls()]).toEqual([
    [{ action: 'eks:DescribeCluster', account: ACCOUNT, region: REGION, input: { name: 'payments' }, outcome: 'done' }],
    [],
  ]);
});

it('reads service, region and key from the signature, and answers nobody without one', async () => {
  const header =
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261120/eu-west-1/eks/aws4_request, SignedHeaders=host, Signature=0';
  const unsigned = await fetch(`${cloud.url}/clusters`);
  expect([scopeOf(header), scopeOf('Basic x'), scopeOf(undefined), unsigned.status]).toEqual([
    { accessKey: 'AKIDEXAMPLE', region: 'eu-west-1', service: 'eks' },
    undefined,
    undefined,
    400,
  ]);
});
