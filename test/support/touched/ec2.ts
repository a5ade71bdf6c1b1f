import { of, type Touching } from './touching.ts';

const SG = 'sg-0a1b2c3d4e5f60718';
const LT = 'lt-0a1b2c3d4e5f60718';
const flatGroupEvents = of(
  'ec2',
  'AuthorizeSecurityGroupIngress',
  'AuthorizeSecurityGroupEgress',
  'RevokeSecurityGroupIngress',
  'RevokeSecurityGroupEgress',
  'DeleteSecurityGroup',
);

export const EC2: readonly Touching[] = [
  [
    'launch-template',
    'ec2:CreateLaunchTemplate',
    { response: { CreateLaunchTemplateResponse: { launchTemplate: { launchTemplateId: LT } } } },
    [LT],
  ],
  [
    'launch-template',
    'ec2:CreateLaunchTemplateVersion',
    {
      request: { CreateLaunchTemplateVersionRequest: { LaunchTemplateName: 'workers' } },
      response: { CreateLaunchTemplateVersionResponse: { launchTemplateVersion: { launchTemplateId: LT } } },
    },
    [LT],
  ],
  [
    'launch-template',
    'ec2:ModifyLaunchTemplate',
    { request: { ModifyLaunchTemplateRequest: { LaunchTemplateId: LT } } },
    [LT],
  ],
  ['launch-template', 'ec2:ModifyLaunchTemplate', { request: { launchTemplateId: LT } }, [LT]],
  [
    'launch-template',
    'ec2:ModifyLaunchTemplate',
    { request: { ModifyLaunchTemplateRequest: { LaunchTemplateName: 'workers' } } },
    undefined,
  ],
  [
    'prefix-list',
    'ec2:ModifyManagedPrefixList',
    { request: { ModifyManagedPrefixListRequest: { PrefixListId: 'pl-0a1b2c3d4e5f60718' } } },
    ['pl-0a1b2c3d4e5f60718'],
  ],
  [
    'prefix-list',
    'ec2:ModifyManagedPrefixList',
    { response: { ModifyManagedPrefixListResponse: { prefixList: { prefixListId: 'pl-0a1b2c3d4e5f60718' } } } },
    ['pl-0a1b2c3d4e5f60718'],
  ],
  [
    'route-table',
    of('ec2', 'CreateRoute', 'ReplaceRoute', 'DeleteRoute'),
    { request: { routeTableId: 'rtb-0a1b2c3d4e5f60718' } },
    ['rtb-0a1b2c3d4e5f60718'],
  ],
  ['security-group', flatGroupEvents, { request: { groupId: SG } }, [SG]],
  [
    'security-group',
    'ec2:ModifySecurityGroupRules',
    { request: { ModifySecurityGroupRulesRequest: { GroupId: SG, SecurityGroupRule: {} } } },
    [SG],
  ],
  [
    'security-group',
    'ec2:CreateSecurityGroup',
    { request: { groupName: 'nodes' }, response: { _return: true, groupId: SG } },
    [SG],
  ],
  [
    'security-group',
    'ec2:AuthorizeSecurityGroupIngress',
    { request: { groupName: 'default' }, response: { securityGroupRuleSet: { items: [{ groupId: SG }] } } },
    [SG],
  ],
  [
    'security-group',
    'ec2:RevokeSecurityGroupIngress',
    { response: { revokedSecurityGroupRuleSet: { items: [{ groupId: SG }] } } },
    [SG],
  ],
  ['security-group', flatGroupEvents, { request: { groupName: 'default' } }, undefined],
  [
    'security-group',
    of('ec2', 'CreateTags', 'DeleteTags'),
    { request: { resourcesSet: { items: [{ resourceId: 'i-0a' }, { resourceId: SG }, { resourceId: SG }] } } },
    [SG],
  ],
  [
    'security-group',
    of('ec2', 'CreateTags', 'DeleteTags'),
    { request: { resourcesSet: { items: [{ resourceId: 'i-0a' }] } } },
    [],
  ],
  ['security-group', of('ec2', 'CreateTags', 'DeleteTags'), { request: { resourcesSet: {} } }, undefined],
  [
    'subnet',
    'ec2:AssociateRouteTable',
    { request: { routeTableId: 'rtb-0a1b2c3d4e5f60718', subnetId: 'subnet-0a1b2c3d4e5f60718' } },
    ['subnet-0a1b2c3d4e5f60718'],
  ],
  [
    'subnet',
    'ec2:AssociateRouteTable',
    { request: { routeTableId: 'rtb-0a1b2c3d4e5f60718', gatewayId: 'igw-0a' } },
    [],
  ],
  [
    'vpc',
    'ec2:ModifyVpcAttribute',
    { request: { vpcId: 'vpc-0a1b2c3d4e5f60718', enableDnsHostnames: { value: false } } },
    ['vpc-0a1b2c3d4e5f60718'],
  ],
];
