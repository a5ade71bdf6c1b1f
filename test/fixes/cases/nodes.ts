import type { Names } from '../../support/cloud/audited/index.ts';
import { type Case, here, ruleFrom } from './case.ts';

const key = ({ cluster, nodegroup }: Names) => `${cluster}/${nodegroup}`;
const group = (patch: object) => (names: Names) => here(names, { nodegroups: { [key(names)]: patch } });
/** What the old node group had, which `describe-nodegroup` shows. */
const asBefore = (names: Names) => ({
  NODE_ROLE_ARN: names.arn('iam', `role/${names.nodeRole}`),
  SUBNET_ID: names.privateSubnets[0],
});
const inPrivate = (names: Names) => ({
  ...asBefore(names),
  PRIVATE_SUBNET_ID: names.privateSubnets[0],
  OTHER_PRIVATE_SUBNET_ID: names.privateSubnets[1],
});

const from = (cidr: string, first: number, last = first) => ({
  IpProtocol: 'tcp',
  FromPort: first,
  ToPort: last,
  IpRanges: [{ CidrIp: cidr }],
  Ipv6Ranges: [],
  UserIdGroupPairs: [],
  PrefixListIds: [],
});
const opened = (rule: object) => (names: Names) =>
  here(names, { securityGroups: { [names.nodeGroupSecurity]: { IpPermissions: [rule] } } });
const rule = (cidr: string) => (names: Names) => ({ RULE_ID: ruleFrom(names.nodeGroupSecurity, cidr) });
const ANYONE = '0.0.0.0/0';

/** The template of the node group, with more in it. */
const template = (patch: object) => (names: Names) =>
  here(names, { launchTemplates: { [`${names.launchTemplate}/1`]: { LaunchTemplateData: patch } } });
const userData = Buffer.from('[settings.host-containers.admin]\nenabled = true\n').toString('base64');
const remote = (more: object) => group({ remoteAccess: { ec2SshKey: 'ops', ...more }, launchTemplate: null });
const ssh = { control: 'node-no-ssh', words: asBefore, ends: 'gone' } as const;
const os = { control: 'node-os-optimized', words: asBefore, ends: 'gone' } as const;
const ingress = { control: 'node-sg-ingress' } as const;

export const NODES: readonly Case[] = [
  { ...ssh, reason: 'openKey', wrong: remote({}) },
  { ...ssh, reason: 'key', wrong: (names) => remote({ sourceSecurityGroups: [names.clusterGroup] })(names) },
  { ...ssh, reason: 'templateKey', wrong: template({ KeyName: 'ops' }) },
  { ...ssh, reason: 'adminContainer', wrong: template({ UserData: userData }) },
  { control: 'node-no-ssh', reason: 'openPort', wrong: opened(from(ANYONE, 22)), words: rule(ANYONE) },
  { ...os, reason: 'amazonLinux2', wrong: group({ amiType: 'AL2_x86_64' }) },
  {
    ...os,
    reason: 'notAllowed',
    wrong: group({ amiType: 'AL2023_x86_64_STANDARD' }),
    params: { allowedAmiTypes: ['BOTTLEROCKET_x86_64'] },
  },
  {
    ...os,
    reason: 'unknownImage',
    wrong: (names) =>
      here(names, {
        nodegroups: { [key(names)]: { amiType: 'CUSTOM', launchTemplate: { id: names.launchTemplate, version: '2' } } },
      }),
  },
  { ...os, reason: 'oldWindows', wrong: group({ amiType: 'WINDOWS_CORE_2019_x86_64' }) },
  {
    ...os,
    reason: 'notBottlerocket',
    wrong: group({ amiType: 'AL2023_x86_64_STANDARD' }),
    params: { preferBottlerocket: true },
  },
  {
    control: 'node-private-subnets',
    reason: 'publicSubnets',
    wrong: (names) => group({ subnets: [names.publicSubnet] })(names),
    words: inPrivate,
    ends: 'gone',
  },
  { ...ingress, reason: 'sensitive', wrong: opened(from(ANYONE, 10250)), words: rule(ANYONE) },
  { ...ingress, reason: 'nodePorts', wrong: opened(from(ANYONE, 30000, 32767)), words: rule(ANYONE) },
  { ...ingress, reason: 'other', wrong: opened(from(ANYONE, 443)), words: rule(ANYONE) },
  { ...ingress, reason: 'wide', wrong: opened(from('52.0.0.0/10', 443)), words: rule('52.0.0.0/10') },
];
