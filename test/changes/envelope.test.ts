import { expect, it } from 'vitest';
import { envelopeOf, parseEnvelope } from '../../shared/changes/envelope.ts';
import { locate } from '../../shared/changes/locate.ts';
import { KINDS } from '../../shared/resources/kinds.ts';
import { aSample } from '../support/samples.ts';

const sample = aSample('eks-UpdateClusterConfig');
const eventId = String(sample.detail.eventID);
const event = 'eks:UpdateClusterConfig';
const reasonOf = (input: unknown) => {
  const parsed = parseEnvelope(input);
  return 'reason' in parsed ? parsed.reason : 'accepted';
};

it('an event is checked, and named by its service and call', () => {
  expect(parseEnvelope(sample)).toEqual({
    envelope: {
      event,
      eventId,
      call: 'UpdateClusterConfig',
      account: '111122223333',
      region: 'eu-west-1',
      time: Date.parse(sample.time),
      detail: sample.detail,
      arns: [],
    },
  });
});

it('the body of a queue message is read as the event that it holds', () => {
  expect(parseEnvelope(JSON.stringify(sample))).toEqual(parseEnvelope(sample));
});

it('K-03: what a collector of another account and region delivered is about where it occurred', () => {
  const event = { ...aSample('eks-UpdateClusterConfig', { awsRegion: 'ap-south-1' }), region: 'ap-south-1' };
  const parsed = parseEnvelope(event);
  expect('envelope' in parsed && [parsed.envelope.account, parsed.envelope.region]).toEqual([
    '111122223333',
    'ap-south-1',
  ]);
});

it('ARNs beside the request come from the record and from the envelope', () => {
  const resources = [
    { ARN: 'arn:aws:kms:eu-west-1:111122223333:key/k-1' },
    { arn: 'arn:small' },
    { type: 'no ARN' },
    7,
  ];
  const parsed = parseEnvelope({ ...aSample('kms-DisableKey', { resources }), resources: ['arn:of:the:envelope', {}] });
  expect('envelope' in parsed && parsed.envelope.arns).toEqual([
    'arn:aws:kms:eu-west-1:111122223333:key/k-1',
    'arn:small',
    'arn:of:the:envelope',
  ]);
});

it.each([
  ['no JSON', 'plainly { not JSON', 'not an event'],
  ['a number', 42, 'not an event'],
  ['null', null, 'not an event'],
  ['a list', [sample], 'not an event'],
  ['an empty object', {}, 'not an event'],
  ['no detail-type', { ...sample, 'detail-type': undefined }, 'not an event'],
  ['an account that is none', { ...sample, account: '1111-2222' }, 'not an event'],
  ['an account that is a number', { ...sample, account: 111122223333 }, 'not an event'],
  ['a region that is none', { ...sample, region: '../eu-west-1' }, 'not an event'],
  ['no detail', { ...sample, detail: undefined }, 'not an event'],
  ['a detail that is a list', { ...sample, detail: [] }, 'not an event'],
  ['no detail in a native event', { ...aSample('ecr-ImageScan'), detail: null }, 'not an event'],
  ['no event name', aSample('eks-CreateCluster', { eventName: undefined }), 'not an event'],
  ['no event source', aSample('eks-CreateCluster', { eventSource: '' }), 'not an event'],
])('what has %s is ignored', (_, input, reason) => {
  expect(reasonOf(input)).toBe(reason);
});

it.each([
  ['a source that anyone may put', { ...sample, source: 'com.example.eks' }, 'not from AWS'],
  ['a source that only looks like it', { ...sample, source: 'awsx.eks' }, 'not from AWS'],
  ['no source', { ...sample, source: undefined }, 'not from AWS'],
  ['a detail-type that is not on the list', { ...sample, 'detail-type': 'EC2 Instance State-change' }, 'not watched'],
  ['a detail-type that every object has', { ...sample, 'detail-type': 'constructor' }, 'not watched'],
  [
    'another account in its detail',
    aSample('eks-DeleteCluster', { recipientAccountId: '444455556666' }),
    'account mismatch',
  ],
  [
    'an account in its detail that is no text',
    aSample('eks-DeleteCluster', { recipientAccountId: {} }),
    'account mismatch',
  ],
  [
    'a member that Inspector reports to its administrator',
    aSample('inspector2-Finding', { awsAccountId: '444455556666' }),
    'about another account',
  ],
  ['no recipient, as old records have none', aSample('eks-DeleteCluster', { recipientAccountId: null }), 'accepted'],
  [
    'a caller from another account',
    aSample('ecr-PutImage', { userIdentity: { type: 'AWSAccount', accountId: '444455556666' } }),
    'accepted',
  ],
])('K-03: what has %s is told apart', (_, input, reason) => {
  expect(reasonOf(input)).toBe(reason);
});

