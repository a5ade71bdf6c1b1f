import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadBaseline } from '../../shared/baseline/load.ts';
import { watchedEvents } from '../../shared/controls/watched.ts';
import { eventBuses } from '../support/event-buses.ts';
import { aSample, SAMPLE_NAMES } from '../support/samples.ts';

const { baseline } = loadBaseline(readFileSync('baseline.yml', 'utf8'), 'baseline.yml', 0);
const buses = eventBuses({ region: 'eu-west-1', regions: [] });

/** What any busy account says all the time. */
const FOREIGN = [
  ['AWS API Call via CloudTrail', 'aws.sts', { eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole' }],
  ['AWS API Call via CloudTrail', 'aws.s3', { eventSource: 's3.amazonaws.com', eventName: 'PutBucketPolicy' }],
  ['AWS API Call via CloudTrail', 'aws.ec2', { eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances' }],
  ['AWS API Call via CloudTrail', 'aws.kms', { eventSource: 'kms.amazonaws.com', eventName: 'GenerateDataKey' }],
  ['AWS API Call via CloudTrail', 'aws.ecr', { eventSource: 'ecr.amazonaws.com', eventName: 'GetAuthorizationToken' }],
  ['AWS API Call via CloudTrail', 'aws.eks', { eventSource: 'eks.amazonaws.com', eventName: 'DescribeCluster' }],
  ['AWS API Call via CloudTrail', 'aws.logs', { eventSource: 'logs.amazonaws.com', eventName: 'CreateLogStream' }],
  ['AWS API Call via CloudTrail', 'aws.lambda', { eventSource: 'lambda.amazonaws.com', eventName: 'TagResource' }],
  ['AWS Console Sign In via CloudTrail', 'aws.signin', { eventSource: 'signin.amazonaws.com', eventName: 'CheckMfa' }],
  ['EC2 Instance State-change Notification', 'aws.ec2', { state: 'running' }],
  ['EBS Snapshot Notification', 'aws.ec2', { event: 'createSnapshot' }],
  ['ECS Task State Change', 'aws.ecs', {}],
  ['CloudWatch Alarm State Change', 'aws.cloudwatch', {}],
  ['AWS Health Event', 'aws.health', {}],
  ['GuardDuty Finding', 'aws.guardduty', {}],
  ['Security Hub Findings - Imported', 'aws.securityhub', {}],
  ['Object Created', 'aws.s3', {}],
  ['Scheduled Event', 'aws.events', {}],
] as const;

it.each(FOREIGN)('C-02: %s of %s %j costs no invocation, at a collector and at the hub', (type, from, detail) => {
  const event = { ...aSample('eks-CreateCluster'), 'detail-type': type, source: from, detail };
  expect([buses.collected(event), buses.taken(event)]).toEqual([false, false]);
});

it.each(SAMPLE_NAMES)('C-02: %s comes through both if a control wants it, and else through neither', (name) => {
  const wanted = watchedEvents(baseline.controls).has(name.replace('-', ':'));
  const event = aSample(name);
  expect([buses.collected(event), buses.taken(event)]).toEqual([wanted, wanted]);
});
