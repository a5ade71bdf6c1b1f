import type { IpPermission } from '@aws-sdk/client-ec2';
import type { AMITypes } from '@aws-sdk/client-eks';
import control from '../../../shared/controls/node/node-no-ssh.ts';
import { aNodegroup } from '../../support/builders.ts';
import { testControl } from '../../support/test-control.ts';

const GROUP = 'sg-0c1b2c3d4e5f60718';
const CLUSTER = 'sg-0a1b2c3d4e5f60718';
const BASTION = 'sg-0b1b2c3d4e5f60718';
const withRules = (...ingress: IpPermission[]) =>
  aNodegroup({ facets: { remoteAccessGroups: [{ id: GROUP, as: 'launch template', ingress }] } });
const tcp = (FromPort: number, ToPort: number, from: Partial<IpPermission>): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort,
  ToPort,
  ...from,
});
const WORLD = { IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
const OFFICE = { IpRanges: [{ CidrIp: '203.0.113.0/24' }] };
const openTo = (sources: string) => ({ message: 'openPort' as const, data: { group: GROUP, sources } });
const withTemplate = (more: { keyName?: string | null; adminContainer?: boolean | null }, amiType?: AMITypes) =>
  aNodegroup({ ...(amiType ? { amiType } : {}), facets: { launchTemplate: more } });

testControl(control, {
  passes: {
    'no key, no remote access, nodes that reach each other': { subject: aNodegroup() },
    'no launch template and no remote access': {
      subject: aNodegroup({ launchTemplate: undefined, facets: { launchTemplate: null } }),
    },
    'one group of the nodes lets in another': {
      subject: aNodegroup({
        facets: {
          remoteAccessGroups: [
            {
              id: GROUP,
              as: 'launch template',
              ingress: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: CLUSTER }] }],
            },
            { id: CLUSTER, as: 'launch template', ingress: [] },
          ],
        },
      }),
    },
    'other ports open': { subject: withRules(tcp(443, 443, WORLD), tcp(23, 3388, OFFICE)) },
    'port 22 of UDP': { subject: withRules({ ...tcp(22, 22, WORLD), IpProtocol: 'udp' }) },
    'SSH from an approved bastion': {
      subject: withRules(tcp(22, 22, { UserIdGroupPairs: [{ GroupId: BASTION }] })),
      params: { approvedBastionSgs: [BASTION] },
    },
    'SSH from within an approved network': {
      subject: withRules(tcp(22, 22, { IpRanges: [{ CidrIp: '203.0.113.64/26' }] })),
      params: { approvedBastionCidrs: ['203.0.113.0/25', '203.0.113.128/25'] },
    },
    'user data that cannot be read, on nodes that are not Bottlerocket': {
      subject: withTemplate({ adminContainer: null }, 'AL2023_x86_64_STANDARD'),
    },
  },

  fails: {
    'a key without source groups': {
      subject: aNodegroup({ remoteAccess: { ec2SshKey: 'ops' } }),
      message: 'openKey',
      data: { key: 'ops' },
    },
    'a key and an empty list of source groups': {
      subject: aNodegroup({ remoteAccess: { ec2SshKey: 'ops', sourceSecurityGroups: [] } }),
      message: 'openKey',
      data: { key: 'ops' },
    },
    'a key for a bastion': {
      subject: aNodegroup({ remoteAccess: { ec2SshKey: 'ops', sourceSecurityGroups: [BASTION] } }),
      message: 'key',
      data: { key: 'ops' },
    },
    'a key in the launch template': {
      subject: withTemplate({ keyName: 'ops' }),
      message: 'templateKey',
      data: { key: 'ops' },
    },
    'SSH from everywhere': { subject: withRules(tcp(22, 22, WORLD)), ...openTo('0.0.0.0/0') },
    'SSH from everywhere by IPv6': {
      subject: withRules(tcp(22, 22, { Ipv6Ranges: [{ CidrIpv6: '::/0' }] })),
      ...openTo('::/0'),
    },
    'a range of ports around RDP, from an office': {
      subject: withRules(tcp(3000, 4000, OFFICE)),
      ...openTo('203.0.113.0/24'),
    },
    'all protocols': { subject: withRules({ IpProtocol: '-1', ...OFFICE }), ...openTo('203.0.113.0/24') },
    'TCP without ports, which is all of them': {
      subject: withRules({ IpProtocol: '6', ...OFFICE }),
      ...openTo('203.0.113.0/24'),
    },
    'SSH from a group and a prefix list that nobody approved': {
      subject: withRules(
        tcp(22, 22, {
          UserIdGroupPairs: [{ GroupId: BASTION }],
          PrefixListIds: [{ PrefixListId: 'pl-0a1b2c3d4e5f60718' }],
        }),
      ),
      ...openTo(`pl-0a1b2c3d4e5f60718, ${BASTION}`),
    },
    'SSH from a network only partly approved': {
      subject: withRules(tcp(22, 22, OFFICE)),
      params: { approvedBastionCidrs: ['203.0.113.0/25'] },
      ...openTo('203.0.113.0/24'),
    },
    'the same source by two rules is named once': {
      subject: withRules(tcp(22, 22, OFFICE), tcp(3389, 3389, OFFICE)),
      ...openTo('203.0.113.0/24'),
    },
    'the admin container of Bottlerocket': {
      subject: withTemplate({ adminContainer: true }),
      message: 'adminContainer',
    },
    'a key without source groups, and the group that EKS opened for it': {
      subject: aNodegroup({
        remoteAccess: { ec2SshKey: 'ops' },
        facets: { remoteAccessGroups: [{ id: GROUP, as: 'remote access', ingress: [tcp(22, 22, WORLD)] }] },
      }),
      message: 'openKey',
      data: { key: 'ops' },
      also: [openTo('0.0.0.0/0')],
    },
    'a key, whatever the user data holds': {
      subject: withTemplate({ keyName: 'ops', adminContainer: null }),
      message: 'templateKey',
      data: { key: 'ops' },
    },
  },

  unforeseen: {
    'U-01: a rule for SSH that names nobody': {
      subject: withRules(tcp(22, 22, {})),
      field: 'The control could not judge what it read: a rule of a security group does not say whom it lets in.',
    },
    'U-01: user data of Bottlerocket that cannot be read': {
      subject: withTemplate({ adminContainer: null }),
      field: 'UserData',
    },
  },
});
