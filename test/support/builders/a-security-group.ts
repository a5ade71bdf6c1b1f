import type { SubjectOf } from '../../../shared/resources/kind.ts';
import { securityGroup } from '../../../shared/resources/security-group.ts';
import { laidOver, type Overrides } from './laid-over.ts';

export type SecurityGroupSubject = SubjectOf<typeof securityGroup>;

const ID = 'sg-0c1b2c3d4e5f60718';

const whole = (): SecurityGroupSubject => ({
  kind: securityGroup.kind,
  at: { kind: 'security-group', id: ID, account: '111122223333', region: 'eu-west-1' },
  partition: 'aws',
  usedBy: [
    {
      by: { kind: 'nodegroup', id: 'payments/workers', account: '111122223333', region: 'eu-west-1' },
      as: ['security group of the launch template'],
      clusters: ['payments'],
    },
  ],
  GroupId: ID,
  GroupName: 'payments-workers',
  Description: 'Nodes of payments',
  OwnerId: '111122223333',
  VpcId: 'vpc-0a1b2c3d4e5f60718',
  IpPermissions: [
    { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: ID, UserId: '111122223333' }] },
    { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.20.0.0/16' }] },
  ],
  IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
  facets: {
    prefixLists: [],
    nodePortRange: [{ cluster: 'payments', from: 30_000, to: 32_767 }],
    vpcCidrs: ['10.20.0.0/16'],
  },
});

/** A security group of nodes that every control passes. */
export function aSecurityGroup(overrides: Overrides<SecurityGroupSubject> = {}): SecurityGroupSubject {
  return laidOver(whole(), overrides);
}
