import type { SecurityGroup } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { nodegroup } from '../../shared/resources/nodegroup.ts';
import { fakeReader, lacking } from '../support/fake-reader.ts';
import { lines } from '../support/located.ts';
import { at, FIRST, SECOND, templated, workers } from '../support/node-groups.ts';

const _group = (GroupId: string): SecurityGroup => ({ GroupId, IpPermissions: [{ IpProtocol: '-1' }] });

describe('node group', () => {
  it('reads itself by cluster and name', async () => {
    const reader = fakeReader({ 'eks:DescribeNodegroup': () => ({ nodegroup: workers }) });
    expect(await nodegroup.base?.(reader, at)).toEqual({ outcome: 'found', began: 1, value: workers });
    expect(reader.calls).toEqual([['eks:DescribeNodegroup', { clusterName: 'payments', nodegroupName: 'workers' }]]);
    expect(await nodegroup.base?.(fakeReader({ 'eks:DescribeNodegroup': () => ({}) }), at)).toEqual(
      lacking('eks:DescribeNodegroup', 1),
    );
  });

  it('belongs to its cluster, has tags and generations', () => {
    expect(nodegroup.clusters?.(at)).toEqual(['payments']);
    expect([nodegroup.tags?.(workers), nodegroup.tags?.({})]).toEqual([{ team: 'payments' }, {}]);
    expect(nodegroup.generation?.(workers)).toBe('2026-01-02T03:04:05.000Z');
  });

  it.each([
    ['CREATING', 'unsettled'],
    ['UPDATING', 'unsettled'],
    ['DELETING', 'gone'],
    ['DEGRADED', 'settled'],
    ['CREATE_FAILED', 'settled'],
  ] as const)('%s is %s', (status, settled) => {
    expect(nodegroup.settled?.({ status })).toBe(settled);
  });

  it('links to what its base read names', () => {
    const base = { ...templated, resources: { remoteAccessSecurityGroup: 'sg-0a1b2c3d4e5f60718' } };
    expect(lines(nodegroup.links?.(base, {}, at) ?? [])).toEqual([
      'cluster → cluster payments',
      'node role → role payments-node in global',
      `node subnet → subnet ${FIRST}`,
      `node subnet → subnet ${SECOND}`,
      'launch template → launch-template lt-0a1b2c3d4e5f60718',
      'remote access security group → security-group sg-0a1b2c3d4e5f60718',
    ]);
    expect(nodegroup.links?.({}, {}, at)).toEqual([]);
  });

  it('links to route tables, to shared subnets where they belong, and to its template’s groups, once those are read', () => {
    const facets = {
      subnets: [{ id: FIRST, owner: '444455556666', routeTable: 'rtb-0a1b2c3d4e5f60718', public: false }],
      launchTemplate: {
        id: 'lt-0a1b2c3d4e5f60718',
        version: '3',
        imageId: null,
        keyName: null,
        securityGroups: ['sg-0a1b2c3d4e5f60718'],
        adminContainer: false,
      },
      remoteAccessGroups: [
        { id: 'sg-0a1b2c3d4e5f60718', as: 'launch template', ingress: [] },
        { id: 'sg-0b1b2c3d4e5f60718', as: 'cluster', ingress: [] },
      ] as const,
    };
    expect(lines(nodegroup.links?.({}, facets, at) ?? [])).toEqual([
      `node subnet → subnet ${FIRST} in 444455556666`,
      'route table of a node subnet → route-table rtb-0a1b2c3d4e5f60718 in 444455556666',
      'security group of the launch template → security-group sg-0a1b2c3d4e5f60718',
      'cluster security group → security-group sg-0b1b2c3d4e5f60718',
    ]);
  });
});
