import { describe, expect, it } from 'vitest';
import { logGroup, logGroupOf } from '../../shared/resources/log-group.ts';
import { fakeReader, lacking, unread } from '../support/fake-reader.ts';
import { aResource } from '../support/located.ts';

const at = aResource('log-group', logGroupOf('payments'));
const mine = { logGroupName: '/aws/eks/payments/cluster', retentionInDays: 365, creationTime: 1_700_000_000_000 };
const longer = { logGroupName: '/aws/eks/payments/cluster-archive' };

describe('log group', () => {
  it.each([
    ['itself', { logGroups: [longer, mine] }, { outcome: 'found', began: 1, value: mine }],
    ['gone among longer names', { logGroups: [longer] }, { outcome: 'gone', began: 1 }],
    ['malformed without a list', {}, lacking('logs:DescribeLogGroups', 1)],
    ['refused', 'refused', unread('refused', 'logs:DescribeLogGroups', 1)],
  ])('reads by its exact name: %s', async (_, answer, expected) => {
    const reader = fakeReader({ 'logs:DescribeLogGroups': () => answer as 'refused' });
    expect(await logGroup.base?.(reader, at)).toEqual(expected);
    expect(reader.calls).toEqual([['logs:DescribeLogGroups', { logGroupNamePrefix: '/aws/eks/payments/cluster' }]]);
  });

  it('is another generation when it was made again', () => {
    expect([logGroup.generation?.(mine), logGroup.generation?.({})]).toEqual(['1700000000000', undefined]);
  });
});
