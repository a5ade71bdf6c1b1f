import fc from 'fast-check';
import { expect, it } from 'vitest';
import { locate } from '../../shared/changes/locate.ts';
import { recheckSchema } from '../../shared/findings/recheck-message.ts';
import { KINDS } from '../../shared/resources/kinds.ts';
import { HOSTILE } from '../support/hostile.ts';
import { aSample, SAMPLE_NAMES, sampleText } from '../support/samples.ts';

const receivedAt = Date.UTC(2026, 10, 21);
const located = (input: unknown, watched?: ReadonlySet<string>) => locate(input, { kinds: KINDS, watched, receivedAt });
const reason = (input: unknown, watched?: ReadonlySet<string>) => {
  const result = located(input, watched);
  return 'ignored' in result ? result.ignored : 'located';
};
const touches = (input: unknown) => {
  const result = located(input);
  return 'touches' in result ? result.touches : [];
};
const where = { account: '111122223333', region: 'eu-west-1' };

it('an event says what to read again, who did it and when', () => {
  const sample = aSample('eks-UpdateNodegroupVersion');
  const eventId = String(sample.detail.eventID);
  expect(located(sample)).toEqual({
    event: 'eks:UpdateNodegroupVersion',
    eventId,
    ...where,
    cause: {
      eventId,
      event: 'eks:UpdateNodegroupVersion',
      time: Date.parse(sample.time),
      actor: {
        type: 'IAMUser',
        principal: 'arn:aws:iam::111122223333:user/devon',
        person: 'devon',
        confidence: 'certain',
        account: '111122223333',
        channel: 'eksctl',
        address: '203.0.113.18',
        mfa: true,
        asCode: true,
        userAgent: sample.detail.userAgent,
      },
    },
    touches: [{ kind: 'nodegroup', id: 'payments/workers', ...where, life: 'changed' }],
    sightings: [],
  });
});

const signIn = (result: string) => ({
  ...aSample('iam-CreateRole', {
    eventType: 'AwsConsoleSignIn',
    eventSource: 'signin.amazonaws.com',
    eventName: 'ConsoleLogin',
    requestParameters: null,
    responseElements: { ConsoleLogin: result },
  }),
  'detail-type': 'AWS Console Sign In via CloudTrail',
});

