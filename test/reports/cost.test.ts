import { expect, it } from 'vitest';
import { costOfEvents, costOfStanding, costOfSweep, dollarsOf, summed, type Work } from '../../shared/reports/cost.ts';
import { costOfMonth, type Measured, scopesFor } from '../../shared/reports/month.ts';

/** Round numbers, so that a person can follow with a pencil. */
const event: Work = { rechecks: 2, looks: 2, awsReads: 10, rounds: 4, readUnits: 5, writeUnits: 6 };
const sweep: Work = { rechecks: 0, looks: 1, awsReads: 4, rounds: 2, readUnits: 2, writeUnits: 1 };
const running = { gigabytes: 0.5, logBytes: 1000 };
const functions = { locate: running, evaluate: running, announce: running, post: running, sweep: running };
const standing = { alarms: 20, polledQueues: 3, metrics: 10, keys: 1, secrets: 1 };
const measured: Measured = { event, sweep, functions, standing };

const within = (share: number) => (actual: number, wanted: number) => Math.abs(actual - wanted) <= share * wanted;

/** Quantities by hand, for 1,000,000 events of which a tenth is news. */
it('a million events cost what their calls come to', () => {
  const lines = costOfEvents(1e6, event, functions, 0.3);
  expect(
    lines.map(({ item, quantity, dollars }) => [item, Math.round(quantity), Math.round(dollars * 1e4) / 1e4]),
  ).toEqual([
    // 300,000 forwarded at $1 a million.
    ['EventBridge: events from other regions and accounts', 300_000, 0.3],
    // Changes 3 M, rechecks 2 M × 3, notices 100,000 × 3: at $0.40.
    ['SQS: send, receive and delete', 9_300_000, 3.72],
    // 1 M + 2 M + 2 × 100,000: at $0.20.
    ['Lambda: invocations', 3_200_000, 0.64],
    // Locate 1 M × 15 ms, evaluate 2 M × 135 ms, announce 0.1 M × 25 ms, post 0.1 M × 300 ms; half a GB each.
    ['Lambda: GB-seconds', 158_750, 2.1167],
    ['DynamoDB: read units', 5_000_000, 0.625],
    // 6 M, and 4 for each notice.
    ['DynamoDB: write units', 6_400_000, 4],
    ['SNS: notices published', 100_000, 0.05],
    // 3.2 M lines of 1,000 bytes at $0.50 a GB; rounded here.
    ['CloudWatch Logs: GB', 3, 1.6],
  ]);
});

it('what stands costs the same whatever happens', () => {
  const lines = costOfStanding({ ...standing, gigabytes: 2 });
  expect(lines.map(({ quantity, dollars }) => [quantity, Math.round(dollars * 1e4) / 1e4])).toEqual([
    // 3 queues × 5 requests × 129,600 times in 30 days.
    [1_944_000, 0.7776],
    [20, 2],
    [10, 3],
    [1, 1],
    [1, 0.4],
    [2, 0.5],
    [2, 0.4],
  ]);
});

it('a night costs its looks', () => {
  const lines = costOfSweep(6000, 12, sweep, running);
  expect(lines.map(({ item, quantity }) => [item, Math.round(quantity * 1e6) / 1e6])).toEqual([
    ['Lambda: invocations', 14],
    // 6,000 × (2 × 60 ms + 2 × 5 ms), half a GB.
    ['Lambda: GB-seconds', 390],
    ['DynamoDB: read units', 12_000],
    ['DynamoDB: write units', 6000],
    ['Step Functions: transitions', 41],
    ['CloudWatch Logs: GB', 0.000014],
  ]);
});

it('items of the same name are added up, so many times over', () => {
  const line = (dollars: number) => ({ item: 'one', quantity: 2, dollars });
  expect(summed([{ lines: [line(1)] }, { lines: [line(10)], times: 30 }])).toEqual([
    { item: 'one', quantity: 62, dollars: 301 },
  ]);
});

it('an account and region for each ten clusters, those of IAM and of the hub besides', () => {
  expect([0, 1, 5, 10, 11, 100].map(scopesFor)).toEqual([2, 3, 3, 3, 4, 12]);
});

it.each<[clusters: number, events: number, dollars: number]>([
  // Standing 7.1776 and 2.7 GB-months a thousandth of it; events 13.0517 a million; 30 nights.
  [0, 0, 7.1776 + 30 * (4 * 2e-7 + 11 * 25e-6 + 4 * 1000e-9 * 0.5)],
  [
    100,
    1_000_000,
    13.05167 +
      7.1776 +
      0.06 * 0.45 +
      30 * (14 * 2e-7 + 390 * 13.3334e-6 + 0.012 * 0.125 + 0.006 * 0.625 + 41 * 25e-6 + 14e-6 * 0.5),
  ],
])('C-03: a month of %d clusters and %d events is within 1 %% of the sum by hand', (clusters, events, byHand) => {
  const dollars = dollarsOf(costOfMonth({ clusters, events }, measured));
  expect([dollars, byHand, within(0.01)(dollars, byHand)]).toEqual([dollars, byHand, true]);
});
