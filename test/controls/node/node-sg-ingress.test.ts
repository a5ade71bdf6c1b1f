import type { IpPermission } from '@aws-sdk/client-ec2';
import control from '../../../shared/controls/node/node-sg-ingress.ts';
import type { Use } from '../../../shared/resources/resource.ts';
import { aSecurityGroup } from '../../support/builders.ts';
import { testControl } from '../../support/test-control.ts';

const LIST = 'pl-0a1b2c3d4e5f60718';
const withRules = (...IpPermissions: IpPermission[]) => aSecurityGroup({ IpPermissions });
const from = (cidrs: string[], IpProtocol = '-1', FromPort?: number, ToPort = FromPort): IpPermission => ({
  IpProtocol,
  ...(FromPort === undefined || ToPort === undefined ? {} : { FromPort, ToPort }),
  IpRanges: cidrs.filter((cidr) => !cidr.includes(':')).map((CidrIp) => ({ CidrIp })),
  Ipv6Ranges: cidrs.filter((cidr) => cidr.includes(':')).map((CidrIpv6) => ({ CidrIpv6 })),
});
const world = (...ports: [protocol?: string, from?: number, to?: number]) => from(['0.0.0.0/0'], ...ports);
const usedAs = (...as: string[]): Use[] => [
  {
    by: { kind: 'cluster', id: 'payments', account: '111122223333', region: 'eu-west-1' },
    as,
    clusters: ['payments'],
  },
];
const unjudged = (why: string) => `The control could not judge what it read: ${why}.`;
const sensitive = (ports: string) => ({ message: 'sensitive' as const, data: { ports } });
const nodePorts = (ports: string) => ({ message: 'nodePorts' as const, data: { ports } });
const other = (ports: string) => ({ message: 'other' as const, data: { ports } });
const wide = (cidrs: string) => ({ message: 'wide' as const, data: { cidrs } });

