import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { alarmSections } from '../../shared/deployment/stack/alarms.ts';
import { lambdaMetrics } from '../../shared/runtime/meter.ts';
import { METRICS, type MetricName } from '../../shared/runtime/metrics.ts';
import { FULL, included, type Json, SHIPPED, settingsFrom } from '../support/hub-template.ts';
import { idIn, ofType } from '../support/template-queries.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const full = included(FULL);
const alarms = ofType(full, 'AWS::CloudWatch::Alarm');
const OURS = 'eks-warden';

/** What AWS itself publishes of a queue, a function and a state machine, by its dimension. */
const OF_AWS: Readonly<Record<string, readonly string[]>> = {
  'AWS/SQS QueueName': ['ApproximateAgeOfOldestMessage', 'ApproximateNumberOfMessagesVisible'],
  'AWS/Lambda FunctionName': ['Errors', 'IteratorAge', 'Throttles'],
  'AWS/States StateMachineArn': ['ExecutionsFailed', 'ExecutionsTimedOut'],
};

it('Q-03: each alarm watches a figure that is published', () => {
  const unknown = alarms.filter(([, { Namespace, MetricName, Dimensions }]) => {
    if (Namespace === OURS) return false;
    const names = (Dimensions as Json[]).map(({ Name }) => Name).join(' ');
    return !OF_AWS[`${Namespace} ${names}`]?.includes(String(MetricName));
  });
  expect(unknown).toEqual([]);
});

it('Q-03: our own figures come out of the functions as the alarms watch them', () => {
  const watched = alarms.filter(([, { Namespace }]) => Namespace === OURS);
  const told = watched.map(([id, { MetricName, Dimensions }]) => {
    const [{ Name, Value } = {}] = Dimensions as { Name?: string; Value?: string }[];
    const { namespace, dimensions, name } = published(String(Value), String(MetricName));
    return { id, namespace, dimensions, name, isWatched: Name === 'service' && MetricName === name };
  });
  expect(told.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
    {
      id: 'EventLagAlarm',
      namespace: OURS,
      dimensions: { service: 'evaluate-resource' },
      name: 'eventToVerdict',
      isWatched: true,
    },
    {
      id: 'RefusedOriginAlarm',
      namespace: OURS,
      dimensions: { service: 'locate-change' },
      name: 'refusedOrigin',
      isWatched: true,
    },
    {
      id: 'SweepIncompleteAlarm',
      namespace: OURS,
      dimensions: { service: 'close-sweep' },
      name: 'sweepIncomplete',
      isWatched: true,
    },
    {
      id: 'SweepOverdueAlarm',
      namespace: OURS,
      dimensions: { service: 'close-sweep' },
      name: 'sweepFinished',
      isWatched: true,
    },
  ]);
});

/** What one count of a function writes for CloudWatch. */
function published(service: string, metric: string) {
  const lines: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
  const metrics = lambdaMetrics(service);
  if ((METRICS as readonly string[]).includes(metric)) metrics.count(metric as MetricName);
  else metrics.duration(metric as 'eventToVerdict', 1);
  metrics.flush();
  spy.mockRestore();
  const { _aws, ...values } = JSON.parse(lines[0] ?? '{}');
  const [{ Namespace, Dimensions, Metrics }] = _aws.CloudWatchMetrics;
  const dimensions = Object.fromEntries((Dimensions[0] as string[]).map((name) => [name, values[name]]));
  return { namespace: Namespace, dimensions, name: Metrics[0].Name };
}

it('Q-03: the functions call themselves as the alarms do', () => {
  const entries = globSync('functions/**/index.ts', { cwd: ROOT });
  const named = entries.map((entry) => /invocation\('([^']+)'\)/.exec(readFileSync(join(ROOT, entry), 'utf8'))?.[1]);
  expect(named).toEqual(entries.map((entry) => dirname(entry).split('/').at(-1)));
});

it('Q-03: each alarm says what no figure means, tells when it goes off and when it is over', () => {
  const silent = alarms.filter(
    ([, { TreatMissingData, AlarmActions, OKActions }]) =>
      !/^(?:notB|b)reaching$/.test(String(TreatMissingData)) ||
      idIn(AlarmActions) !== 'NoticesTopic' ||
      idIn(OKActions) !== 'NoticesTopic',
  );
  expect(silent).toEqual([]);
});

it('each alarm names the section that explains it', () => {
  const sections = new Map(alarmSections(settingsFrom(FULL)).map(({ id, section }) => [id, section]));
  const unnamed = alarms.filter(
    ([id, { AlarmDescription }]) => !String(AlarmDescription).endsWith(` docs/operating.md#${sections.get(id)}`),
  );
  expect([unnamed, sections.size]).toEqual([[], alarms.length]);
});

it('every queue for what failed has an alarm, and every queue that is worked on has one for its age', () => {
  for (const resources of [included(SHIPPED), full]) {
    const queues = ofType(resources, 'AWS::SQS::Queue');
    const watched = (metric: string) =>
      ofType(resources, 'AWS::CloudWatch::Alarm').flatMap(([, { MetricName, Dimensions }]) =>
        MetricName === metric ? [idIn((Dimensions as Json[])[0]?.Value)] : [],
      );
    const work = queues.flatMap(([id, { RedrivePolicy }]) => (RedrivePolicy ? [id] : []));
    const aside = queues.flatMap(([id, { RedrivePolicy }]) => (RedrivePolicy ? [] : [id]));
    expect(watched('ApproximateNumberOfMessagesVisible').sort()).toEqual(aside.sort());
    expect(watched('ApproximateAgeOfOldestMessage').sort()).toEqual(work.sort());
  }
});

it('docs/operating.md has a section for each alarm, and none for what is no alarm', () => {
  const page = readFileSync(join(ROOT, 'docs', 'operating.md'), 'utf8');
  const anchors = [...page.matchAll(/^#+ (alarm\b.+)$/gm)].map(([, heading = '']) =>
    heading.replaceAll(':', '').replaceAll(' ', '-'),
  );
  const sections = new Set(alarmSections(settingsFrom(FULL)).map(({ section }) => section));
  expect(anchors.sort()).toEqual([...sections].sort());
});
