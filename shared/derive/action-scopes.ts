import type { ReadAction, WriteAction } from '../aws/actions.ts';
import { arnOf } from '../aws/partition.ts';
import type { Site } from './site.ts';

/** On what an action is allowed. Region and account are filled in; IAM has no region. */
type Scope = { resource: string; elsewhere?: string } | { unscoped: string };

const LISTS = 'EC2 does not know resources for what only describes.';
const trail = { resource: 'trail/*', elsewhere: 'A trail of the organisation belongs to its management account.' };
const cluster = { resource: 'cluster/*' };
const repository = { resource: 'repository/*' };
const role = { resource: 'role/*' };
const policy = { resource: 'policy/*' };

/** For every action of the seam: an action without its resource does not compile. `elsewhere` and `unscoped` say why more is allowed. */
const SCOPES: Readonly<Record<ReadAction | WriteAction, Scope>> = {
  'cloudtrail:DescribeTrails': { unscoped: 'CloudTrail does not know resources for it.' },
  'cloudtrail:GetEventSelectors': trail,
  'cloudtrail:GetTrail': trail,
  'cloudtrail:GetTrailStatus': trail,
  'cloudtrail:LookupEvents': { unscoped: 'CloudTrail does not know resources for it.' },
  'ec2:DescribeImages': { unscoped: LISTS },
  'ec2:DescribeLaunchTemplateVersions': { unscoped: LISTS },
  'ec2:DescribeRegions': { unscoped: LISTS },
  'ec2:DescribeRouteTables': { unscoped: LISTS },
  'ec2:DescribeSecurityGroups': { unscoped: LISTS },
  'ec2:DescribeSubnets': { unscoped: LISTS },
  'ec2:DescribeVpcAttribute': { resource: 'vpc/*', elsewhere: 'A shared VPC belongs to another account.' },
  'ec2:DescribeVpcs': { unscoped: LISTS },
  'ec2:GetManagedPrefixListEntries': {
    resource: 'prefix-list/*',
    elsewhere: 'Lists of AWS and shared ones belong to other accounts.',
  },
  'ecr:DeleteRepositoryPolicy': repository,
  'ecr:DescribeImages': repository,
  'ecr:DescribeImageScanFindings': repository,
  'ecr:DescribeRepositories': repository,
  'ecr:GetRepositoryPolicy': repository,
  'ecr:SetRepositoryPolicy': repository,
  'eks:DescribeCluster': cluster,
  'eks:DescribeClusterVersions': { unscoped: 'Versions are those of EKS itself.' },
  'eks:DescribeNodegroup': { resource: 'nodegroup/*' },
  'eks:DescribeUpdate': cluster,
  'eks:ListClusters': { unscoped: 'EKS does not know resources for it.' },
  'eks:ListNodegroups': cluster,
  'eks:UpdateClusterConfig': cluster,
  'iam:GetAccountAuthorizationDetails': { unscoped: 'It answers for the whole account.' },
  'iam:GetPolicy': policy,
  'iam:GetPolicyVersion': policy,
  'iam:GetRole': role,
  'iam:GetRolePolicy': role,
  'iam:ListAttachedRolePolicies': role,
  'iam:ListOpenIDConnectProviders': { unscoped: 'IAM does not know resources for it.' },
  'iam:ListRolePolicies': role,
  'inspector2:ListFindings': { unscoped: 'Inspector does not know resources for it.' },
  'kms:DescribeKey': { resource: 'key/*', elsewhere: 'The key of a cluster may belong to another account.' },
  'logs:DescribeLogGroups': { resource: 'log-group:*' },
};

export interface Statement {
  Sid: string;
  Effect: 'Allow';
  Action: readonly string[];
  Resource: readonly string[];
}

/** One statement for all actions on the same things, named after those. */
export function statementsFor(
  verb: 'Read' | 'Fix',
  actions: readonly (ReadAction | WriteAction)[],
  site: Site,
): Statement[] {
  const byThing = Map.groupBy([...new Set(actions)].sort(), (action) => `${verb}${thingOf(action)}`);
  return [...byThing]
    .map(([Sid, Action]): Statement => ({ Sid, Effect: 'Allow', Action, Resource: resourcesOf(Action, site) }))
    .sort((a, b) => (a.Sid < b.Sid ? -1 : 1));
}

function thingOf(action: ReadAction | WriteAction): string {
  const scope = SCOPES[action];
  if ('unscoped' in scope) return 'Unscoped';
  const [service = ''] = action.split(':');
  const words = [service, ...scope.resource.split(/[/:]/, 1).flatMap((type) => type.split('-'))];
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}

function resourcesOf(actions: readonly (ReadAction | WriteAction)[], { partition, account }: Site): string[] {
  const arns = actions.map((action) => {
    const scope = SCOPES[action];
    if ('unscoped' in scope) return '*';
    const [service = ''] = action.split(':');
    const region = service === 'iam' ? '' : '*';
    return arnOf({ partition, service, region, account: scope.elsewhere ? '*' : account, resource: scope.resource });
  });
  return [...new Set(arns)];
}
