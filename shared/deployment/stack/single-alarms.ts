import { ref } from '../../derive/cloudformation.ts';
import { type Alarm, lambda, MINUTE } from './alarm.ts';

const streamWaits: Alarm = {
  ...lambda('announce-finding'),
  id: 'StreamAgeAlarm',
  section: 'alarm-stream-age',
  says: 'Notices wait: the stream of the table is not read, or stops at a record.',
  metric: 'IteratorAge',
  statistic: 'Maximum',
  period: 5 * MINUTE,
  above: 10 * MINUTE * 1000,
  periods: 2,
};

/** Powertools puts the function's name as `service` onto each figure. */
const ours = (service: string) => ({ namespace: 'eks-warden', dimensions: { service } });

const eventLag: Alarm = {
  ...ours('evaluate-resource'),
  id: 'EventLagAlarm',
  section: 'alarm-event-lag',
  says: 'From a change to its verdict it takes longer than 15 minutes.',
  metric: 'eventToVerdict',
  statistic: 'p90',
  period: 15 * MINUTE,
  above: 15 * MINUTE * 1000,
  periods: 2,
  missing: 'notBreaching',
};

const refusedOrigin: Alarm = {
  ...ours('locate-change'),
  id: 'RefusedOriginAlarm',
  section: 'alarm-refused-origin',
  says: 'Events came that are none of ours: forged, or of an account that is not registered.',
  metric: 'refusedOrigin',
  statistic: 'Sum',
  period: 5 * MINUTE,
  above: 0,
  missing: 'notBreaching',
};

const sweepFailed: Alarm = {
  id: 'SweepFailedAlarm',
  section: 'alarm-sweep-failed',
  says: 'A sweep failed or was given up.',
  namespace: 'AWS/States',
  metric: 'ExecutionsFailed',
  dimensions: { StateMachineArn: ref('SweepMachine') },
  statistic: 'Sum',
  period: 5 * MINUTE,
  above: 0,
  missing: 'notBreaching',
};

const sweepIncomplete: Alarm = {
  ...ours('close-sweep'),
  id: 'SweepIncompleteAlarm',
  section: 'alarm-sweep-incomplete',
  says: 'A sweep could not read everything: what it did not read is not judged.',
  metric: 'sweepIncomplete',
  statistic: 'Sum',
  period: 5 * MINUTE,
  above: 0,
  missing: 'notBreaching',
};

/** In windows of six hours: a night may begin later than the one before. */
const sweepOverdue: Alarm = {
  ...ours('close-sweep'),
  id: 'SweepOverdueAlarm',
  section: 'alarm-sweep-overdue',
  says: 'No sweep came to its end for 30 hours.',
  metric: 'sweepFinished',
  statistic: 'Sum',
  period: 360 * MINUTE,
  below: 1,
  periods: 5,
  missing: 'breaching',
};

/** The alarms that there is one of in each deployment. */
export const SINGLE_ALARMS: readonly Alarm[] = [
  streamWaits,
  eventLag,
  refusedOrigin,
  sweepFailed,
  sweepIncomplete,
  sweepOverdue,
];
