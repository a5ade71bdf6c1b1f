import { createHash } from 'node:crypto';
import type {
  DescribeSecurityGroupRulesRequest,
  IpPermission,
  SecurityGroup,
  SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import type { Plain } from '../account.ts';
import { AwsFault, type Call } from '../call.ts';
import { answer, byIds, type Filterable } from './ec2-filters.ts';

type Group = Plain<SecurityGroup>;
type Permission = Plain<IpPermission>;
type Rule = Plain<SecurityGroupRule>;

/** One rule for each source of a permission, as EC2 numbers them. */
function rulesIn(group: Group): { rule: Rule; permission: Permission }[] {
  const { GroupId = '', OwnerId } = group;
  const ways = [
    ...(group.IpPermissions ?? []).map((permission) => ({ permission, IsEgress: false })),
    ...(group.IpPermissionsEgress ?? []).map((permission) => ({ permission, IsEgress: true })),
  ];
  return ways.flatMap(({ permission, IsEgress }) => {
    const { IpProtocol, FromPort, ToPort, IpRanges, Ipv6Ranges, UserIdGroupPairs, PrefixListIds } = permission;
    const traffic = { IpProtocol, FromPort: FromPort ?? -1, ToPort: ToPort ?? -1 };
    const sources: [Partial<Rule>, Partial<Permission>][] = [
      ...(IpRanges ?? []).map((one): [Partial<Rule>, Partial<Permission>] => [
        { CidrIpv4: one.CidrIp },
        { IpRanges: [one] },
      ]),
      ...(Ipv6Ranges ?? []).map((one): [Partial<Rule>, Partial<Permission>] => [
        { CidrIpv6: one.CidrIpv6 },
        { Ipv6Ranges: [one] },
      ]),
      ...(UserIdGroupPairs ?? []).map((one): [Partial<Rule>, Partial<Permission>] => [
        { ReferencedGroupInfo: { GroupId: one.GroupId, UserId: one.UserId } },
        { UserIdGroupPairs: [one] },
      ]),
      ...(PrefixListIds ?? []).map((one): [Partial<Rule>, Partial<Permission>] => [
        { PrefixListId: one.PrefixListId },
        { PrefixListIds: [one] },
      ]),
    ];
    return sources.map(([source, from]) => {
      const seen = JSON.stringify([GroupId, IsEgress, traffic, source]);
      const SecurityGroupRuleId = `sgr-${createHash('sha256').update(seen).digest('hex').slice(0, 17)}`;
      const rule = { SecurityGroupRuleId, GroupId, GroupOwnerId: OwnerId, IsEgress, ...traffic, ...source, Tags: [] };
      return { rule, permission: { IpProtocol, FromPort, ToPort, ...from } };
    });
  });
}

/** What lets in by these rules of a group. */
export function ruledBy(group: Group, ids: readonly string[]): Permission[] {
  const rules = rulesIn(group).filter(({ rule }) => rule.IsEgress === false);
  return ids.map((id) => {
    const found = rules.find(({ rule }) => rule.SecurityGroupRuleId === id);
    if (!found)
      throw new AwsFault('InvalidSecurityGroupRuleId.NotFound', `The security group rule ID '${id}' does not exist`);
    return found.permission;
  });
}

export function describeSecurityGroupRules(request: Plain<DescribeSecurityGroupRulesRequest>, call: Call): object {
  const all = Object.values(call.here.securityGroups).flatMap((group) => rulesIn(group).map(({ rule }) => rule));
  const rules = Object.fromEntries(all.map((rule) => [rule.SecurityGroupRuleId ?? '', rule]));
  const missing = (id: string) =>
    new AwsFault('InvalidSecurityGroupRuleId.NotFound', `The security group rule ID '${id}' does not exist`);
  const found = byIds(rules, request.SecurityGroupRuleIds, missing);
  const filterable: Filterable<Rule> = {
    'group-id': ({ GroupId }) => [GroupId],
    'security-group-rule-id': ({ SecurityGroupRuleId }) => [SecurityGroupRuleId],
  };
  return answer('SecurityGroupRules', found, request, filterable, call);
}