it.each([
  ['an error code', aSample('eks-CreateCluster', { errorCode: 'AccessDenied' }), 'failed call'],
  ['an error code that is no text', aSample('eks-CreateCluster', { errorCode: 0 }), 'failed call'],
  ['a sign-in that failed', signIn('Failure'), 'failed call'],
  ['a push that failed', aSample('ecr-ImageAction', { result: 'FAILURE' }), 'failed call'],
  ['an error code that is null', aSample('eks-CreateCluster', { errorCode: null }), 'located'],
  ['no answer, as most of IAM has none', aSample('iam-AttachRolePolicy', { responseElements: null }), 'located'],
  ['readOnly', aSample('eks-CreateCluster', { readOnly: true }), 'read only'],
  ['readOnly as text', aSample('eks-CreateCluster', { readOnly: 'true' }), 'read only'],
  ['readOnly false and the name of a read', aSample('eks-CreateCluster', { eventName: 'ListClusters' }), 'not watched'],
  [
    'no readOnly and the name of a read',
    aSample('eks-CreateCluster', { eventName: 'DescribeCluster', readOnly: undefined }),
    'read only',
  ],
  ['no readOnly and the name of a write', aSample('eks-CreateCluster', { readOnly: undefined }), 'located'],
  ['a name that no kind knows', signIn('Success'), 'not watched'],
  ['a name that every object has', aSample('eks-CreateCluster', { eventName: 'toString' }), 'not watched'],
  ['a failed call that reads', aSample('eks-CreateCluster', { errorCode: 'x', readOnly: true }), 'failed call'],
  [
    'an origin that is refused and an error',
    { ...aSample('eks-CreateCluster', { errorCode: 'x' }), source: 'mine' },
    'not from AWS',
  ],
  [
    'a policy of AWS itself, attached to no role',
    aSample('iam-AttachUserPolicy', {
      requestParameters: { userName: 'release', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
    }),
    'touches nothing of ours',
  ],
])('what has %s is %s', (_, input, expected) => {
  expect(reason(input)).toBe(expected);
});

it('only what the baseline watches is located', () => {
  expect(reason(aSample('eks-CreateCluster'), new Set(['eks:CreateCluster']))).toBe('located');
  expect(reason(aSample('eks-CreateCluster'), new Set(['eks:DeleteCluster']))).toBe('not watched');
  expect(reason(signIn('Success'), new Set(['signin:ConsoleLogin']))).toBe('touches nothing of ours');
});

it.each([
  ['ten minutes ahead', '2026-11-21T00:10:00Z', receivedAt],
  ['of the day before', '2026-11-20T12:00:00Z', Date.UTC(2026, 10, 20, 12)],
  ['that is none', 'soon', receivedAt],
])('R-06: a time %s is not later than the receipt', (_, eventTime, expected) => {
  const result = located({ ...aSample('eks-CreateCluster', { eventTime }), time: undefined });
  expect('cause' in result && result.cause.time).toBe(expected);
});

it('a resource is touched once however often an event names it', () => {
  const resourceId = 'sg-0123456789abcdef0';
  const items = [{ resourceId }, { resourceId }, { resourceId: 'i-0123456789abcdef0' }];
  expect(touches(aSample('ec2-CreateTags', { requestParameters: { resourcesSet: { items } } }))).toEqual([
    { kind: 'security-group', id: resourceId, ...where, life: 'tagged' },
  ]);
});

it('IN-08: what cannot be a name is placed nowhere: all that are known are read again', () => {
  for (const name of HOSTILE.filter((each) => each !== '')) {
    const cluster = touches(aSample('eks-UpdateClusterConfig', { requestParameters: { name } }));
    const role = touches(aSample('iam-UpdateAssumeRolePolicy', { requestParameters: { roleName: `../${name}` } }));
    const group = touches(
      aSample('ec2-DeleteSecurityGroup', { requestParameters: { groupId: name }, responseElements: null }),
    );
    expect([cluster, role, group]).toEqual([
      [{ kind: 'cluster', id: undefined, ...where, life: 'changed' }],
      [{ kind: 'role', id: undefined, account: where.account, region: 'global', life: 'changed' }],
      [{ kind: 'security-group', id: undefined, ...where, life: 'deleted' }],
    ]);
  }
});

it('IN-08: so it is even where a kind hands on what it was told', () => {
  const [first] = KINDS.filter(({ kind }) => kind === 'cluster');
  const careless = {
    ...first,
    touchedBy: { 'eks:CreateCluster': () => ['../payments', 'payments', '#'] },
  } as (typeof KINDS)[number];
  const result = locate(aSample('eks-CreateCluster'), { kinds: [careless], receivedAt });
  expect('touches' in result && result.touches.map(({ id }) => id)).toEqual([undefined, 'payments']);
});

it('a call over TLS is a sighting of a role, or of the person in it', () => {
  const sample = aSample('eks-CreateCluster');
  const result = located(sample);
  expect('sightings' in result && result.sightings).toEqual([
    {
      resource: { kind: 'principal', id: 'arn:aws:iam::111122223333:role/ci/terraform-deploy', ...where },
      event: 'eks:CreateCluster',
      eventId: sample.detail.eventID,
      time: Date.parse(sample.time),
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      address: '203.0.113.140',
      userAgent: String(sample.detail.userAgent).slice(0, 256),
    },
  ]);
});

it.each([
  [
    'a person',
    {},
    'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_PlatformAdmin_7949befdbdf478ff/ana.lima@example.com',
  ],
  [
    'a user without an ARN',
    { userIdentity: { type: 'WebIdentityUser', userName: 'a name with blanks' } },
    'a_name_with_blanks',
  ],
  ['nobody', { userIdentity: null }, 'unknown'],
])('a sighting of %s has an id that can be stored', (_, detail, id) => {
  const result = located(aSample('eks-UpdateClusterConfig', detail));
  expect('sightings' in result && result.sightings.map(({ resource }) => resource.id)).toEqual([id]);
});

it('a sighting holds what the call tells and no more', () => {
  const detail = { tlsDetails: { tlsVersion: 'TLSv1.1' }, sourceIPAddress: undefined, userAgent: undefined };
  const result = located(aSample('eks-CreateCluster', detail));
  expect('sightings' in result && result.sightings.map((each) => Object.keys(each))).toEqual([
    ['resource', 'event', 'eventId', 'time', 'tlsVersion'],
  ]);
});

it.each([[undefined], [null], [{}], ['TLSv1.0'], [{ tlsVersion: 1.1 }]])(
  'a call with tlsDetails %j is no sighting',
  (tlsDetails) => {
    const result = located(aSample('eks-UpdateClusterConfig', { tlsDetails }));
    expect('sightings' in result && [result.sightings, result.touches.length]).toEqual([[], 1]);
  },
);

it('a scan is the doing of its service; who pushed an image its native event does not tell', () => {
  const actors = ['ecr-ImageScan', 'inspector2-Finding', 'ecr-ImageAction'].map((name) => {
    const result = located(aSample(name));
    return 'cause' in result ? [result.cause.actor.principal, result.cause.actor.channel] : [];
  });
  expect(actors).toEqual([
    ['ecr.amazonaws.com', 'service'],
    ['inspector2.amazonaws.com', 'service'],
    ['unknown', 'unknown'],
  ]);
});

it('what is only seen touches nothing, even where its request was left out', () => {
  const result = located(aSample('eks-CreateAccessEntry', { requestParameters: { omitted: true } }));
  expect('touches' in result && [result.touches, result.sightings.length]).toEqual([[], 1]);
});

/** Whatever comes out is ignored with a reason, or can be sent on as it is. */
function isSound(input: unknown): boolean {
  const result = located(input);
  if ('ignored' in result) return true;
  const messages = [
    ...result.touches,
    ...result.sightings.map(({ resource }) => ({ ...resource, life: 'changed' as const })),
  ];
  return messages.every(({ life, ...resource }) => {
    const message = {
      resource: { ...resource, id: resource.id ?? 'any' },
      seenAt: 0,
      life,
      why: 'event',
      cause: result.cause,
    };
    return recheckSchema.safeParse(message).success;
  });
}

it('whatever JSON comes in, locating never throws', () => {
  fc.assert(fc.property(fc.oneof(fc.anything(), fc.json(), fc.jsonValue()), isSound), { numRuns: 2_000 });
});

const anyField = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(...HOSTILE),
  fc.constantFrom('arn:aws:iam::1:role/%ZZ', '%', {}, [], null),
);

