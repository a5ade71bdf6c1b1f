import { expect, it } from 'vitest';
import { CATALOGUE } from '../../shared/controls/catalogue.ts';
import type { AnyControl } from '../../shared/controls/define-control.ts';
import { watchedEvents } from '../../shared/controls/watched.ts';
import { type EventRule, eventPatterns, MOST_CHARACTERS, MOST_RULES } from '../../shared/derive/patterns.ts';
import { KINDS } from '../../shared/resources/kinds.ts';
import { matchesPattern } from '../support/event-matcher.ts';
import { SAMPLE_CONTROLS } from '../support/sample-catalogue.ts';
import { aSample, SAMPLE_NAMES, type SampleEvent } from '../support/samples.ts';

const [sampleControl] = SAMPLE_CONTROLS;
const wanting = (...triggers: string[]) => [{ ...sampleControl, resources: [], triggers } as unknown as AnyControl];

const everyEvent = [...new Set(KINDS.flatMap(({ touchedBy }) => Object.keys(touchedBy)))];
const every = eventPatterns(wanting(...everyEvent));
const calls = SAMPLE_NAMES.filter((name) => 'eventName' in aSample(name).detail);
const native = SAMPLE_NAMES.filter((name) => !calls.includes(name));
const eventOf = (name: string) => name.replace('-', ':');

function matching(rules: readonly EventRule[], event: SampleEvent): string[] {
  return rules.filter(({ pattern }) => matchesPattern(pattern, event)).map(({ name }) => name);
}

const delivered = (rules: readonly EventRule[], events: readonly SampleEvent[]) =>
  events.filter((event) => matching(rules, event).length > 0).map(({ detail }) => detail.eventName);

it.each(SAMPLE_NAMES)('%s matches exactly one pattern of those that want every event', (name) => {
  expect(matching(every, aSample(name))).toHaveLength(1);
});

it.each(SAMPLE_NAMES)(
  '%s matches exactly one pattern of the catalogue if that watches it, and none otherwise',
  (name) => {
    const watched = watchedEvents(CATALOGUE).has(eventOf(name));
    expect(matching(eventPatterns(CATALOGUE), aSample(name))).toHaveLength(watched ? 1 : 0);
  },
);

it.each(calls)('%s that failed matches none', (name) => {
  expect(matching(every, aSample(name, { errorCode: 'AccessDenied' }))).toEqual([]);
});

it.each(calls)('C-02: an event of another service called like %s matches none', (name) => {
  const events = ['glue', ...new Set(everyEvent.map((event) => event.split(':')[0] ?? ''))]
    .filter((service) => !everyEvent.includes(`${service}:${aSample(name).detail.eventName}`))
    .map((service) => ({ ...aSample(name, { eventSource: `${service}.amazonaws.com` }), source: `aws.${service}` }));
  expect(delivered(every, events)).toEqual([]);
});

it.each(native)('C-02: an event of another service of the type of %s matches none', (name) => {
  expect(matching(every, { ...aSample(name), source: 'aws.glue' })).toEqual([]);
});

it.each(SAMPLE_NAMES)('K-03: %s from a source of anybody matches none', (name) => {
  expect(matching(every, { ...aSample(name), source: 'my.app' })).toEqual([]);
});

it.each(CATALOGUE.map(({ id }) => id))('without %s nothing comes that only it wanted', (id) => {
  const rest = CATALOGUE.filter((control) => control.id !== id);
  const rules = eventPatterns(rest);
  const wanted = watchedEvents(rest);
  const came = SAMPLE_NAMES.filter((name) => matching(rules, aSample(name)).length > 0);
  expect(came).toEqual(SAMPLE_NAMES.filter((name) => wanted.has(eventOf(name))));
});

it('watches the triggers of controls and the lives of their kinds', () => {
  expect([...watchedEvents(SAMPLE_CONTROLS)].sort()).toEqual([
    'eks:CreateCluster',
    'eks:DeleteCluster',
    'eks:TagResource',
    'eks:UntagResource',
    'eks:UpdateClusterConfig',
  ]);
});

it('derives nothing from nothing', () => {
  expect(eventPatterns([])).toEqual([]);
});

it('names calls by their services, and each kind of event in a rule of its own', () => {
  const errorCode = [{ exists: false }];
  const source = [{ prefix: 'aws.' }];
  const events = ['kms:DisableKey', 'eks:DeleteCluster', 'eks:CreateCluster', 'inspector2:Scan', 'ecr:ImageScan'];
  expect(eventPatterns(wanting(...events, 'signin:ConsoleLogin', 'kms:RotateKey'))).toEqual([
    {
      name: 'api-calls',
      pattern: {
        source,
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: {
          errorCode,
          $or: [
            { eventSource: ['eks.amazonaws.com'], eventName: ['CreateCluster', 'DeleteCluster'] },
            { eventSource: ['kms.amazonaws.com'], eventName: ['DisableKey'] },
          ],
        },
      },
    },
    {
      name: 'service-events',
      pattern: {
        source,
        'detail-type': ['AWS Service Event via CloudTrail'],
        detail: { errorCode, eventSource: ['kms.amazonaws.com'], eventName: ['RotateKey'] },
      },
    },
    {
      name: 'sign-ins',
      pattern: {
        source,
        'detail-type': ['AWS Console Sign In via CloudTrail'],
        detail: { errorCode, eventSource: ['signin.amazonaws.com'], eventName: ['ConsoleLogin'] },
      },
    },
    {
      name: 'native',
      pattern: { source: ['aws.ecr', 'aws.inspector2'], 'detail-type': ['ECR Image Scan', 'Inspector2 Scan'] },
    },
  ]);
});

const many = Array.from({ length: 500 }, (_, at) => `${['eks', 'iam', 'ec2'][at % 3]}:SomeOperationNumber${at}`);

it('C-04: packs many events into few rules, each within the limit of EventBridge', () => {
  const rules = eventPatterns(wanting(...many));
  const sizes = rules.map(({ pattern }) => JSON.stringify(pattern).length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(MOST_CHARACTERS);
  expect(rules.length).toBe(Math.ceil(sizes.reduce((sum, size) => sum + size, 0) / MOST_CHARACTERS));
  const events = many.map((event) => {
    const [service, eventName] = event.split(':');
    return aSample('eks-CreateCluster', { eventSource: `${service}.amazonaws.com`, eventName });
  });
  expect(events.map((event) => matching(rules, event).length)).toEqual(many.map(() => 1));
});

it('C-04: stays within its rules for every event there is, and says so when it cannot', () => {
  const sizes = every.map(({ pattern }) => JSON.stringify(pattern).length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(MOST_CHARACTERS);
  expect(every.length).toBeLessThanOrEqual(MOST_RULES);
  expect(() => eventPatterns(wanting(...many, ...many.map((event) => `${event}Again`)))).toThrow('events take');
});
