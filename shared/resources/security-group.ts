import type { SecurityGroup } from '@aws-sdk/client-ec2';
import { askedTogether } from '../aws/merged-reads.ts';
import { combine, known, onFound, onListed, type Read } from '../aws/read.ts';
import type { Reader } from '../aws/reader.ts';
import { cluster } from './cluster.ts';
import { ec2Id, ec2Tagged } from './ec2-requests.ts';
import { firstId } from './ids.ts';
import { field, list } from './json.ts';
import { defineKind, type Locate, type Seed } from './kind.ts';
import { launchTemplate } from './launch-template.ts';
import { near } from './links.ts';
import { nodegroupEvents } from './nodegroup-events.ts';
import { prefixList } from './prefix-list.ts';
import type { Resource, Use } from './resource.ts';
import { tagsOf } from './tags.ts';

export interface PrefixList {
  id: string;
  cidrs: readonly string[];
}

/** The ports that a cluster gives to services of type NodePort, the last one included. */
export interface NodePortRange {
  cluster: string;
  from: number;
  to: number;
}

export type SecurityGroupFacets = {
  /** Those that its ingress rules name, with their entries. */
  prefixLists: readonly PrefixList[];
  /** Of each cluster it is used by, in the order of their names; Kubernetes' default where a cluster sets none. */
  nodePortRange: readonly NodePortRange[];
  /** All address ranges of its VPC, of both families; empty for a group without a VPC. */
  vpcCidrs: readonly string[];
};

const DEFAULT_NODE_PORTS = { from: 30_000, to: 32_767 } as const;
const ENTRIES = 'ec2:GetManagedPrefixListEntries';
const GROUPS = 'ec2:DescribeSecurityGroups';
const VPCS = 'ec2:DescribeVpcs';

function prefixListsOf({ IpPermissions = [] }: SecurityGroup): string[] {
  const ids = IpPermissions.flatMap(({ PrefixListIds = [] }) =>
    PrefixListIds.flatMap(({ PrefixListId }) => PrefixListId ?? []),
  );
  return [...new Set(ids)].sort();
}

async function prefixLists(reader: Reader, base: SecurityGroup): Promise<Read<PrefixList[]>> {
  const reads = prefixListsOf(base).map(async (id): Promise<Read<PrefixList>> => {
    const answer = await reader.read(ENTRIES, { PrefixListId: id });
    return onFound(
      answer,
      ENTRIES,
      ({ Entries }) => Entries && { id, cidrs: Entries.flatMap(({ Cidr }) => Cidr ?? []) },
    );
  });
  return combine(await Promise.all(reads));
}

/** A cluster that is gone by now gives no ports; the look at it takes its link away. */
async function nodePortRange(
  reader: Reader,
  _: SecurityGroup,
  at: Resource,
  usedBy: readonly Use[],
): Promise<Read<NodePortRange[]>> {
  const here = usedBy.filter(({ by }) => by.account === at.account && by.region === at.region);
  const names = [...new Set(here.flatMap(({ clusters }) => clusters))].sort();
  const reads = names.map(async (name): Promise<Read<NodePortRange[]>> => {
    const answer = await reader.read('eks:DescribeCluster', { name });
    if (answer.outcome === 'gone') return { outcome: 'found', value: [], began: answer.began };
    return onFound(answer, 'eks:DescribeCluster', ({ cluster: found }) => {
      if (found === undefined) return undefined;
      const { minPort = DEFAULT_NODE_PORTS.from, maxPort = DEFAULT_NODE_PORTS.to } =
        found.kubeApiServerConfig?.serviceNodePortRange ?? {};
      return [{ cluster: name, from: minPort, to: maxPort }];
    });
  });
  return onFound(combine(await Promise.all(reads)), 'eks:DescribeCluster', (ranges) => ranges.flat());
}

async function vpcCidrs(reader: Reader, { VpcId }: SecurityGroup): Promise<Read<string[]>> {
  if (VpcId === undefined) return known([]);
  const listed = onListed(await reader.read(VPCS, { VpcIds: [VpcId] }), VPCS, ({ Vpcs }) => Vpcs);
  return onFound(listed, VPCS, ({ CidrBlock, CidrBlockAssociationSet = [], Ipv6CidrBlockAssociationSet = [] }) => {
    const all = [
      CidrBlock,
      ...CidrBlockAssociationSet.map((each) => each.CidrBlock),
      ...Ipv6CidrBlockAssociationSet.map((each) => each.Ipv6CidrBlock),
    ].filter((cidr) => cidr !== undefined);
    return all.length === 0 ? undefined : [...new Set(all)];
  });
}

async function together(reader: Reader, ids: readonly string[]): Promise<Seed[]> {
  if (ids.length < 2) return [];
  const answers = await Promise.all(askedTogether(GROUPS, ids).map((question) => reader.read(GROUPS, question)));
  return answers.flatMap((answer) =>
    answer.outcome !== 'found'
      ? []
      : (answer.value.SecurityGroups ?? []).map((group) => ({
          ...{ id: group.GroupId ?? '', action: GROUPS, input: { GroupIds: [group.GroupId] } },
          ...{ value: { SecurityGroups: [group] }, began: answer.began },
        })),
  );
}

/** Calls from before rule ids name the group, later answers name it with each rule. */
const named: Locate = (touched) =>
  ec2Id('security-group', touched, 'groupId') ??
  firstId(
    'security-group',
    ...['securityGroupRuleSet', 'revokedSecurityGroupRuleSet'].map((set) =>
      field(list(field(touched.response, set), 'items')[0], 'groupId'),
    ),
  );
const tagged: Locate = (touched) => ec2Tagged('security-group', touched);

export const securityGroup = defineKind<SecurityGroup, SecurityGroupFacets>()({
  kind: 'security-group',
  called: 'security group',
  judged: 'linked',
  actions: ['ec2:DescribeSecurityGroups'],
  base: async (reader, { id }) =>
    onListed(await reader.read(GROUPS, { GroupIds: [id] }), GROUPS, ({ SecurityGroups }) => SecurityGroups),
  together,
  facets: {
    prefixLists: { actions: [ENTRIES], read: prefixLists },
    nodePortRange: { actions: ['eks:DescribeCluster'], read: nodePortRange },
    vpcCidrs: { actions: [VPCS], read: vpcCidrs },
  },
  links: (base, facets, at) => [
    ...prefixListsOf(base).flatMap((id) => near(at, 'prefix-list', id, 'prefix list')),
    ...(facets.nodePortRange ?? []).flatMap((range) => near(at, 'cluster', range.cluster, 'node ports')),
  ],
  tags: ({ Tags }) => tagsOf(Tags),
  lifecycle: {
    created: ['ec2:CreateSecurityGroup'],
    deleted: ['ec2:DeleteSecurityGroup'],
    tagged: ['ec2:CreateTags', 'ec2:DeleteTags'],
  },
  touchedBy: {
    'ec2:CreateSecurityGroup': named,
    'ec2:DeleteSecurityGroup': named,
    'ec2:AuthorizeSecurityGroupIngress': named,
    'ec2:AuthorizeSecurityGroupEgress': named,
    'ec2:RevokeSecurityGroupIngress': named,
    'ec2:RevokeSecurityGroupEgress': named,
    'ec2:ModifySecurityGroupRules': named,
    'ec2:CreateTags': tagged,
    'ec2:DeleteTags': tagged,
  },
  // A node group and its template are no links of a group: the look at the node group writes those to its groups.
  reachedThrough: [cluster, nodegroupEvents, launchTemplate, prefixList],
});
