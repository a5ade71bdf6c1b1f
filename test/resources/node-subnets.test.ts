import type { RouteTable } from '@aws-sdk/client-ec2';
import type { Nodegroup } from '@aws-sdk/client-eks';
import { describe, expect, it } from 'vitest';
import { nodegroup } from '../../shared/resources/nodegroup.ts';
import { fakeReader, lacking, unread } from '../support/fake-reader.ts';
import { at, FIRST, SECOND, workers } from '../support/node-groups.ts';

const VPC = 'vpc-0a1b2c3d4e5f60718';
const inVpc = { Subnets: [FIRST, SECOND].map((SubnetId) => ({ SubnetId, VpcId: VPC, OwnerId: '444455556666' })) };
const toInternet = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-0a1b2c3d4e5f60718' };
const local = { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local' };
const main: RouteTable = {
  RouteTableId: 'rtb-0a1b2c3d4e5f60718',
  VpcId: VPC,
  Associations: [{ Main: true }],
  Routes: [local],
};
const own: RouteTable = {
  RouteTableId: 'rtb-0b1b2c3d4e5f60718',
  VpcId: VPC,
  Associations: [{ Main: false, SubnetId: SECOND }],
  Routes: [local, toInternet],
};

describe('the subnets of a node group', () => {
  it('knows a public subnet by its effective route table: its own, else the main one', async () => {
    const reader = fakeReader({
      'ec2:DescribeSubnets': () => inVpc,
      'ec2:DescribeRouteTables': () => ({ RouteTables: [own, main] }),
    });
    expect(await nodegroup.facets.subnets.read(reader, workers, at, [])).toEqual({
      outcome: 'found',
      began: 1,
      value: [
        { id: FIRST, owner: '444455556666', routeTable: 'rtb-0a1b2c3d4e5f60718', public: false },
        { id: SECOND, owner: '444455556666', routeTable: 'rtb-0b1b2c3d4e5f60718', public: true },
      ],
    });
    expect(reader.calls).toEqual([
      ['ec2:DescribeSubnets', { SubnetIds: [FIRST, SECOND] }],
      ['ec2:DescribeRouteTables', { Filters: [{ Name: 'vpc-id', Values: [VPC] }] }],
    ]);
  });

  it.each([
    ['half of a default route', { DestinationCidrBlock: '128.0.0.0/1', GatewayId: 'igw-0a' }, true],
    ['all of the IPv6 internet', { DestinationIpv6CidrBlock: '2000::/3', GatewayId: 'igw-0a' }, true],
    ['IPv6 to the internet gateway', { DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-0a' }, true],
    [
      'IPv6 to an egress-only gateway',
      { DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-0a' },
      false,
    ],
    ['a virtual private gateway', { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'vgw-0a' }, false],
    ['a NAT gateway', { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-0a' }, false],
    [
      'a network of ours by the internet gateway',
      { DestinationCidrBlock: '203.0.113.0/24', GatewayId: 'igw-0a' },
      false,
    ],
  ])('a default route: %s', async (_, route, isPublic) => {
    const reader = fakeReader({
      'ec2:DescribeSubnets': () => ({ Subnets: [{ SubnetId: FIRST, VpcId: VPC }] }),
      'ec2:DescribeRouteTables': () => ({ RouteTables: [{ ...main, Routes: [route] }] }),
    });
    expect(await nodegroup.facets.subnets.read(reader, { subnets: [FIRST] }, at, [])).toMatchObject({
      value: [{ id: FIRST, owner: null, public: isPublic }],
    });
  });

  it('is never private for want of an answer', async () => {
    const read = (base: Nodegroup, subnets: object | 'gone', tables: object | 'refused' = {}) =>
      nodegroup.facets.subnets.read(
        fakeReader({
          'ec2:DescribeSubnets': () => subnets as { Subnets: [] },
          'ec2:DescribeRouteTables': () => tables as { RouteTables: [] },
        }),
        base,
        at,
        [],
      );
    expect(await read({}, {})).toEqual(lacking('eks:DescribeNodegroup', Number.POSITIVE_INFINITY));
    expect(await read({ subnets: [] }, {})).toEqual(lacking('eks:DescribeNodegroup', Number.POSITIVE_INFINITY));
    expect(await read(workers, {})).toEqual(lacking('ec2:DescribeSubnets', 1));
    expect(await read(workers, 'gone')).toEqual({ outcome: 'gone', began: 1 });
    expect(await read(workers, { Subnets: [{ SubnetId: FIRST }] })).toEqual({ outcome: 'gone', began: 1 });
    expect(await read(workers, inVpc, 'refused')).toEqual({
      ...unread('refused', 'ec2:DescribeRouteTables', 2),
      began: 1,
    });
    expect(await read(workers, inVpc)).toEqual(lacking('ec2:DescribeRouteTables', 1));
    expect(await read(workers, inVpc, { RouteTables: [own] })).toEqual(lacking('ec2:DescribeRouteTables', 1));
    expect(await read(workers, inVpc, { RouteTables: [{ ...main, Routes: undefined }] })).toEqual(
      lacking('ec2:DescribeRouteTables', 1),
    );
  });
});
