import type { IpPermission } from '@aws-sdk/client-ec2';

/** Whom a rule of a security group lets in. */
export interface Sources {
  cidrs: readonly string[];
  /** Ids of prefix lists. */
  lists: readonly string[];
  /** Ids of security groups. */
  groups: readonly string[];
}

/** Every rule of AWS names someone: one that does not, or a source without its id, is no whole answer and throws. */
export function sourcesOf(rule: IpPermission): Sources {
  const { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] } = rule;
  const cidrs = [...IpRanges.map(({ CidrIp }) => CidrIp), ...Ipv6Ranges.map(({ CidrIpv6 }) => CidrIpv6)].map(known);
  const lists = PrefixListIds.map(({ PrefixListId }) => known(PrefixListId));
  const groups = UserIdGroupPairs.map(({ GroupId, GroupName }) => known(GroupId ?? GroupName));
  known([...cidrs, ...lists, ...groups][0]);
  return { cidrs, lists, groups };
}

function known(source: string | undefined): string {
  if (source === undefined) throw new TypeError('a rule of a security group does not say whom it lets in');
  return source;
}
