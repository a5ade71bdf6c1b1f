import { expect, it } from 'vitest';
import { pacer } from '../../shared/aws/pace.ts';

const PACE = { perSecond: 10, burst: 2, slower: { 'cloudtrail:LookupEvents': { perSecond: 1, burst: 1 } } };
const HERE = '111122223333 eu-west-1';

/** A pacer whose waits are added to the clock, and when each of its turns began (ms). */
function aPacer() {
  const state = { now: 0 };
  const sleep = async (milliseconds: number) => {
    state.now += milliseconds;
  };
  const pacing = pacer(PACE, () => state.now, sleep);
  const turns = async (times: number, action = 'eks:DescribeCluster', place = HERE) => {
    const began: number[] = [];
    for (let at = 0; at < times; at += 1) {
      await pacing.turn(place, action);
      began.push(state.now);
    }
    return began;
  };
  return { pacing, turns, state };
}

it('a burst, then so many a second, for each account and region and service', async () => {
  const { turns } = aPacer();
  expect(await turns(4)).toEqual([0, 0, 100, 200]);
  expect(await turns(2, 'ec2:DescribeVpcs')).toEqual([200, 200]);
  expect(await turns(2, 'eks:ListClusters', '444455556666 eu-west-1')).toEqual([200, 200]);
});

it('T-03: the event history has a pace of its own, below the two calls a second that CloudTrail takes', async () => {
  const { turns } = aPacer();
  expect(await turns(3, 'cloudtrail:LookupEvents')).toEqual([0, 1000, 2000]);
  expect(await turns(2, 'cloudtrail:GetTrail')).toEqual([2000, 2000]);
});

it('halves where AWS throttles, once a second however many were under way, and has no burst then', async () => {
  const { pacing, turns, state } = aPacer();
  await turns(1);
  for (let at = 0; at < 5; at += 1) pacing.throttled(HERE, 'eks:DescribeCluster');
  state.now = 10_000;
  expect(await turns(3)).toEqual([10_000, 10_200, 10_400]);
  pacing.throttled(HERE, 'eks:ListClusters');
  state.now = 20_000;
  expect(await turns(3)).toEqual([20_000, 20_400, 20_800]);
});

it('comes back to its pace by and by with each call that AWS takes', async () => {
  const { pacing, turns, state } = aPacer();
  pacing.throttled(HERE, 'eks:DescribeCluster');
  for (let at = 0; at < 24; at += 1) pacing.taken(HERE, 'eks:DescribeCluster');
  state.now = 10_000;
  const [first = 0, second = 0] = await turns(2);
  expect(Math.round(second - first)).toBe(102);
  pacing.taken(HERE, 'eks:DescribeCluster');
  pacing.taken(HERE, 'eks:DescribeCluster');
  state.now = 20_000;
  expect(await turns(3)).toEqual([20_000, 20_000, 20_100]);
});

it('never stops, however often it is throttled', async () => {
  const { pacing, turns, state } = aPacer();
  for (let at = 0; at < 40; at += 1) {
    state.now += 2000;
    pacing.throttled(HERE, 'eks:DescribeCluster');
  }
  const [first = 0, second = 0] = await turns(2);
  expect(second - first).toBe(3200);
});
