import { isDeepStrictEqual } from 'node:util';
import type {
  AuthorizeSecurityGroupIngressRequest,
  CreateSecurityGroupRequest,
  IpPermission,
  RevokeSecurityGroupIngressRequest,
  SecurityGroup,
} from '@aws-sdk/client-ec2';
import type { Plain } from '../account.ts';
import { AwsFault, type Call } from '../call.ts';
import { ruledBy } from './ec2-rules.ts';

type Rule = Plain<IpPermission>;

function groupNamed(id: string, call: Call): Plain<SecurityGroup> {
  const group = call.here.securityGroups[id];
  if (!group) throw new AwsFault('InvalidGroup.NotFound', `The security group '${id}' does not exist`);
  return group;
}

/** Rules come as a list, or flat for a single range. */
function asked(request: Plain<AuthorizeSecurityGroupIngressRequest>): Rule[] {
  if (request.IpPermissions?.length) return request.IpPermissions;
  const { CidrIp, IpProtocol, FromPort, ToPort } = request;
  if (!CidrIp || !IpProtocol)
    throw new AwsFault('MissingParameter', 'The request must contain the parameter ipPermissions');
  return [{ IpProtocol, FromPort, ToPort, IpRanges: [{ CidrIp }] }];
}

const sameTraffic = (a: Rule, b: Rule) =>
  a.IpProtocol === b.IpProtocol && a.FromPort === b.FromPort && a.ToPort === b.ToPort;

const SOURCES = ['IpRanges', 'Ipv6Ranges', 'UserIdGroupPairs', 'PrefixListIds'] as const;
const BY = { IpRanges: 'CidrIp', Ipv6Ranges: 'CidrIpv6', UserIdGroupPairs: 'GroupId', PrefixListIds: 'PrefixListId' };

const sourceOf = (source: object, list: keyof typeof BY) => (source as Record<string, unknown>)[BY[list]];
const listOf = (rule: Rule, list: keyof typeof BY): object[] => (rule[list] ?? []) as object[];

export function authorizeIngress(request: Plain<AuthorizeSecurityGroupIngressRequest>, call: Call): object {
  const group = groupNamed(request.GroupId ?? '', call);
  const rules = structuredClone(group.IpPermissions ?? []);
  for (const rule of asked(request)) {
    const known = rules.find((one) => sameTraffic(one, rule));
    const into: Rule = known ?? { IpProtocol: rule.IpProtocol, FromPort: rule.FromPort, ToPort: rule.ToPort };
    if (!known) rules.push(into);
    for (const list of SOURCES) {
      const present = listOf(into, list);
      const added = listOf(rule, list);
      const twice = added.find((one) => present.some((other) => sourceOf(one, list) === sourceOf(other, list)));
      if (twice)
        throw new AwsFault(
          'InvalidPermission.Duplicate',
          `the specified rule "peer: ${sourceOf(twice, list)}" already exists`,
        );
      Object.assign(into, { [list]: [...present, ...added] });
    }
  }
  group.IpPermissions = rules;
  return { Return: true };
}

export function revokeIngress(request: Plain<RevokeSecurityGroupIngressRequest>, call: Call): object {
  const group = groupNamed(request.GroupId ?? '', call);
  const before = group.IpPermissions ?? [];
  const revoked = request.SecurityGroupRuleIds?.length ? ruledBy(group, request.SecurityGroupRuleIds) : asked(request);
  const after = before
    .map((rule) => {
      const gone = revoked.filter((one) => sameTraffic(one, rule));
      const left = SOURCES.map((list) => {
        const out = gone.flatMap((one) => listOf(one, list).map((source) => sourceOf(source, list)));
        return [list, listOf(rule, list).filter((source) => !out.includes(sourceOf(source, list)))] as const;
      });
      return { ...rule, ...Object.fromEntries(left) };
    })
    .filter((rule) => SOURCES.some((list) => listOf(rule, list).length > 0));
  const untouched = isDeepStrictEqual(sizes(before), sizes(after));
  if (untouched)
    throw new AwsFault('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.');
  group.IpPermissions = after;
  return { Return: true };
}

const sizes = (rules: readonly Rule[]) => rules.map((rule) => SOURCES.map((list) => listOf(rule, list).length));

export function createSecurityGroup(request: Plain<CreateSecurityGroupRequest>, call: Call): object {
  const { GroupName = '', Description, VpcId } = request;
  const taken = Object.values(call.here.securityGroups).some(
    (one) => one.GroupName === GroupName && one.VpcId === VpcId,
  );
  if (taken)
    throw new AwsFault('InvalidGroup.Duplicate', `The security group '${GroupName}' already exists for VPC '${VpcId}'`);
  const GroupId = `sg-${call.id().replaceAll('-', '').slice(0, 17)}`;
  call.here.securityGroups[GroupId] = {
    GroupId,
    GroupName,
    Description,
    VpcId,
    OwnerId: call.accountId,
    IpPermissions: [],
    IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    Tags: [],
  };
  return { GroupId };
}
