import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { CATALOGUE } from '../../shared/controls/catalogue.ts';
import { COLLECTOR_PATH, collectorFile, collectorTemplate, MOST_BYTES } from '../../shared/derive/collector.ts';
import { memberTemplate } from '../../shared/derive/members.ts';
import { eventPatterns } from '../../shared/derive/patterns.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { filledIn } from '../support/filled-in.ts';

const BUS = 'arn:aws:events:eu-west-1:444455556666:event-bus/eks-warden';
const rules = eventPatterns(CATALOGUE);
const template = collectorTemplate(rules);
const made = (parameters: Record<string, string> = {}) =>
  filledIn(template, {
    partition: 'aws',
    region: 'us-east-1',
    account: '111122223333',
    stack: 'collector',
    parameters: { HubBus: BUS, ...parameters },
  });
const rule = (name: string) => `arn:aws:events:us-east-1:111122223333:rule/collector-${name}-1A2B3C4D5E6F`;
const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:collector-UndeliveredEvents-1A2B3C4D5E6F';

it('each rule delivers straight to the bus of the hub, and what cannot be delivered is kept', () => {
  const found = Object.values(made()).filter(({ Type }) => Type === 'AWS::Events::Rule');
  const role = 'arn:aws:iam::111122223333:role/collector-DeliveryRole-1A2B3C4D5E6F';
  const target = { Id: 'hub', Arn: BUS, RoleArn: role, DeadLetterConfig: { Arn: QUEUE } };
  expect(found.map(({ Properties }) => Properties)).toEqual(
    rules.map(({ pattern }) => ({ State: 'ENABLED', EventPattern: pattern, Targets: [target] })),
  );
});

it('K-01, S-02: only EventBridge, for rules here, may deliver, and may do nothing else', () => {
  const { Properties } = made({ RolePath: '/security/' }).DeliveryRole ?? {};
  expect(Properties).toEqual({
    Path: `/security/${COLLECTOR_PATH}`,
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: {
            StringEquals: { 'aws:SourceAccount': '111122223333' },
            ArnLike: { 'aws:SourceArn': 'arn:aws:events:us-east-1:111122223333:rule/*' },
          },
        },
      ],
    },
    Policies: [
      {
        PolicyName: 'deliver',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Sid: 'DeliverToHub', Effect: 'Allow', Action: 'events:PutEvents', Resource: BUS }],
        },
      },
    ],
  });
});

it('K-01, S-06: the queue takes what these rules could not deliver, over TLS only, and is encrypted', () => {
  const { UndeliveredEvents, UndeliveredEventsPolicy } = made();
  expect(UndeliveredEvents?.Properties).toEqual({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true });
  expect(UndeliveredEventsPolicy?.Properties.PolicyDocument).toHaveProperty('Statement', [
    {
      Sid: 'FromOurRules',
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: QUEUE,
      Condition: { ArnEquals: { 'aws:SourceArn': ['ApiCalls1Rule', 'ApiCalls2Rule', 'NativeRule'].map(rule) } },
    },
    {
      Sid: 'OnlyOverTls',
      Effect: 'Deny',
      Principal: '*',
      Action: 'sqs:*',
      Resource: QUEUE,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ]);
});

it('a boundary, a key and a topic are used where they are given', () => {
  const KmsKey = 'arn:aws:kms:us-east-1:111122223333:key/1b2c3d4e-0000-4000-8000-000000000001';
  const AlarmTopic = 'arn:aws:sns:us-east-1:111122223333:alarms';
  const PermissionsBoundary = 'arn:aws:iam::111122223333:policy/boundary';
  const given = made({ KmsKey, AlarmTopic, PermissionsBoundary });
  expect(given.UndeliveredEvents?.Properties).toEqual({
    MessageRetentionPeriod: 1_209_600,
    SqsManagedSseEnabled: false,
    KmsMasterKeyId: KmsKey,
  });
  expect(given.UndeliveredEventsAlarm?.Properties.AlarmActions).toEqual([AlarmTopic]);
  expect(given.DeliveryRole?.Properties.PermissionsBoundary).toBe(PermissionsBoundary);
  expect(made().UndeliveredEventsAlarm?.Properties).not.toHaveProperty('AlarmActions');
  expect(made().DeliveryRole?.Properties).not.toHaveProperty('PermissionsBoundary');
});

it('the alarm watches the queue, and names the section that says what to do', () => {
  const { Dimensions, AlarmDescription } = made().UndeliveredEventsAlarm?.Properties ?? {};
  expect(Dimensions).toEqual([{ Name: 'QueueName', Value: 'collector-UndeliveredEvents-1A2B3C4D5E6F' }]);
  const [, page = '', heading = ''] = /(docs\/[\w-]+\.md), "(.+)"/.exec(String(AlarmDescription)) ?? [];
  expect(readFileSync(page, 'utf8')).toContain(`\n## ${heading}\n`);
});

const HOSTILE = ['*', 'x y', 'a"b', 'a\nb', `\${AWS::AccountId}`, 'arn:aws:iam::*:role/*', `${BUS}*`];

it.each(Object.entries({ ...template.Parameters, ...memberTemplate(aBaseline(CATALOGUE)).Parameters }))(
  'IN-08: what cannot be a value of %s becomes part of no ARN and no policy',
  (_, { AllowedPattern = '' }) => {
    const allowed = new RegExp(AllowedPattern);
    expect(HOSTILE.filter((value) => allowed.test(value))).toEqual([]);
  },
);

it('nothing has a name of ours, so that two of them can stand side by side and a StackSet can make them anywhere', () => {
  const properties = Object.values(template.Resources).flatMap(({ Properties }) => Object.keys(Properties));
  expect(properties.filter((name) => /Name$/.test(name) && name !== 'MetricName')).toEqual([]);
});

it('C-04: the template is one that CloudFormation takes by value, and says just what the file says', () => {
  const file = collectorFile(rules);
  expect(Buffer.byteLength(file)).toBeLessThanOrEqual(MOST_BYTES);
  expect(parse(file)).toEqual(JSON.parse(JSON.stringify(template)));
  expect(parse(file, { version: '1.1' })).toEqual(parse(file));
});
