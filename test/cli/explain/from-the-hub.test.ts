import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Finding, ResourceState } from '../../../shared/findings/finding.ts';
import { aCause } from '../../support/a-report.ts';
import { ACCOUNT, aHub, type DeployedHub } from '../../support/cloud/operator/a-hub.ts';
import { aFinding } from '../../support/notices.ts';

const CONTROL = 'eks-control-plane-logging';
const OPENED = Date.parse('2026-11-20T16:42:40Z');
const cause = aCause();

const finding = (more: Partial<Finding> = {}) =>
  aFinding({ before: 'on: all', firstSeen: OPENED, since: OPENED, cause, ...more });
const item = (name: string, more: Partial<ResourceState> = {}) => ({
  pk: `${ACCOUNT}#eu-west-1#cluster#${name}`,
  sk: 'state' as const,
  schema: 1 as const,
  version: 3,
  kind: 'cluster' as const,
  id: name,
  account: ACCOUNT,
  region: 'eu-west-1',
  observedAt: OPENED,
  clusters: [name],
  links: [],
  scope: `${ACCOUNT}#eu-west-1`,
  rank: '1#cluster',
  findings: { [CONTROL]: finding() },
  ...more,
});
const step = (name: string, version: number, from: string, to: string, of: Finding) => ({
  pk: `${ACCOUNT}#eu-west-1#cluster#${name}`,
  sk: `history#${String(version).padStart(10, '0')}#${CONTROL}#${to}`,
  control: CONTROL,
  from,
  to,
  at: of.since,
  finding: of,
});

let deployed: DeployedHub;
beforeEach(async () => {
  deployed = await aHub();
  const passed = finding({ state: 'closed', closedBecause: 'passes', since: OPENED - 3_600_000 });
  await deployed.cloud.put(item('payments') as never);
  await deployed.cloud.put(step('payments', 2, 'open', 'closed', passed));
  await deployed.cloud.put(step('payments', 3, 'closed', 'open', finding()));
});
afterEach(() => deployed.stop());

it('the table also knows every step, and what it was before', async () => {
  const { code, err, out } = await deployed.run('explain', CONTROL, 'payments');
  const lines = out.split('\n');
  const at = lines.indexOf('What was found');
  const steps = lines.indexOf('What happened');
  expect([code, err, lines.slice(at, at + 7), lines.slice(steps, steps + 5)]).toEqual([
    0,
    '',
    [
      'What was found',
      '  Expected    All five control-plane log types are on.',
      '  Found       on: api',
      '  Before      on: all',
      '  State       open, since 2026-11-20 16:42:40 UTC',
      '  First seen  2026-11-20 16:42:40 UTC',
      '  Looked at   2026-11-20 16:42:40 UTC, by eks-warden',
    ],
    [
      'What happened',
      '  2026-11-20 15:42:40 UTC: open → in order: it passes (eks:UpdateClusterConfig',
      '    by ada@example.com, as arn:aws:iam::111122223333:role/Admin)',
      '  2026-11-20 16:42:40 UTC: in order → open (eks:UpdateClusterConfig by',
      '    ada@example.com, as arn:aws:iam::111122223333:role/Admin)',
    ],
  ]);
});

it('what is in order is not in the index, and is found by its name or its id', async () => {
  const closed = finding({ state: 'closed', closedBecause: 'not-applicable' });
  const { scope: _, rank: __, ...orders } = item('orders', { findings: { [CONTROL]: closed } });
  await deployed.cloud.put(orders as never);
  const [byName, byId] = [
    await deployed.run('explain', CONTROL, 'orders'),
    await deployed.run('explain', `${orders.pk}#${CONTROL}`),
  ];
  expect([byName.code, byName.out.includes('It does not apply here.'), byId]).toEqual([0, true, byName]);
});

it('a finding that nobody knows, and a right that is missing, are a sentence each', async () => {
  const none = await deployed.run('explain', `${ACCOUNT}#eu-west-1#cluster#nobody#${CONTROL}`);
  const hub = await deployed.run('explain', CONTROL, 'payments', '--stack', 'another');
  expect([none, hub.code, hub.err.split(':')[1]]).toEqual([
    {
      code: 2,
      out: '',
      err: `eks-warden: There is no finding of ${CONTROL} on ${ACCOUNT}#eu-west-1#cluster#nobody in the findings table.\n`,
    },
    2,
    ' There is no stack another in eu-west-1',
  ]);
});

