/** Calls that several controls are triggered by, as CloudTrail names them. */
export const NODEGROUP_CALLS = [
  'eks:CreateNodegroup',
  'eks:UpdateNodegroupConfig',
  'eks:UpdateNodegroupVersion',
] as const;

export const LAUNCH_TEMPLATE_CALLS = [
  'ec2:CreateLaunchTemplate',
  'ec2:CreateLaunchTemplateVersion',
  'ec2:ModifyLaunchTemplate',
] as const;

export const SECURITY_GROUP_CALLS = [
  'ec2:CreateSecurityGroup',
  'ec2:AuthorizeSecurityGroupIngress',
  'ec2:AuthorizeSecurityGroupEgress',
  'ec2:RevokeSecurityGroupIngress',
  'ec2:RevokeSecurityGroupEgress',
  'ec2:ModifySecurityGroupRules',
] as const;

/** Whatever changes the rights of a role. */
export const ROLE_RIGHTS_CALLS = [
  'iam:AttachRolePolicy',
  'iam:DetachRolePolicy',
  'iam:PutRolePolicy',
  'iam:DeleteRolePolicy',
  'iam:CreatePolicyVersion',
  'iam:SetDefaultPolicyVersion',
  'iam:DeletePolicyVersion',
  'iam:PutRolePermissionsBoundary',
  'iam:DeleteRolePermissionsBoundary',
] as const;
