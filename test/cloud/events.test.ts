import { afterEach, beforeEach, expect, it } from 'vitest';
import { delivered, namesOf } from '../support/cloud/audited/index.ts';
import { ACCOUNT, aCloud, REGION, START } from '../support/cloud/audited/testing.ts';

let cloud: Awaited<ReturnType<typeof aCloud>>;
beforeEach(async () => {
  cloud = await aCloud();
});
afterEach(() => cloud.stop());

const person = {
  userIdentity: { type: 'AssumedRole', arn: `arn:aws:sts::${ACCOUNT}:assumed-role/AWSReservedSSO_Admin_0a1b/ada` },
  sourceIPAddress: '203.0.113.7',
  userAgent: 'Mozilla/5.0',
  sessionCredentialFromConsole: true,
};

it('tells of a call by somebody as CloudTrail would', () => {
  const input = {
    clusterName: 'payments',
    nodegroupName: 'spare/x',
    subnets: [namesOf(ACCOUNT, REGION).privateSubnets[0]],
    nodeRole: `arn:aws:iam::${ACCOUNT}:role/payments-node`,
  };
  const { event } = cloud.act({ account: ACCOUNT, region: REGION, action: 'eks:CreateNodegroup', input, by: person });
  const { clusterName: _, ...rest } = input;
  expect(cloud.events).toEqual([event]);
  expect(event).toEqual({
    eventVersion: '1.11',
    userIdentity: person.userIdentity,
    eventTime: '2026-11-20T10:00:00Z',
    eventSource: 'eks.amazonaws.com',
    eventName: 'CreateNodegroup',
    awsRegion: REGION,
    sourceIPAddress: '203.0.113.7',
    userAgent: 'Mozilla/5.0',
    requestParameters: { ...rest, name: 'payments' },
    responseElements: {
      nodegroup: expect.objectContaining({ clusterName: 'payments', status: 'CREATING', createdAt: START / 1000 }),
    },
    requestID: expect.stringMatching(/^[0-9a-f-]{36}$/),
    eventID: expect.stringMatching(/^[0-9a-f-]{36}$/),
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: `eks.${REGION}.amazonaws.com`,
    },
    sessionCredentialFromConsole: 'true',
  });
});

it('records what travels in the path URL-encoded', () => {
  const resourceArn = `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/payments`;
  const { event } = cloud.act({
    account: ACCOUNT,
    region: REGION,
    action: 'eks:TagResource',
    input: { resourceArn, tags: { owner: 'ada' } },
    by: person,
  });
  expect([event?.requestParameters, event?.responseElements]).toEqual([
    { resourceArn: encodeURIComponent(resourceArn), tags: { owner: 'ada' } },
    null,
  ]);
});

it('lets a call by somebody fail, which changes nothing', () => {
  const act = {
    account: ACCOUNT,
    region: REGION,
    action: 'eks:DeleteCluster',
    input: { name: 'payments' },
    by: person,
  };
  const { event, fault } = cloud.act({ ...act, failsWith: { code: 'AccessDeniedException', message: 'No.' } });
  expect([event?.errorCode, event?.errorMessage, event?.responseElements, fault?.code]).toEqual([
    'AccessDeniedException',
    'No.',
    null,
    'AccessDeniedException',
  ]);
  expect(cloud.account(ACCOUNT).regions[REGION]?.clusters?.payments?.status).toBe('ACTIVE');
});

it('refuses an action or field of a story that AWS does not have', () => {
  const act = { account: ACCOUNT, region: REGION, by: person };
  expect(() => cloud.act({ ...act, action: 'eks:PauseCluster', input: {} })).toThrow('eks:PauseCluster is no action');
  const { fault } = cloud.act({ ...act, action: 'eks:DeleteCluster', input: { cluster: 'payments' } });
  expect([fault?.code, fault?.message]).toEqual([
    'InvalidParameterException',
    'DeleteCluster.name is required; DeleteCluster.cluster is unknown',
  ]);
});

it('makes the same ids on every run', async () => {
  const again = await aCloud();
  const act = {
    account: ACCOUNT,
    region: REGION,
    action: 'eks:UpdateClusterConfig',
    input: { name: 'payments', deletionProtection: false },
    by: person,
  };
  const events = [cloud.act(act).event, again.act(act).event];
  await again.stop();
  expect(events[1]).toEqual(events[0]);
});

it('an update that runs meanwhile ends on what a change has made of the cluster', () => {
  const input = { name: 'payments', logging: { clusterLogging: [{ types: ['audit'], enabled: false }] } };
  cloud.act({ account: ACCOUNT, region: REGION, action: 'eks:UpdateClusterConfig', input, by: person });
  cloud.change(ACCOUNT, { tags: { team: 'risk' } }, ['regions', REGION, 'clusters', 'payments']);
  cloud.pass(45_000);
  expect(cloud.account(ACCOUNT).regions[REGION]?.clusters?.payments).toMatchObject({
    status: 'ACTIVE',
    logging: { clusterLogging: [{ enabled: true }, { types: ['audit'], enabled: false }] },
    tags: { team: 'risk', environment: 'production' },
  });
});

it('puts an event into the envelope that EventBridge delivers, with an id of its own', () => {
  const input = { RoleName: 'payments-app', PolicyName: 'read-rates' };
  const act = { account: ACCOUNT, region: REGION, action: 'iam:DeleteRolePolicy', input, by: person };
  const [event] = [cloud.act(act).event].filter((one) => one !== undefined);
  const { id, ...envelope } = delivered(event ?? ({} as never));
  expect(envelope).toEqual({
    version: '0',
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.iam',
    account: ACCOUNT,
    time: '2026-11-20T10:00:00Z',
    region: 'us-east-1',
    resources: [],
    detail: event,
  });
  expect(id).not.toBe(event?.eventID);
});