it('whatever stands in the fields of an event, locating never throws', () => {
  const detail = fc.dictionary(
    fc.constantFrom(
      'requestParameters',
      'responseElements',
      'userIdentity',
      'resources',
      'tlsDetails',
      'additionalEventData',
      'userAgent',
      'sourceIPAddress',
      'eventTime',
      'eventID',
    ),
    anyField,
  );
  fc.assert(
    fc.property(fc.constantFrom(...SAMPLE_NAMES), detail, (name, fields) => isSound(aSample(name, fields))),
    { numRuns: 2_000 },
  );
});

/** Every place in a JSON value, as the path of keys to it. */
function places(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return [[...path], ...Object.entries(value).flatMap(([key, inner]) => places(inner, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  return Object.assign(copy, { [key]: replaced(copy[key], rest, by) });
}

it('whatever any one value of any sample is replaced by, locating never throws', () => {
  const mutations = SAMPLE_NAMES.flatMap((name) => {
    const event: unknown = JSON.parse(sampleText(name));
    return places(event).map((path) => ({ name, event, path }));
  });
  const mutation = fc.constantFrom(...mutations);
  fc.assert(
    fc.property(mutation, anyField, ({ event, path }, by) => isSound(replaced(event, path, by))),
    { numRuns: 5_000 },
  );
});
