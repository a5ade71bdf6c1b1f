import {
  AuthorizeSecurityGroupIngressCommand,
  CreateLaunchTemplateCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
  type IpPermission,
  ModifyVpcAttributeCommand,
} from '@aws-sdk/client-ec2';
import type { Account, Names } from '../support/cloud/audited/index.ts';
import { settingsOf } from './moto.ts';

/** An id of ours, and what moto calls it. */
export type Renamed = readonly (readonly [string, string])[];

/** Makes the network of an account in moto, which gives it ids of its own. */
export async function fillNetwork(endpoint: string, names: Names, document: Account): Promise<Renamed> {
  const client = new EC2Client(settingsOf(endpoint, names.account));
  const { vpcAttributes = {}, securityGroups = {}, subnets = {} } = document.regions[names.region] ?? {};
  const { Vpc } = await client.send(new CreateVpcCommand({ CidrBlock: '10.20.0.0/16' }));
  const VpcId = Vpc?.VpcId ?? '';
  const ids: [string, string][] = [[names.vpc, VpcId]];
  const { enableDnsSupport = true, enableDnsHostnames = false } = vpcAttributes[names.vpc] ?? {};
  await client.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: enableDnsHostnames } }));
  await client.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsSupport: { Value: enableDnsSupport } }));
  for (const [id, { AvailabilityZone, CidrBlock }] of Object.entries(subnets)) {
    const { Subnet } = await client.send(new CreateSubnetCommand({ VpcId, AvailabilityZone, CidrBlock }));
    ids.push([id, Subnet?.SubnetId ?? '']);
  }
  for (const [id, { GroupName, Description }] of Object.entries(securityGroups)) {
    const { GroupId = '' } = await client.send(new CreateSecurityGroupCommand({ VpcId, GroupName, Description }));
    ids.push([id, GroupId]);
  }
  for (const [id, { IpPermissions = [] }] of Object.entries(securityGroups)) {
    // Lists of prefixes have ids of their own, and no fix is about them.
    const rules = IpPermissions.filter(({ PrefixListIds = [] }) => PrefixListIds.length === 0) as IpPermission[];
    const GroupId = ids.find(([ours]) => ours === id)?.[1] ?? '';
    await client.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: swapped(rules, ids) }));
  }
  const groups = swapped([names.clusterGroup, names.nodeGroupSecurity], ids);
  const { LaunchTemplate } = await client.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: 'payments-workers',
      LaunchTemplateData: { SecurityGroupIds: groups, MetadataOptions: { HttpTokens: 'required' } },
    }),
  );
  ids.push([names.launchTemplate, LaunchTemplate?.LaunchTemplateId ?? '']);
  return ids;
}

/** A document with other ids in it. */
export function swapped<T>(value: T, ids: Renamed): T {
  return JSON.parse(ids.reduce((text, [ours, theirs]) => text.replaceAll(ours, theirs), JSON.stringify(value))) as T;
}