const record = (more: object = {}) => ({
  eventVersion: '1.11',
  eventID: cause.eventId,
  eventTime: '2026-11-20T16:42:10Z',
  eventType: 'AwsApiCall',
  eventSource: 'eks.amazonaws.com',
  eventName: 'UpdateClusterConfig',
  awsRegion: 'eu-west-1',
  recipientAccountId: ACCOUNT,
  readOnly: false,
  userAgent: 'aws-cli/2.31.0',
  sourceIPAddress: '198.51.100.23',
  userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::${ACCOUNT}:user/ada`, userName: 'ada', accountId: ACCOUNT },
  requestParameters: { name: 'payments', logging: { clusterLogging: [] } },
  responseElements: { update: { id: '1' } },
  ...more,
});

/** CloudTrail's event history: one event, in one region. */
async function aTrail(region: string): Promise<{ server: Server; url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const where = /\/([a-z0-9-]+)\/cloudtrail\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
    asked.push(where);
    const Events = where === region ? [{ EventId: cause.eventId, CloudTrailEvent: JSON.stringify(record()) }] : [];
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ Events }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

it('an event by its id: looked up region after region, why it is acted on, what came of it', async () => {
  const { server, asked, url } = await aTrail('us-east-1');
  deployed.env.AWS_ENDPOINT_URL_CLOUDTRAIL = url;
  const { code, err, out } = await deployed.run('explain', cause.eventId);
  server.close();
  expect({ code, err, asked, out }).toEqual({
    code: 0,
    err: '',
    asked: ['eu-west-1', 'us-east-1'],
    out: `eks:UpdateClusterConfig  ${cause.eventId}

It is acted on
  What it touches is read again and judged; the event itself is never judged
    as if it were the state.
  Controls that would ask for it are off in the baseline: api-tls-version,
    eks-auth-mode-api, eks-deletion-protection, eks-endpoint-private-enabled,
    eks-endpoint-public-cidrs, eks-endpoint-public-disabled,
    eks-loggroup-retention, node-sg-ingress.

Who did it
  Changed by  ada (likely), as arn:aws:iam::111122223333:user/ada
  With        the AWS CLI (eks:UpdateClusterConfig)
  From        198.51.100.23, MFA unknown
  When        2026-11-20 16:42:10 UTC
  Event       ${cause.eventId}

What is read again
  cluster payments (111122223333, eu-west-1): eks-control-plane-logging

What came of it
  2026-11-20 15:42:40 UTC: open → closed,
    111122223333#eu-west-1#cluster#payments#eks-control-plane-logging
  2026-11-20 16:42:40 UTC: closed → open,
    111122223333#eu-west-1#cluster#payments#eks-control-plane-logging
`,
  });
});

it('an event that nobody has is a sentence', async () => {
  const { server, url } = await aTrail('nowhere');
  deployed.env.AWS_ENDPOINT_URL_CLOUDTRAIL = url;
  const { code, err } = await deployed.run('explain', cause.eventId, '--region', 'eu-central-1');
  server.close();
  expect([code, err]).toEqual([
    2,
    `eks-warden: CloudTrail has no event ${cause.eventId} in eu-central-1: it keeps 90 days, and only in the region of the call (--region).\n`,
  ]);
});

it("coverage counts what the hub's table knows", async () => {
  const known = { pk: `known#${ACCOUNT}#eu-west-1#cluster`, sk: 'payments', observedAt: OPENED };
  await deployed.cloud.put(known);
  const { code, out, err } = await deployed.run('coverage', '--table', '--format', 'json');
  const { report, controls } = JSON.parse(out);
  expect([code, err, report.source, controls.find(({ control }: { control: string }) => control === CONTROL)]).toEqual([
    0,
    '',
    'table',
    expect.objectContaining({ kind: 'cluster', judged: 1, unknown: 0 }),
  ]);
});
