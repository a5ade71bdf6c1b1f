import { ROLES } from '../aws/entry.ts';
import type { Baseline } from '../baseline/baseline.ts';
import { BOUNDARY, fileOf, given, ROLE_PATH, ref, sub, type Template, whereGiven } from './cloudformation.ts';
import { type Policy, readPolicy, writePolicy } from './policies.ts';
import { TEMPLATE_SITE } from './site.ts';

/** Which functions of the hub enter other accounts to read, and which to fix; as the logical ids of their roles begin. */
const ENTERING = {
  read: ['EvaluateResourceRole', 'SweepScopeRole'],
  fix: ['RemediateFindingRole'],
} as const;
/** A longer name of the hub's stack would be cut in the names of its roles. */
const LONGEST_NAME = 30;

type Wanted = Pick<Baseline, 'controls' | 'fixed'>;

/**
 * The roles that the hub enters an audited account by: one stack in each, in one region. `eks-warden-fix` exists only where
 * the baseline lets something be fixed.
 */
export function memberTemplate(baseline: Wanted): Template {
  const read = readPolicy(baseline, TEMPLATE_SITE);
  const write = writePolicy(baseline, TEMPLATE_SITE);
  const readers = write ? [...ENTERING.read, ...ENTERING.fix] : ENTERING.read;
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'eks-warden: the roles by which the hub reads this account.',
    Parameters: {
      HubAccount: {
        Type: 'String',
        Description: 'The account that the hub stands in.',
        AllowedPattern: '^[0-9]{12}$',
      },
      HubName: {
        Type: 'String',
        Default: 'eks-warden',
        Description: "The name of deploy.yml: the hub's stack.",
        AllowedPattern: '^[A-Za-z][A-Za-z0-9-]*$',
        MaxLength: LONGEST_NAME,
      },
      ExternalId: {
        Type: 'String',
        Description: 'The externalId of deploy.yml.',
        AllowedPattern: '^[A-Za-z0-9+=,.@:/_-]{2,1224}$',
      },
      ...ROLE_PATH,
      ...BOUNDARY,
    },
    Conditions: given('PermissionsBoundary'),
    Resources: {
      ...(read ? { ReadRole: roleOf(ROLES.read, readers, read) } : {}),
      ...(write ? { FixRole: roleOf(ROLES.fix, ENTERING.fix, write) } : {}),
    },
  };
}

/** The same as a file. */
export function memberFile(baseline: Wanted): string {
  return fileOf(memberTemplate(baseline), 'One stack in each account of the baseline besides the hub, in one region.');
}

/** The name is fixed: the hub knows it without asking. */
function roleOf(name: string, functions: readonly string[], policy: Policy) {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: name,
      Path: ref('RolePath'),
      PermissionsBoundary: whereGiven('PermissionsBoundary', ref('PermissionsBoundary')),
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: ref('HubAccount') },
            Action: 'sts:AssumeRole',
            Condition: {
              StringEquals: { 'sts:ExternalId': ref('ExternalId') },
              ArnLike: { 'aws:PrincipalArn': functions.map(hubRole) },
            },
          },
        ],
      },
      Policies: [{ PolicyName: name, PolicyDocument: filledIn(policy) }],
    },
  };
}

/** CloudFormation ends the names of the hub's roles with letters of its own. */
function hubRole(logicalId: string) {
  return sub(`arn:\${AWS::Partition}:iam::\${HubAccount}:role\${RolePath}\${HubName}-${logicalId}-*`);
}

function filledIn({ Version, Statement }: Policy) {
  const resource = (arn: string) => (arn.includes('${') ? sub(arn) : arn);
  return { Version, Statement: Statement.map((each) => ({ ...each, Resource: each.Resource.map(resource) })) };
}
