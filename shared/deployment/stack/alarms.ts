import { pascal } from '../../derive/site.ts';
import { type Alarm, alarmResource, lambda, MINUTE } from './alarm.ts';
import { keptAside, workQueues } from './queues.ts';
import { wantedPolicies } from './roles.ts';
import type { StackSettings } from './settings.ts';
import { SINGLE_ALARMS } from './single-alarms.ts';
import type { Resources } from './template-parts.ts';

/** Each alarm of the stack by its logical id, with the section of docs/operating.md that explains it. */
export function alarmSections(settings: StackSettings): { id: string; section: string }[] {
  return alarmsOf(settings).map(({ id, section }) => ({ id, section }));
}

export function alarmResources(settings: StackSettings): Resources {
  return Object.fromEntries(alarmsOf(settings).map((alarm) => [alarm.id, alarmResource(alarm)]));
}

function alarmsOf(settings: StackSettings): Alarm[] {
  const functions = Object.keys(wantedPolicies(settings)).sort();
  return [
    ...keptAside(settings).map(setAside),
    ...workQueues(settings).map(waits),
    ...functions.map(errors),
    ...functions.map(throttles),
    ...SINGLE_ALARMS,
  ];
}

const calm = { namespace: 'AWS/SQS', missing: 'notBreaching' } as const;
const queueName = (queue: string) => ({ QueueName: { 'Fn::GetAtt': [queue, 'QueueName'] } });

function setAside(queue: string): Alarm {
  return {
    ...calm,
    id: `${queue}Alarm`,
    section: `alarm-${kebab(queue)}`,
    says: `Something could not be handled and stands in ${queue}.`,
    metric: 'ApproximateNumberOfMessagesVisible',
    dimensions: queueName(queue),
    statistic: 'Maximum',
    period: 5 * MINUTE,
    above: 0,
  };
}

function waits(queue: string): Alarm {
  return {
    ...calm,
    id: `${queue}AgeAlarm`,
    section: 'alarm-queue-age',
    says: `The oldest message of ${queue} waits for longer than it should.`,
    metric: 'ApproximateAgeOfOldestMessage',
    dimensions: queueName(queue),
    statistic: 'Maximum',
    period: 5 * MINUTE,
    // What is looked at later is sent again each time, with a delay that does not count as age.
    above: 30 * MINUTE,
    periods: 2,
  };
}

function errors(name: string): Alarm {
  return {
    ...lambda(name),
    id: `${pascal(name)}ErrorsAlarm`,
    section: 'alarm-function-errors',
    says: `${name} fails as a whole, not at single messages.`,
    metric: 'Errors',
    period: 5 * MINUTE,
    above: 0,
    periods: 2,
  };
}

function throttles(name: string): Alarm {
  return {
    ...lambda(name),
    id: `${pascal(name)}ThrottlesAlarm`,
    section: 'alarm-function-throttles',
    says: `${name} is not run as often as it should be: the account has too little concurrency.`,
    metric: 'Throttles',
    period: 5 * MINUTE,
    above: 10,
    periods: 3,
  };
}

function kebab(id: string): string {
  return id.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase();
}