it('what is ignored keeps the name and the id that it has', () => {
  expect(parseEnvelope({ ...sample, source: 'mine' })).toEqual({ reason: 'not from AWS', event, eventId });
  expect(parseEnvelope({ id: 'e-1' })).toEqual({ reason: 'not an event', event: 'unknown', eventId: 'e-1' });
  expect(parseEnvelope('')).toEqual({ reason: 'not an event', event: 'unknown', eventId: 'unknown' });
});

it('a native event goes by a name of our own and by the id of its envelope', () => {
  const scan = aSample('ecr-ImageScan');
  const { id, detail, time, resources } = scan;
  const where = { account: '111122223333', region: 'eu-west-1' };
  expect(parseEnvelope(scan)).toEqual({
    envelope: {
      event: 'ecr:ImageScan',
      eventId: id,
      call: undefined,
      ...where,
      time: Date.parse(time),
      detail,
      arns: resources,
    },
  });
});

it.each([['yesterday'], ['2026'], ['2026-99-99T00:00:00Z'], [1_763_715_600], [undefined]])(
  'a time that is written as %s is none',
  (eventTime) => {
    const parsed = parseEnvelope({ ...aSample('eks-CreateCluster', { eventTime }), time: undefined });
    expect('envelope' in parsed && parsed.envelope.time).toBe(undefined);
  },
);

it('B-06: keys that reach for the prototype change nothing and are followed nowhere', () => {
  const evil = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
  const inherited = `{"__proto__":${JSON.stringify(sample)}}`;
  const body = JSON.stringify(sample).replace('"requestParameters":{', `"requestParameters":{${evil.slice(1, -1)},`);
  expect(reasonOf(evil)).toBe('not an event');
  expect(reasonOf(inherited)).toBe('not an event');
  expect(locate(body, { kinds: KINDS, receivedAt: 0 })).toEqual(locate(sample, { kinds: KINDS, receivedAt: 0 }));
  expect(({} as Record<string, unknown>).polluted).toBe(undefined);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

it('B-06: 10,000 levels and numbers beyond all bounds are no trouble', () => {
  const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
  const name = '"requestParameters":{';
  const body = JSON.stringify(sample).replace(
    name,
    `${name}"deep":${deep},"list":${'['.repeat(10_000)}${']'.repeat(10_000)},"huge":1e999,`,
  );
  expect(reasonOf(deep)).toBe('not an event');
  expect(locate(body, { kinds: KINDS, receivedAt: 0 })).toEqual(locate(sample, { kinds: KINDS, receivedAt: 0 }));
});

it('Z-01: an event of 256 KB is located like a small one, and nothing large goes on from it', () => {
  const filler = 'x'.repeat(250_000);
  const tags = { filler };
  const large = aSample('eks-CreateCluster', {
    requestParameters: { name: 'payments', tags },
    userAgent: filler,
    eventID: filler,
  });
  const located = locate(JSON.stringify(large), { kinds: KINDS, receivedAt: 0 });
  expect('touches' in located && located.touches).toEqual([
    { kind: 'cluster', id: 'payments', account: '111122223333', region: 'eu-west-1', life: 'created' },
  ]);
  expect(JSON.stringify(located).length).toBeLessThan(4_000);
});

it.each(['eks-CreateCluster', 'iam-CreateRole', 'ecr-PutImage', 'ec2-CreateTags'])(
  'the record of %s alone, as it stands in a file, means the same as its event',
  (name) => {
    const locating = { kinds: KINDS, receivedAt: Date.UTC(2026, 10, 21) };
    expect(locate(envelopeOf(aSample(name).detail), locating)).toEqual(locate(aSample(name), locating));
  },
);

it.each([
  ['AwsServiceEvent', 'AWS Service Event via CloudTrail'],
  ['AwsConsoleSignIn', 'AWS Console Sign In via CloudTrail'],
  [undefined, 'AWS API Call via CloudTrail'],
  ['AwsCloudTrailInsight', undefined],
])('a record of type %s comes as %s', (eventType, detailType) => {
  expect(envelopeOf(aSample('eks-CreateCluster', { eventType }).detail)).toMatchObject({ 'detail-type': detailType });
});

it('an old record belongs to the account of its caller', () => {
  const { detail } = aSample('eks-CreateCluster', { recipientAccountId: undefined });
  expect(envelopeOf(detail)).toMatchObject({ account: '111122223333' });
});

it.each([[{}], [null], ['text'], [[1]]])('what is no record (%j) becomes no event', (record) => {
  expect(reasonOf(envelopeOf(record))).toBe('not an event');
});