testControl(control, {
  passes: {
    'only the nodes themselves and their VPC': { subject: aSecurityGroup() },
    'no rules at all': { subject: withRules() },
    'an office on SSH, which another control judges': { subject: withRules(from(['203.0.113.0/24'], 'tcp', 22)) },
    'a network as wide as a VPC may be': { subject: withRules(from(['10.96.0.0/16'], 'tcp', 443)) },
    'a wide network that the VPC has': {
      subject: aSecurityGroup({
        IpPermissions: [from(['10.20.0.0/15'], 'tcp', 443)],
        facets: { vpcCidrs: ['10.20.0.0/16', '10.21.0.0/16'] },
      }),
    },
    'a wide network that is allowed': {
      subject: withRules(from(['10.0.0.0/8'], 'tcp', 22)),
      params: { allowedIngressCidrs: ['10.0.0.0/8'] },
    },
    'NodePorts from everywhere, where a load balancer keeps client addresses': {
      subject: withRules(world('tcp', 30_000, 32_767)),
      params: { allowNodePortFromWorld: true },
    },
    'the prefix list of an office': {
      subject: aSecurityGroup({
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, PrefixListIds: [{ PrefixListId: LIST }] }],
        facets: { prefixLists: [{ id: LIST, cidrs: ['203.0.113.0/24'] }] },
      }),
    },
    'half of IPv6 that nobody has': {
      subject: withRules(from(['8000::/1'], 'tcp', 22)),
      params: { allowedIngressCidrs: ['8000::/1'] },
    },
  },

  notApplicable: {
    'open to everyone, but of the control plane only': {
      subject: aSecurityGroup({ usedBy: usedAs('additional security group'), IpPermissions: [world('tcp', 443)] }),
    },
    'used by nothing of ours any more': { subject: aSecurityGroup({ usedBy: [], IpPermissions: [world()] }) },
  },

  fails: {
    'everything from everywhere': {
      subject: withRules(world()),
      ...sensitive('every tcp port, every udp port'),
    },
    "everything from everywhere, on a cluster's own group": {
      subject: aSecurityGroup({ usedBy: usedAs('cluster security group'), IpPermissions: [world()] }),
      ...sensitive('every tcp port, every udp port'),
    },
    'SSH on a group for remote access': {
      subject: aSecurityGroup({ usedBy: usedAs('remote access security group'), IpPermissions: [world('tcp', 22)] }),
      ...sensitive('tcp 22'),
    },
    'every TCP port': { subject: withRules(world('tcp', 0, 65_535)), ...sensitive('every tcp port') },
    'TCP by its number and without ports': { subject: withRules(world('6')), ...sensitive('every tcp port') },
    'SSH by IPv6 only': { subject: withRules(from(['::/0'], 'tcp', 22)), ...sensitive('tcp 22') },
    'the kubelet, within a range': {
      subject: withRules(world('tcp', 10_000, 10_300)),
      ...sensitive('tcp 10000-10300'),
    },
    'RDP, Docker, the API server and etcd': {
      subject: withRules(world('tcp', 3389), world('tcp', 2375, 2376), world('tcp', 6443), world('tcp', 2379, 2380)),
      ...sensitive('tcp 2375-2376, tcp 2379-2380, tcp 3389, tcp 6443'),
    },
    'the read-only port of the kubelet': { subject: withRules(world('tcp', 10_255)), ...sensitive('tcp 10255') },
    'U-02: the world in two halves': {
      subject: withRules(from(['0.0.0.0/1', '128.0.0.0/1'], 'tcp', 22)),
      ...sensitive('tcp 22'),
    },
    'U-02: parts of the world by two rules, open where both hold': {
      subject: withRules(from(['32.0.0.0/3'], 'tcp', 22, 23), from(['128.0.0.0/3'], 'tcp', 20, 22)),
      ...sensitive('tcp 22'),
      also: [wide('32.0.0.0/3, 128.0.0.0/3')],
    },
    'U-02: half of the world without a private network': {
      subject: withRules(
        from(
          ['0.0.0.0/5', '8.0.0.0/7', '11.0.0.0/8', '12.0.0.0/6', '16.0.0.0/4', '32.0.0.0/3', '64.0.0.0/2'],
          'tcp',
          22,
        ),
      ),
      ...sensitive('tcp 22'),
      also: [wide('0.0.0.0/5, 8.0.0.0/7, 11.0.0.0/8, 12.0.0.0/6, 16.0.0.0/4, 32.0.0.0/3, 64.0.0.0/2')],
    },
    'U-02: all of the global IPv6 addresses in two halves': {
      subject: withRules(from(['2000::/4', '3000::/4'], 'tcp', 443)),
      ...other('tcp 443'),
    },
    'everyone by a prefix list': {
      subject: aSecurityGroup({
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, PrefixListIds: [{ PrefixListId: LIST }] }],
        facets: { prefixLists: [{ id: LIST, cidrs: ['0.0.0.0/1', '128.0.0.0/1'] }] },
      }),
      ...sensitive('tcp 22'),
    },
    'everyone, though one network is allowed': {
      subject: withRules(world('tcp', 22)),
      params: { allowedIngressCidrs: ['203.0.113.0/24'] },
      ...sensitive('tcp 22'),
    },
    NodePorts: { subject: withRules(world('tcp', 30_000, 32_767)), ...nodePorts('tcp 30000-32767') },
    'NodePorts of UDP': { subject: withRules(world('udp', 31_000)), ...nodePorts('udp 31000') },
    'NodePorts where the cluster has others than usual': {
      subject: aSecurityGroup({
        IpPermissions: [world('tcp', 20_000, 20_010), world('tcp', 31_000)],
        facets: { nodePortRange: [{ cluster: 'payments', from: 20_000, to: 21_000 }] },
      }),
      ...nodePorts('tcp 20000-20010'),
      also: [other('tcp 31000')],
    },
    'more than NodePorts, where those may be open': {
      subject: withRules(world('tcp', 29_999, 32_768)),
      params: { allowNodePortFromWorld: true },
      ...other('tcp 29999, tcp 32768'),
    },
    'HTTPS, ping and SSH each for itself': {
      subject: withRules(world('tcp', 443), world('icmp', -1), world('tcp', 22)),
      ...sensitive('tcp 22'),
      also: [other('tcp 443, icmp')],
    },
    'SSH of UDP is only another port': { subject: withRules(world('udp', 22)), ...other('udp 22') },
    'half of all addresses on HTTPS': { subject: withRules(from(['0.0.0.0/1'], 'tcp', 443)), ...other('tcp 443') },
    'a network wider than a /16': { subject: withRules(from(['10.0.0.0/8'], 'tcp', 443)), ...wide('10.0.0.0/8') },
    'a network of IPv6 wider than a /48': {
      subject: withRules(from(['2001:db8::/32'], 'tcp', 443)),
      ...wide('2001:db8::/32'),
    },
    'IPv6 in half, where nobody is': { subject: withRules(from(['8000::/1'], 'tcp', 22)), ...wide('8000::/1') },
  },

  unforeseen: {
    'U-01: a rule that names nobody': {
      subject: withRules({ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [], UserIdGroupPairs: [] }),
      field: unjudged('a rule of a security group does not say whom it lets in'),
    },
    'U-01: a range without its network': {
      subject: withRules({ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ Description: 'all' }] }),
      field: unjudged('a rule of a security group does not say whom it lets in'),
    },
    'U-01: a network that is none': {
      subject: withRules(from(['everyone'], 'tcp', 22)),
      field: 'The control could not judge what it read: everyone',
    },
    'U-01: a group that came without its rules': {
      subject: aSecurityGroup({ IpPermissions: undefined }),
      field: 'IpPermissions',
    },
  },
});
